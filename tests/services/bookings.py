"""What the meeting tests share: one parent, one Wednesday morning, one way to book."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.slots import Slot
from assistant.casework.times import Window
from assistant.services.book_meeting import book_meeting
from assistant.services.desk import Desk
from assistant.services.offer_slots import offer_slots
from assistant.services.shapes import Child, Contact, MeetingReceipt, Needs
from assistant.store.ledger import HistoryEvent, Outbox
from assistant.store.meeting_tables import Cell, Meeting
from tests.instants import london

HOST = "mr-bennett"
PARENT = Contact("Sam Parent", "07700 900123", "sam@parent.example")
HALF_PAST_NINE = london("2026-11-25T09:30")
WEDNESDAY_MORNING = Window(london("2026-11-25T09:00"), london("2026-11-25T12:00"))


def book(
    desk: Desk, key: str, starts_at: datetime = HALF_PAST_NINE, **changes: object
) -> MeetingReceipt:
    """Book half an hour with the Year 4 teacher, unless told otherwise."""
    wish = {
        "conversation_id": None,
        "channel": Channel.STAFF,
        "host_id": HOST,
        "mode": MeetingMode.IN_PERSON,
        "contact": PARENT,
        "child": Child("Robin", 4, "4B"),
        "needs": Needs(),
        "note": "about reading at home",
        "subjects": frozenset(),
    }
    return book_meeting(desk, idempotency_key=key, starts_at=starts_at, **(wish | changes))  # type: ignore[arg-type]


def free_on_wednesday(desk: Desk, holder: str = "") -> list[datetime]:
    """Return the free starts of the Year 4 teacher that Wednesday morning, all of them."""
    offer = offer_slots(
        desk, host_ids=[HOST], windows=[WEDNESDAY_MORNING], holder=holder, limit=1000
    )
    return [slot.starts_at for slot in offer.matching]


def slot_at(desk: Desk, starts_at: datetime) -> Slot:
    """Return the slot that begins then."""
    window = Window(starts_at, starts_at.replace(minute=starts_at.minute + 1))
    return offer_slots(desk, host_ids=[HOST], windows=[window]).matching[0]


def count(desk: Desk, table: type[Meeting | Cell | Outbox | HistoryEvent]) -> int:
    """Count the rows of a table."""
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalar(select(func.count()).select_from(table)) or 0
