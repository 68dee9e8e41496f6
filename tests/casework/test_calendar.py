"""Days that count, days that do not, and the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.calendar import SchoolCalendar, to_london, to_utc
from assistant.casework.kinds import ClockType
from assistant.casework.school import load_school
from tests.instants import london

CALENDAR = SchoolCalendar.from_school(load_school("primary"))
days = st.dates(date(2026, 9, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        (datetime.fromisoformat("2026-10-23T15:30"), datetime(2026, 10, 23, 14, 30, tzinfo=UTC)),
        (datetime.fromisoformat("2026-10-26T15:30"), datetime(2026, 10, 26, 15, 30, tzinfo=UTC)),
        (datetime.fromisoformat("2027-03-26T15:30"), datetime(2027, 3, 26, 15, 30, tzinfo=UTC)),
        (datetime.fromisoformat("2027-03-29T15:30"), datetime(2027, 3, 29, 14, 30, tzinfo=UTC)),
        (datetime.fromisoformat("2027-03-28T01:30"), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime.fromisoformat("2027-10-31T01:30"), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_wall_time_becomes_the_right_instant(local: datetime, instant: datetime) -> None:
    assert to_utc(local) == instant


def test_the_hour_that_the_spring_change_skips_is_read_on_the_new_clock() -> None:
    assert to_london(london("2027-03-28T01:30")).hour == 2


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 18), None),
        (date(2027, 1, 4), "a staff training day"),
        (date(2027, 1, 5), None),
        (date(2026, 10, 28), "half term"),
        (date(2027, 2, 17), "half term"),
        (date(2026, 12, 22), "the school holidays"),
        (date(2026, 12, 25), "a bank holiday"),
        (date(2026, 11, 28), "a weekend"),
        (date(2027, 8, 10), "the school holidays"),
    ],
)
def test_a_closed_day_says_why(day: date, why: str | None) -> None:
    assert CALENDAR.why_closed(day) == why
    assert CALENDAR.is_school_day(day) == (why is None)


@given(days)
def test_the_next_school_day_is_a_later_open_day_with_only_closed_days_between(day: date) -> None:
    following = CALENDAR.next_school_day(day)
    between = [day + timedelta(days=step) for step in range(1, (following - day).days)]
    assert following > day
    assert CALENDAR.counts(following, ClockType.SCHOOL_DAYS)
    assert not any(CALENDAR.counts(each, ClockType.SCHOOL_DAYS) for each in between)


@given(days, st.integers(0, 40), st.sampled_from(ClockType))
def test_adding_days_counts_exactly_that_many(day: date, count: int, clock: ClockType) -> None:
    due = CALENDAR.add(day, count, clock)
    passed = [day + timedelta(days=step) for step in range(1, (due - day).days + 1)]
    assert sum(CALENDAR.counts(each, clock) for each in passed) == count
    assert due == day or CALENDAR.counts(due, clock)


def test_school_days_skip_the_christmas_holidays_and_the_training_day() -> None:
    found = CALENDAR.school_days_from(date(2026, 12, 18), 3)
    assert found == [date(2026, 12, 18), date(2027, 1, 5), date(2027, 1, 6)]


def test_after_the_last_term_of_the_file_working_days_stand_in() -> None:
    assert not CALENDAR.is_school_day(date(2028, 9, 12))
    assert CALENDAR.next_school_day(date(2028, 9, 9)) == date(2028, 9, 11)
