"""The page of free times: three days, all of them, the way on, and only what was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import delete

from assistant.casework.calendar import to_london
from assistant.casework.day_choice import DayPart
from assistant.casework.kinds import MeetingMode
from assistant.services.clock import FixedClock
from assistant.services.desk import Desk
from assistant.services.free_times import FreeTimes, Wish, free_times
from assistant.services.shapes import Needs
from assistant.store.meeting_tables import Availability
from tests.databases import AT_LENGTH_ON_BOTH
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, book

pytestmark = AT_LENGTH_ON_BOTH

WISH = Wish(HOST, MeetingMode.IN_PERSON)


def starts(free: FreeTimes) -> list[str]:
    return [f"{to_london(slot.starts_at):%H:%M}" for day in free.days for slot in day.slots]


def all_starts(free: FreeTimes) -> list[datetime]:
    return [slot.starts_at for day in free.days for slot in day.slots]


def test_three_days_and_then_more(desk: Desk) -> None:
    free = free_times(desk, WISH)
    assert [each.day for each in free.days] == [date(2026, 11, day) for day in (24, 25, 26)]
    assert free.more_from == date(2026, 11, 27)
    after = free_times(desk, replace(WISH, first=free.more_from))
    assert after.days[0].day > free.days[-1].day


def test_going_on_reaches_the_horizon_and_ends(desk: Desk) -> None:
    first, seen = None, 0
    while True:
        free = free_times(desk, replace(WISH, first=first))
        seen += len(free.days)
        if free.more_from is None:
            break
        first = free.more_from
    assert seen > 20
    assert free_times(desk, replace(WISH, first=date(2027, 12, 1))) == FreeTimes((), None)


def test_anything_but_mornings(desk: Desk) -> None:
    free = free_times(desk, replace(WISH, parts=(DayPart.AFTERNOON, DayPart.LATE)))
    assert free.days
    assert min(starts(free)) >= "12:00"
    mornings = free_times(desk, replace(WISH, parts=(DayPart.MORNING,)))
    assert max(starts(mornings)) < "12:00"


def test_a_day_in_the_past_shows_from_today_on(desk: Desk) -> None:
    assert free_times(desk, replace(WISH, first=date(2001, 1, 1))) == free_times(desk, WISH)


def test_what_is_booked_is_not_shown(desk: Desk) -> None:
    book(desk, "taken")
    free = free_times(desk, WISH)
    assert HALF_PAST_NINE not in [slot.starts_at for day in free.days for slot in day.slots]


def test_nobody_behind_the_wall_has_times(desk: Desk) -> None:
    assert free_times(desk, replace(WISH, subjects=frozenset({HOST}))).days == ()


def test_without_any_availability_there_is_nothing_and_no_error(desk: Desk) -> None:
    with desk.unit_of_work() as work:
        work.session.execute(delete(Availability))
        work.commit(unrecorded="a test")
    assert free_times(desk, WISH) == FreeTimes((), None)
    assert free_times(desk, replace(WISH, host_id="nobody")) == FreeTimes((), None)


@pytest.mark.parametrize(
    ("now", "first", "utc"),
    [
        ("2026-10-22T12:00", date(2026, 10, 23), "14:30"),  # summer time
        ("2027-03-24T12:00", date(2027, 3, 25), "15:30"),  # the last day before Easter
        ("2027-10-31T12:00", date(2027, 11, 1), "15:30"),  # the clocks went back on Sunday
    ],
)
def test_half_past_three_is_half_past_three_on_either_side_of_a_clock_change(
    desk: Desk, now: str, first: date, utc: str
) -> None:
    there = replace(desk, clock=FixedClock(london(now)))
    day = free_times(there, replace(WISH, first=first)).days[0]
    assert day.day == first
    found = {f"{to_london(slot.starts_at):%H:%M}": f"{slot.starts_at:%H:%M}" for slot in day.slots}
    assert found["15:30"] == utc


def test_only_times_at_which_the_interpreter_is_free_too_are_shown(desk: Desk) -> None:
    urdu = replace(WISH, needs=Needs(interpreter="Urdu", step_free=True))
    free = free_times(desk, urdu)
    weekly = {each.day.strftime("%a") for each in free.days}
    assert weekly <= {"Mon", "Tue", "Wed", "Thu"}
    assert 0 < len(starts(free)) < len(starts(free_times(desk, WISH)))
    book(desk, "elsewhere", HALF_PAST_NINE, host_id="mr-mensah", needs=urdu.needs)
    assert HALF_PAST_NINE in all_starts(free)
    assert HALF_PAST_NINE not in all_starts(free_times(desk, urdu))
    assert HALF_PAST_NINE in all_starts(free_times(desk, WISH))


def test_a_language_without_a_bookable_interpreter_leaves_every_time(desk: Desk) -> None:
    polish = replace(WISH, needs=Needs(interpreter="Polish"))
    assert free_times(desk, polish) == free_times(desk, WISH)
