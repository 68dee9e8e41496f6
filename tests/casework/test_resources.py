"""Rooms and interpreters beside the host, against an independent reckoning cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.casework.busy import Busy
from assistant.casework.calendar import to_london, to_utc
from assistant.casework.grid import (
    CELL,
    CELL_MINUTES,
    CELLS_A_DAY,
    cell_at,
    instant_of,
    midnight_cell,
)
from assistant.casework.host_hours import HostHours
from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.resources import (
    ALWAYS_IN_PERSON,
    Company,
    Resource,
    interpreters_for,
    rooms_for,
    speaks,
    working_week,
)
from assistant.casework.school import load_school
from assistant.casework.school_shapes import (
    Availability,
    Interpreter,
    InterpreterHours,
    MeetingRules,
)
from assistant.casework.slots import ANY_CELL, Diary, Slot, Taken

PRIMARY = load_school("primary")
DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MODES = tuple(MeetingMode)
IN_PERSON, PHONE, VIDEO = MODES

spans = st.tuples(
    st.builds(time, st.integers(9, 16), st.sampled_from(range(0, 60, 5))),
    st.sampled_from([5, 20, 60]),
)
busy_times = st.lists(spans, max_size=4)
lengths = st.tuples(st.sampled_from([5, 15, 30]), st.sampled_from([0, 5, 10]))
hours = st.lists(
    st.builds(
        InterpreterHours,
        st.just(("wed",)),
        st.builds(time, st.integers(9, 12)),
        st.builds(time, st.integers(12, 17)),
        st.lists(st.sampled_from(MODES), min_size=1, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=2,
).map(tuple)


def taken(spans_of_day: list[tuple[time, int]]) -> list[Taken]:
    starts = [(to_utc(datetime.combine(DAY, at)), minutes) for at, minutes in spans_of_day]
    return [Taken(cell_at(at), minutes // CELL_MINUTES, is_meeting=False) for at, minutes in starts]


def busy(gone: list[Taken]) -> Busy:
    made = Busy()
    for each in gone:
        made.take(each.first, each.cells)
    return made


def is_free(gone: list[Taken], start: datetime, end: datetime) -> bool:
    return all(
        instant_of(each.first + each.cells) <= start or instant_of(each.first) >= end
        for each in gone
    )


def works(person: Interpreter, mode: MeetingMode, start: datetime, end: datetime) -> bool:
    """Tell cell by cell; hours that touch are one stretch."""
    cells = (start + step * CELL for step in range((end - start) // CELL))
    return all(
        any(row.start <= to_london(at).time() < row.end and mode in row.modes
            for row in person.hours)
        for at in cells
    )  # fmt: skip


@settings(max_examples=60)
@given(
    lengths,
    busy_times,
    st.lists(busy_times, max_size=2),
    st.lists(st.tuples(hours, busy_times), max_size=2),
)
def test_joint_slots_are_exactly_what_an_independent_reckoning_finds(
    length: tuple[int, int],
    host_gone: list[tuple[time, int]],
    rooms_gone: list[list[tuple[time, int]]],
    people: list[tuple[tuple[InterpreterHours, ...], list[tuple[time, int]]]],
) -> None:
    rules = MeetingRules((Role.TEACHER,), *length, 0, 60, 9)
    host = HostHours("host", (Availability("host", 2, time(9), time(17), MODES),), (), (), rules)
    gone = taken(host_gone)
    rooms = [taken(each) for each in rooms_gone]
    speakers = [
        (Interpreter(str(number), "", ("Urdu",), row), taken(theirs))
        for number, (row, theirs) in enumerate(people)
    ]
    company = Company(
        [Resource(f"room:{number}", ALWAYS_IN_PERSON, busy(each))
         for number, each in enumerate(rooms)],
        [Resource(f"interpreter:{each.id}", working_week(each), busy(theirs))
         for each, theirs in speakers] or None,
    )  # fmt: skip
    diary = Diary(host, gone, NOW, company)
    found = {
        (slot.starts_at, mode)
        for slot in diary.opening(DAY, starts=ANY_CELL)
        for mode in slot.modes
    }

    def is_joint(start: datetime, mode: MeetingMode) -> bool:
        end, free_again = start + host.length, start + host.length + host.buffer
        room = mode is not IN_PERSON or any(is_free(each, start, free_again) for each in rooms)
        speaker = not speakers or any(
            works(each, mode, start, end) and is_free(theirs, start, free_again)
            for each, theirs in speakers
        )
        return room and speaker and is_free(gone, start, free_again)

    nine, five = (to_utc(datetime.combine(DAY, time(hour))) for hour in (9, 17))
    starts = [nine + step * CELL for step in range((five - nine) // CELL)]
    fitting = [start for start in starts if start + host.length <= five]
    assert found == {(at, mode) for at in fitting for mode in MODES if is_joint(at, mode)}
    for slot in diary.opening(DAY, starts=ANY_CELL):
        for mode in slot.modes:
            check_choice(diary, slot, mode, company)


def check_choice(diary: Diary, slot: Slot, mode: MeetingMode, company: Company) -> None:
    """One of each kind that is needed is chosen, always the same, a kept one if it is free."""
    chosen = diary.company_at(slot, mode)
    assert chosen == diary.company_at(slot, mode)
    kinds = [key.partition(":")[0] for key in chosen]
    needed = [*(["room"] if mode is IN_PERSON else []),
              *(["interpreter"] if company.interpreters else [])]  # fmt: skip
    assert kinds == needed
    assert diary.company_at(slot, mode, chosen) == chosen


@given(st.dates(date(2026, 10, 20), date(2026, 11, 5)), st.integers(0, 287), st.integers(1, 288))
def test_what_is_taken_is_busy_and_the_rest_of_the_day_is_free(
    day: date, place: int, count: int
) -> None:
    """Also across midnight, and on the day on which the clocks change."""
    first = midnight_cell(day) + place
    made = Busy()
    made.take(first, count)
    for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
        base = midnight_cell(near)
        free = {base + bit for bit in range(CELLS_A_DAY) if made.free_on(near) >> bit & 1}
        assert free == set(range(base, base + CELLS_A_DAY)) - set(range(first, first + count))


def test_a_room_with_steps_comes_first_for_who_can_climb_them() -> None:
    assert [room.step_free for room in rooms_for(PRIMARY, step_free=False)] == [False, True]
    assert [room.step_free for room in rooms_for(PRIMARY, step_free=True)] == [True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Urdu", " urdu ", True),
        ("BSL", "British Sign Language", True),
        ("BSL", "Urdu", False),
        ("not said", "Urdu", False),
        ("", "Urdu", False),
    ],
)
def test_a_language_is_known_by_its_names(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert speaks(one, other) == speaks(other, one) == same


def test_only_a_language_with_a_bookable_interpreter_has_one() -> None:
    assert [each.id for each in interpreters_for(PRIMARY, "Punjabi")] == ["mrs-rehman"]
    assert interpreters_for(PRIMARY, "Polish") == ()
    assert interpreters_for(PRIMARY, None) == ()
    assert interpreters_for(replace(PRIMARY, bookable_interpreters=()), "Urdu") == ()
