"""Cancelling, once and for all."""

from __future__ import annotations

import pytest

from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.meeting_errors import MeetingGone
from assistant.services.move_meeting import move_meeting
from assistant.store.ledger import HistoryEvent, Outbox
from assistant.store.meeting_tables import Cell
from tests.services.bookings import HALF_PAST_NINE, book, count, free_on_wednesday


def test_cancelling_gives_the_time_back_and_tells_both_sides(desk: Desk) -> None:
    booked = book(desk, "key")
    cancelled = cancel_meeting(desk, meeting_id=booked.id, idempotency_key="cancel")
    assert cancelled.status == "cancelled"
    assert cancelled.reference == booked.reference
    assert HALF_PAST_NINE in free_on_wednesday(desk)
    assert count(desk, Cell) == 0
    assert count(desk, Outbox) == 4


def test_a_repeated_cancel_changes_nothing(desk: Desk) -> None:
    booked = book(desk, "key")
    first = cancel_meeting(desk, meeting_id=booked.id, idempotency_key="cancel")
    events = count(desk, HistoryEvent)
    assert cancel_meeting(desk, meeting_id=booked.id, idempotency_key="cancel") == first
    assert count(desk, HistoryEvent) == events


def test_a_cancelled_meeting_can_neither_be_cancelled_nor_moved(desk: Desk) -> None:
    booked = book(desk, "key")
    cancel_meeting(desk, meeting_id=booked.id, idempotency_key="cancel")
    with pytest.raises(MeetingGone):
        cancel_meeting(desk, meeting_id=booked.id, idempotency_key="again")
    with pytest.raises(MeetingGone):
        move_meeting(desk, meeting_id=booked.id, starts_at=HALF_PAST_NINE, idempotency_key="move")


def test_the_time_of_a_cancelled_meeting_can_be_booked_by_somebody_else(desk: Desk) -> None:
    booked = book(desk, "key")
    cancel_meeting(desk, meeting_id=booked.id, idempotency_key="cancel")
    assert book(desk, "other").status == "booked"


def test_an_unknown_meeting_is_gone(desk: Desk) -> None:
    with pytest.raises(MeetingGone):
        cancel_meeting(desk, meeting_id="0" * 32, idempotency_key="cancel")
