"""The parts of a day as stretches of time, right on the days on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.calendar import DAY, to_london
from assistant.casework.day_choice import DayPart, windows_for

TUESDAY = date(2026, 11, 24)


def test_no_wish_is_the_whole_time_in_one_stretch() -> None:
    everything = windows_for(TUESDAY, TUESDAY + DAY, ())
    assert everything == windows_for(TUESDAY, TUESDAY + DAY, tuple(DayPart))
    (whole,) = everything
    assert whole.start == datetime(2026, 11, 24, tzinfo=UTC)
    assert whole.end - whole.start == timedelta(days=2)


def test_anything_but_mornings_is_two_stretches_a_day() -> None:
    first, second = windows_for(TUESDAY, TUESDAY, [DayPart.LATE, DayPart.AFTERNOON])
    assert (to_london(first.start).hour, to_london(first.end).hour) == (12, 16)
    assert (to_london(second.start).hour, to_london(second.end).date()) == (16, TUESDAY + DAY)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 11), (date(2027, 10, 31), 13), (TUESDAY, 12)]
)
def test_a_morning_is_an_hour_shorter_or_longer_when_the_clocks_change(
    day: date, hours: int
) -> None:
    (morning,) = windows_for(day, day, [DayPart.MORNING])
    assert morning.end - morning.start == timedelta(hours=hours)
    assert to_london(morning.end).hour == 12


@given(
    first=st.dates(date(2026, 9, 1), date(2028, 7, 1)),
    days=st.integers(0, 40),
    parts=st.sets(st.sampled_from(DayPart)),
)
def test_the_stretches_are_in_order_and_never_overlap(
    first: date, days: int, parts: set[DayPart]
) -> None:
    found = windows_for(first, first + days * DAY, parts)
    assert all(window.start < window.end for window in found)
    assert all(one.end <= after.start for one, after in pairwise(found))
    assert to_london(found[-1].end).date() <= first + (days + 1) * DAY
