"""Which free times are shown to a parent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.calendar import to_london
from assistant.casework.choice import fits, nearest, spread
from assistant.casework.kinds import MeetingMode
from assistant.casework.slots import Slot
from assistant.casework.times import Window

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def slot(minutes: int, length: int = 30) -> Slot:
    start = MONDAY + timedelta(minutes=minutes)
    return Slot("host", start, start + timedelta(minutes=length), (MeetingMode.PHONE,))


slots = st.lists(st.integers(0, 20_000).map(slot), unique=True).map(sorted)


def test_a_meeting_must_end_within_a_wide_window() -> None:
    window = Window(MONDAY, MONDAY + timedelta(hours=1))
    assert fits(slot(30), [window])
    assert not fits(slot(45), [window])
    assert not fits(slot(-15), [window])


def test_a_window_shorter_than_the_meeting_is_met_by_its_beginning() -> None:
    assert fits(slot(0), [Window(MONDAY, MONDAY + timedelta(minutes=15))])


@given(slots, st.integers(1, 9))
def test_spread_shows_at_most_the_limit_over_three_days_and_always_the_soonest(
    found: list[Slot], limit: int
) -> None:
    shown = spread(found, limit)
    assert len(shown) <= limit
    assert shown == sorted(shown)
    assert set(shown) <= set(found)
    assert shown[:1] == found[:1]
    assert len({to_london(each.starts_at).date() for each in shown}) <= 3
    assert len(shown) == len(set(shown))


@given(slots, st.integers(0, 20_000), st.integers(1, 5))
def test_nothing_nearer_is_left_out(found: list[Slot], minutes: int, limit: int) -> None:
    at = MONDAY + timedelta(minutes=minutes)
    shown = nearest(found, [Window(at, at)], limit)
    farthest = max((abs(each.starts_at - at) for each in shown), default=timedelta())
    left_out = [each for each in found if each not in shown]
    assert len(shown) == min(limit, len(found))
    assert all(abs(each.starts_at - at) >= farthest for each in left_out)
