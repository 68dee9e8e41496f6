"""The clerk sees which governors may sit on a panel about a case."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import Channel
from assistant.casework.panel import Bar
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.errors import NotHere
from assistant.services.panel_of_case import panel_of_case
from assistant.services.shapes import Contact
from assistant.services.start_conversation import start_conversation
from assistant.store.ledger import HistoryEvent
from tests.databases import ON_SQLITE
from tests.instants import london
from tests.services.bookings import book, count
from tests.services.filings import PARENT, file_case

pytestmark = ON_SQLITE

CLERK = "ms-whitaker"
EVENING = london("2026-11-26T18:00")
OTHER_WAYS = [Contact("Somebody", phone="+44 7700 900321"), Contact("", email=PARENT.email.upper())]


def bars(desk: Desk, **case: object) -> dict[str, Bar | None]:
    about = frozenset({"mrs-ashworth"})
    receipt = file_case(desk, "case", subjects=about, **case)
    found = panel_of_case(desk, staff_id=CLERK, reference=receipt.reference)
    return {member.person.id: member.bar for member in found}


def meet(desk: Desk, governor: str, key: str = "meeting", **changes: object) -> str:
    wish = {"host_id": governor, "channel": Channel.GOVERNORS, "contact": PARENT} | changes
    return book(desk, key, EVENING, **wish).id


def test_the_chair_who_handles_a_complaint_about_the_head_is_barred(desk: Desk) -> None:
    assert bars(desk) == {
        "dr-siddiqui": Bar.DEALT,
        "mr-thorpe": None,
        "mrs-yusuf": None,
        "mr-reed": None,
    }


def test_a_governor_who_met_this_family_is_barred_and_one_who_met_another_is_not(
    desk: Desk,
) -> None:
    meet(desk, "mr-thorpe")
    meet(desk, "mr-reed", "another", contact=Contact("Lee", "07700 900999", "lee@home.example"))
    assert (bars(desk)["mr-thorpe"], bars(desk)["mr-reed"]) == (Bar.MET, None)


@pytest.mark.parametrize("contact", OTHER_WAYS, ids=["phone", "e-mail"])
def test_the_family_is_known_by_phone_or_e_mail(desk: Desk, contact: Contact) -> None:
    meet(desk, "mr-thorpe", contact=contact)
    known = Contact("Dana", "07700 900321", PARENT.email)
    assert bars(desk, contact=known)["mr-thorpe"] is Bar.MET


def test_the_family_is_known_by_its_conversation(desk: Desk) -> None:
    conversation_id, _ = start_conversation(desk)
    meet(desk, "mr-thorpe", contact=Contact("No number"), conversation_id=conversation_id)
    found = bars(desk, contact=Contact("Other name"), conversation_id=conversation_id)
    assert found["mr-thorpe"] is Bar.MET


def test_a_meeting_that_was_called_off_bars_as_well(desk: Desk) -> None:
    cancel_meeting(desk, meeting_id=meet(desk, "mr-thorpe"), idempotency_key="off")
    assert bars(desk)["mr-thorpe"] is Bar.MET


def test_the_booking_with_a_governor_is_noted_as_a_bar_in_its_history(desk: Desk) -> None:
    governor, teacher = meet(desk, "mr-thorpe"), book(desk, "teacher").id
    with desk.unit_of_work(read_only=True) as work:
        noted = [work.events_of("meeting", one)[0].details["ineligible_for_panel"]
                 for one in (governor, teacher)]  # fmt: skip
    assert noted == [True, False]


def test_a_case_behind_the_wall_tells_nothing(desk: Desk) -> None:
    receipt = file_case(desk, "case", subjects=frozenset({"mrs-ashworth"}))
    before = count(desk, HistoryEvent)
    for outsider in ("mrs-ashworth", "mr-rigby", "mr-reed"):
        with pytest.raises(NotHere):
            panel_of_case(desk, staff_id=outsider, reference=receipt.reference)
    assert count(desk, HistoryEvent) == before
