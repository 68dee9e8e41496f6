"""Holds, and how they end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from assistant.services.desk import Desk
from assistant.services.hold_slot import hold_slot
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken
from assistant.store.ledger import HistoryEvent
from assistant.store.meeting_tables import Cell
from tests.desks import pass_time
from tests.services.bookings import HALF_PAST_NINE, book, count, free_on_wednesday, slot_at

LATER = HALF_PAST_NINE + timedelta(minutes=30)


def test_a_held_slot_is_free_for_its_holder_and_for_nobody_else(desk: Desk) -> None:
    until = hold_slot(desk, holder="one", slot=slot_at(desk, HALF_PAST_NINE))
    assert until == desk.clock.now() + timedelta(minutes=10)
    assert HALF_PAST_NINE not in free_on_wednesday(desk)
    assert HALF_PAST_NINE not in free_on_wednesday(desk, holder="other")
    assert HALF_PAST_NINE in free_on_wednesday(desk, holder="one")


def test_a_hold_of_somebody_else_is_refused_with_alternatives(desk: Desk) -> None:
    slot = slot_at(desk, HALF_PAST_NINE)
    hold_slot(desk, holder="one", slot=slot)
    with pytest.raises(SlotTaken) as refusal:
        hold_slot(desk, holder="other", slot=slot)
    assert len(refusal.value.alternatives) == 3
    assert slot not in refusal.value.alternatives
    with pytest.raises(SlotTaken):
        book(desk, "key", holder="other")


def test_a_hold_that_expired_is_taken_by_the_next_parent(desk: Desk) -> None:
    slot = slot_at(desk, HALF_PAST_NINE)
    hold_slot(desk, holder="one", slot=slot)
    pass_time(desk, minutes=11)
    hold_slot(desk, holder="other", slot=slot)
    assert count(desk, Cell) == 2 * 4


def test_a_hold_that_expired_does_not_stop_a_booking(desk: Desk) -> None:
    hold_slot(desk, holder="one", slot=slot_at(desk, HALF_PAST_NINE))
    pass_time(desk, minutes=11)
    assert book(desk, "key", HALF_PAST_NINE + timedelta(minutes=5)).status == "booked"
    # one cell of the host and one of the room are left of the old hold, and count for nothing
    assert count(desk, Cell) == 2 * (4 + 1)


def test_a_new_hold_replaces_the_old_one(desk: Desk) -> None:
    hold_slot(desk, holder="one", slot=slot_at(desk, HALF_PAST_NINE))
    hold_slot(desk, holder="one", slot=slot_at(desk, LATER))
    free = free_on_wednesday(desk)
    assert HALF_PAST_NINE in free
    assert LATER not in free


def test_a_lost_hold_keeps_the_one_that_the_holder_has(desk: Desk) -> None:
    mine, theirs = slot_at(desk, HALF_PAST_NINE), slot_at(desk, LATER)
    hold_slot(desk, holder="one", slot=mine)
    hold_slot(desk, holder="other", slot=theirs)
    with pytest.raises(SlotTaken):
        hold_slot(desk, holder="one", slot=theirs)
    assert HALF_PAST_NINE not in free_on_wednesday(desk)


def test_booking_turns_the_hold_into_the_meeting(desk: Desk) -> None:
    hold_slot(desk, holder="one", slot=slot_at(desk, HALF_PAST_NINE))
    assert book(desk, "key", holder="one").starts_at == HALF_PAST_NINE
    assert count(desk, Cell) == 2 * 4


def test_a_parent_who_held_a_slot_may_book_it_although_its_notice_runs_out(desk: Desk) -> None:
    after_school = desk.clock.now().replace(hour=15, minute=30)
    pass_time(desk, hours=1, minutes=10)  # 11.25: half past three is just outside the four hours
    hold_slot(desk, holder="one", slot=slot_at(desk, after_school))
    pass_time(desk, minutes=8)
    assert book(desk, "key", after_school, holder="one").status == "booked"


def test_a_hold_writes_no_history(desk: Desk) -> None:
    earlier = count(desk, HistoryEvent)
    hold_slot(desk, holder="one", slot=slot_at(desk, HALF_PAST_NINE))
    assert count(desk, HistoryEvent) == earlier


def test_somebody_who_is_no_host_cannot_be_held(desk: Desk) -> None:
    with pytest.raises(HostNotAllowed):
        hold_slot(
            desk, holder="one", slot=slot_at(desk, HALF_PAST_NINE)._replace(host_id="mr-croft")
        )


def test_twenty_holders_race_and_one_has_the_slot(desk: Desk) -> None:
    slot, together = slot_at(desk, HALF_PAST_NINE), Barrier(20)

    def attempt(number: int) -> datetime | None:
        together.wait()
        try:
            return hold_slot(desk, holder=f"holder {number}", slot=slot)
        except SlotTaken:
            return None

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(attempt, range(20)))
    assert sum(result is not None for result in results) == 1
