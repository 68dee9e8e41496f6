"""Meetings for which another time is offered, and a look at what became of the offers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from assistant.casework.kinds import TimeOfferKind
from assistant.services.answer_time_offer import answer_time_offer
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.diaries import resource_of
from assistant.services.offer_time import offer_time
from assistant.services.shapes import Contact, MeetingReceipt
from assistant.services.waiting_list import ask_for_earlier
from assistant.store.meeting_tables import Cell, TimeOffer
from tests.instants import london
from tests.services.bookings import HOST, book

THURSDAY_NOON = london("2026-11-26T12:00")
FRIDAY_NOON = london("2026-11-27T12:00")
TEN = london("2026-11-25T10:00")
OTHER = Contact("Jo Other", "07700 900456", "jo@other.example")


def propose(
    desk: Desk, meeting: MeetingReceipt, starts_at: datetime = TEN, key: str = "offer"
) -> str:
    """Let the host propose another time."""
    return offer_time(
        desk,
        meeting_id=meeting.id,
        starts_at=starts_at,
        kind=TimeOfferKind.PROPOSED,
        made_by=HOST,
        idempotency_key=key,
    )


def answer(
    desk: Desk, meeting: MeetingReceipt, offer_id: str, *, accept: bool, key: str = "answer"
) -> MeetingReceipt:
    """Let the parent answer."""
    return answer_time_offer(
        desk, offer_id=offer_id, meeting_id=meeting.id, accept=accept, idempotency_key=key
    )


def one_gap(desk: Desk, day: str = "2026-11-25") -> MeetingReceipt:
    """Book half past nine on a Wednesday so that nothing else fits in once it is cancelled."""
    book(desk, "before the gap", london(f"{day}T09:10"))
    book(desk, "after the gap", london(f"{day}T09:50"))
    return book(desk, "the gap", london(f"{day}T09:30"))


def wait(desk: Desk, key: str, starts_at: datetime = THURSDAY_NOON, **changes: Any) -> Any:
    """Book a meeting and ask for an earlier time."""
    meeting = book(desk, key, starts_at, **changes)
    ask_for_earlier(desk, meeting_id=meeting.id, idempotency_key=f"{key} asks")
    return meeting


def free(desk: Desk, meeting: MeetingReceipt) -> None:
    """Cancel a meeting."""
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key=f"{meeting.id} off")


def offers(desk: Desk) -> list[tuple[str, str, datetime]]:
    """Return meeting, state and time of every offer, the first made first."""
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(TimeOffer)).all()
    rows = sorted(rows, key=lambda row: (row.made_at, row.starts_at))
    return [(row.meeting_id, row.state, row.starts_at) for row in rows]


def states(desk: Desk) -> list[str]:
    """Return the states of all offers, sorted."""
    return sorted(state for _, state, _ in offers(desk))


def held(desk: Desk) -> int:
    """Count the cells of the host that are held and not booked."""
    mine = Cell.resource == resource_of(HOST), Cell.meeting_id.is_(None)
    with desk.unit_of_work(read_only=True) as work:
        return len(work.session.scalars(select(Cell).where(*mine)).all())


def booked(desk: Desk, meeting: MeetingReceipt) -> list[datetime]:
    """Return the cells of the host that a meeting has, the earliest first."""
    mine = Cell.resource == resource_of(HOST), Cell.meeting_id == meeting.id
    with desk.unit_of_work(read_only=True) as work:
        return list(work.session.scalars(select(Cell.instant).where(*mine).order_by(Cell.instant)))
