"""No calendar, letter or subject holds a name, a topic or a parent's words."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from assistant.casework.kinds import Channel
from assistant.services.calendar_file import calendar_file
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.make_feed import make_feed
from assistant.services.move_meeting import move_meeting
from assistant.services.offer_earlier import offer_earlier
from assistant.services.read_feed import read_feed
from assistant.services.reminders import REMINDER
from assistant.services.shapes import Child, Contact, MeetingReceipt, Needs
from assistant.services.waiting_list import ask_for_earlier
from assistant.store.ledger import Outbox
from tests.databases import ON_SQLITE
from tests.services.bookings import HOST, book
from tests.services.offers import FRIDAY_NOON, THURSDAY_NOON, answer, free, one_gap, propose

pytestmark = ON_SQLITE

ABOUT = "miss-kaur"
SECRETS = (
    "Zephyrine",
    "Quixotrope",
    "Ottoline",
    "07700 900615",
    "07700900615",
    "belt",
    "Portuguese",
    "4B",
    "Kaur",
    "complaint",
    "headteacher",
    "mallory",
)
"""Looked for as whole words: an id may hold any letters."""
EVIL = "Ottoline\r\nBcc: mallory@evil.example\r\nATTENDEE:mailto:mallory@evil.example"
CONTACT = Contact(EVIL, "07700 900615", "o@parent.example", safe=True)


@pytest.fixture
def meeting(desk: Desk) -> MeetingReceipt:
    """Book a meeting full of secrets and do everything to it that sends a letter."""
    gap = one_gap(desk)
    made = book(
        desk,
        "secrets",
        THURSDAY_NOON,
        channel=Channel.COMPLAINT,
        contact=CONTACT,
        child=Child("Zephyrine\nSUMMARY:Quixotrope", 4, "4B"),
        needs=Needs(interpreter="Portuguese"),
        note="She was hit with a belt. I want the headteacher.",
        subjects=frozenset({ABOUT}),
    )
    ask_for_earlier(desk, meeting_id=made.id, idempotency_key="ask")
    free(desk, gap)
    assert offer_earlier(desk) == 1
    answer(desk, made, propose(desk, made, FRIDAY_NOON), accept=False)
    move_meeting(desk, meeting_id=made.id, starts_at=FRIDAY_NOON, idempotency_key="m")
    return made


def letters(desk: Desk) -> list[str]:
    """Return everything that any letter says, headers and calendars included."""
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(Outbox)).all()
        calendars = [work.unseal(row, "calendar") for row in rows if row.calendar]
        bodies = [work.unseal(row, "body") for row in rows]
    return [*(row.subject for row in rows), *bodies, *calendars]


def test_nothing_leaks(desk: Desk, meeting: MeetingReceipt) -> None:
    feed = make_feed(desk, staff_id=HOST, idempotency_key="feed")
    texts = [*letters(desk), calendar_file(desk, meeting_id=meeting.id).decode()]
    texts.append(read_feed(desk, token=feed).decode())
    assert len(texts) > 25
    for text in texts:
        unfolded = text.replace("\r\n ", "")
        found = [word for word in SECRETS if re.search(rf"\b{word}\b", unfolded, re.IGNORECASE)]
        assert not found, text


def test_every_kind_of_letter_was_looked_at(desk: Desk, meeting: MeetingReceipt) -> None:
    """Else the test above would pass on too little."""
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
    told = "\n".join(letters(desk))
    for words in ("is booked", "has a new time", "is cancelled", "come free", "asks if another"):
        assert words in told
    assert "does not suit" in told


def test_the_reminders_were_among_them(desk: Desk, meeting: MeetingReceipt) -> None:
    del meeting
    with desk.unit_of_work(read_only=True) as work:
        mine = select(Outbox).where(Outbox.target_kind == REMINDER)
        assert len(work.session.scalars(mine).all()) >= 2
