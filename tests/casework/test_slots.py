"""Free slots against an independent calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.casework.calendar import SchoolCalendar, to_london, to_utc
from assistant.casework.grid import (
    CELL,
    CELL_MINUTES,
    bits,
    cell_at,
    cells,
    instant_of,
    span_mask,
    starts_of_runs,
)
from assistant.casework.host_hours import Closed, DayException, HostHours
from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.school import load_school
from assistant.casework.school_shapes import Availability, MeetingRules
from assistant.casework.slots import ANY_CELL, Diary, Slot, Taken, bookable_days
from tests.instants import london

SCHOOL = load_school("primary")
CALENDAR = SchoolCalendar.from_school(SCHOOL)
ALL_MODES = tuple(MeetingMode)
KINDS = st.sampled_from(["meeting", "hold"])
GATES = tuple(Closed(None, gate.start, gate.end) for gate in SCHOOL.gates)
NOW = datetime(2026, 10, 19, 7, 3, tzinfo=UTC)
RULES = MeetingRules((Role.TEACHER,), 15, 5, 0, 60, 5)

grid_times = st.builds(time, st.integers(7, 20), st.sampled_from(range(0, 60, 5)))
modes = st.lists(st.sampled_from(ALL_MODES), min_size=1, unique=True).map(tuple)
near_days = st.dates(date(2026, 10, 16), date(2026, 11, 20))
patterns = st.lists(
    st.builds(Availability, st.just("host"), st.integers(0, 6), grid_times, grid_times, modes),
    max_size=6,
).map(tuple)
exceptions = st.lists(
    st.builds(DayException, near_days, grid_times, grid_times, st.booleans(), modes), max_size=4
).map(tuple)
rules = st.builds(
    MeetingRules,
    st.just((Role.TEACHER,)),
    st.sampled_from([5, 15, 20, 45]),
    st.sampled_from([0, 5, 10]),
    st.integers(0, 48),
    st.integers(0, 40),
    st.integers(1, 3),
)
twilights = st.lists(st.builds(Closed, near_days, grid_times, grid_times), max_size=2)
hours = st.builds(
    HostHours,
    st.just("host"),
    patterns,
    exceptions,
    twilights.map(lambda spans: GATES + tuple(spans)),
    rules,
)


def _taken(day: date, start: time, minutes: int, kind: str) -> Taken:
    at = to_utc(datetime.combine(day, start))
    return Taken(cell_at(at), minutes // CELL_MINUTES, kind == "meeting")


taken = st.lists(
    st.builds(_taken, near_days, grid_times, st.sampled_from([5, 20, 60]), KINDS),
    max_size=8,
)


def all_slots(host: HostHours, gone: list[Taken], now: datetime = NOW) -> list[Slot]:
    diary = Diary(host, gone, now)
    days = bookable_days(CALENDAR, now - timedelta(days=3), now + timedelta(days=45))
    return [slot for day in days for slot in diary.opening(day, starts=ANY_CELL)]


def is_open(host: HostHours, mode: MeetingMode, at: datetime) -> bool:
    """Apply the same rules cell by cell, without a mask: the independent calendar."""
    wall = to_london(at)
    day, clock = wall.date(), wall.time()

    def within(start: time, end: time) -> bool:
        return start <= clock < end

    weekly = any(
        row.weekday == day.weekday() and within(row.start, row.end) and mode in row.modes
        for row in host.pattern
    )
    todays = [each for each in host.exceptions if each.on == day and within(each.start, each.end)]
    added = any(each.free and mode in each.modes for each in todays)
    removed = any(not each.free for each in todays)
    shut = any(each.on in {None, day} and within(each.start, each.end) for each in host.closed)
    return CALENDAR.is_school_day(day) and (weekly or added) and not removed and not shut


def is_bookable(host: HostHours, gone: list[Taken], mode: MeetingMode, start: datetime) -> bool:
    end = start + host.length
    day = to_london(start).date()
    held = [to_london(instant_of(each.first)).date() for each in gone if each.is_meeting]
    return (
        start >= NOW + timedelta(hours=host.rules.notice_hours)
        and day <= to_london(NOW).date() + timedelta(days=host.rules.horizon_days)
        and held.count(day) < host.rules.daily_cap
        and all(is_open(host, mode, cell) for cell in cells(start, end))
        and all(
            instant_of(each.first + each.cells) <= start
            or instant_of(each.first) >= end + host.buffer
            for each in gone
        )
    )


@settings(max_examples=60)
@given(hours, taken)
def test_slots_are_exactly_what_an_independent_calendar_finds(
    host: HostHours, gone: list[Taken]
) -> None:
    found = {(slot.starts_at, mode) for slot in all_slots(host, gone) for mode in slot.modes}
    morning = datetime(2026, 10, 19, tzinfo=UTC)
    candidates = [morning + step * CELL for step in range(288 * 12)]
    expected = {
        (start, mode)
        for start in candidates
        for mode in MeetingMode
        if is_open(host, mode, start) and is_bookable(host, gone, mode, start)
    }
    assert {pair for pair in found if pair[0] <= candidates[-1]} == expected


@settings(max_examples=100)
@given(hours, taken)
def test_no_slot_touches_what_is_taken_a_gate_or_a_closed_day(
    host: HostHours, gone: list[Taken]
) -> None:
    for slot in all_slots(host, gone):
        assert CALENDAR.is_school_day(to_london(slot.starts_at).date())
        assert slot.starts_at >= NOW
        assert slot.modes
        for each in gone:
            ended, begun = instant_of(each.first + each.cells), instant_of(each.first)
            assert ended <= slot.starts_at or begun >= slot.ends_at + host.buffer
        for gate in SCHOOL.gates:
            begins, ends = to_london(slot.starts_at).time(), to_london(slot.ends_at).time()
            assert ends <= gate.start or begins >= gate.end


def after_school(day: date) -> list[Slot]:
    pattern = tuple(
        Availability("host", weekday, time(15, 30), time(16, 30), ALL_MODES) for weekday in range(7)
    )
    host = HostHours("host", pattern, (), GATES, RULES)
    noon_before = to_utc(datetime.combine(day - timedelta(days=1), time(12)))
    return list(Diary(host, (), noon_before).opening(day))


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 10, 23), datetime(2026, 10, 23, 14, 30, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 15, 30, tzinfo=UTC)),
        (date(2027, 3, 26), datetime(2027, 3, 26, 15, 30, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 29, 14, 30, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 14, 30, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 15, 30, tzinfo=UTC)),
    ],
)
def test_half_past_three_stays_half_past_three_when_the_clocks_change(
    day: date, first: datetime
) -> None:
    assert after_school(day)[0].starts_at == first


def test_a_school_without_availability_has_no_slots() -> None:
    assert all_slots(HostHours("host", (), (), GATES, RULES), []) == []


def test_clock_change_sundays_and_half_term_are_not_bookable() -> None:
    start = london("2026-10-23T09:00")
    assert bookable_days(CALENDAR, start, start + timedelta(days=10)) == [
        date(2026, 10, 23),
        date(2026, 11, 2),
    ]


@given(st.integers(0, (1 << 40) - 1), st.integers(1, 12))
def test_runs_begin_where_enough_bits_follow(mask: int, length: int) -> None:
    wanted = (1 << length) - 1
    expected = [place for place in range(41) if mask >> place & wanted == wanted]
    assert list(bits(starts_of_runs(mask, length))) == expected


@given(grid_times, grid_times)
def test_a_span_covers_one_bit_for_every_five_minutes(start: time, end: time) -> None:
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    assert span_mask(start, end).bit_count() == max(0, minutes // 5)


def test_times_off_the_grid_are_rounded_outwards() -> None:
    start = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)
    found = cells(start, start + timedelta(minutes=5))
    assert found == [start.replace(minute=0), start.replace(minute=5)]
