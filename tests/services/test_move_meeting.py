"""Moving a meeting without losing it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.services.shapes import MeetingReceipt
from assistant.store.ledger import Outbox
from assistant.store.meeting_tables import Cell
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, book, count, free_on_wednesday

TEN = london("2026-11-25T10:00")


def move(desk: Desk, receipt: MeetingReceipt, to: datetime, key: str = "move") -> MeetingReceipt:
    return move_meeting(desk, meeting_id=receipt.id, starts_at=to, idempotency_key=key)


def calendars(desk: Desk) -> list[Calendar]:
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(Outbox))
        return [Calendar.from_ical(work.unseal(row, "calendar")) for row in rows]


def test_moving_gives_the_old_time_back_and_keeps_the_reference(desk: Desk) -> None:
    booked = book(desk, "key")
    moved = move(desk, booked, TEN)
    assert (moved.reference, moved.token) == (booked.reference, booked.token)
    assert moved.starts_at == TEN
    assert HALF_PAST_NINE in free_on_wednesday(desk)
    assert TEN not in free_on_wednesday(desk)
    assert count(desk, Cell) == 2 * 4


def test_a_meeting_may_move_by_five_minutes_into_its_own_time(desk: Desk) -> None:
    moved = move(desk, book(desk, "key"), HALF_PAST_NINE + timedelta(minutes=5))
    assert moved.starts_at == HALF_PAST_NINE + timedelta(minutes=5)


def test_a_repeated_move_changes_nothing(desk: Desk) -> None:
    booked = book(desk, "key")
    assert move(desk, booked, TEN) == move(desk, booked, TEN)
    assert {int(event["sequence"]) for each in calendars(desk) for event in each.events} == {0, 1}


def test_a_move_to_a_taken_time_leaves_the_meeting_where_it_was(desk: Desk) -> None:
    booked = book(desk, "key")
    book(desk, "other", TEN)
    with pytest.raises(SlotTaken) as refusal:
        move(desk, booked, TEN)
    assert len(refusal.value.alternatives) == 3
    assert HALF_PAST_NINE not in free_on_wednesday(desk)


def test_the_calendar_keeps_its_uid_and_counts_up(desk: Desk) -> None:
    booked = book(desk, "key")
    move(desk, booked, TEN)
    cancel_meeting(desk, meeting_id=booked.id, idempotency_key="cancel")
    sent = [(each["method"], each.events[0]) for each in calendars(desk)]
    told = {(str(method), int(event["sequence"])) for method, event in sent}
    assert told == {("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)}
    assert len({str(event["uid"]) for _, event in sent}) == 1
    assert len(sent) == 6


def test_a_meeting_that_is_over_or_unknown_cannot_move(desk: Desk) -> None:
    booked = book(desk, "key")
    pass_time(desk, days=2)
    with pytest.raises(MeetingGone, match="cancelled or is over"):
        move(desk, booked, TEN + timedelta(days=7))
    with pytest.raises(MeetingGone):
        move_meeting(desk, meeting_id="0" * 32, starts_at=TEN, idempotency_key="key")
