"""The weekly pattern as it is typed."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.availability.pattern import (
    TypedWindow,
    read_pattern,
    say_window,
    type_out,
)
from assistant.casework.kinds import MeetingMode
from assistant.casework.school import load_school
from assistant.casework.school_shapes import Availability

ALL = tuple(mode.value for mode in MeetingMode)
MORNING = TypedWindow(1, 1, "8am", "8.30am", ALL)
TUESDAY_MORNING = Availability("me", 1, time(8), time(8, 30), tuple(MeetingMode))


def said(*rows: TypedWindow) -> list[str]:
    return [problem.said for problem in read_pattern(rows, "me").problems]


def test_a_whole_row_becomes_a_window() -> None:
    reading = read_pattern([MORNING], "me")
    assert reading.windows == (TUESDAY_MORNING,)
    assert reading.problems == ()


def test_a_row_without_times_is_left_out_whatever_is_ticked() -> None:
    assert read_pattern([TypedWindow(0, 1, "", "", ALL)], "me").windows == ()
    assert said(TypedWindow(0, 1, "", "", ALL)) == []


def test_a_row_without_a_way_to_meet_is_refused() -> None:
    assert said(TypedWindow(4, 2, "8am", "9am", ("carrier pigeon",))) == [
        "Friday, times 2: tick at least one way to meet."
    ]


def test_two_rows_that_overlap_name_each_other() -> None:
    later = TypedWindow(1, 2, "8.15am", "9am", ALL)
    assert said(MORNING, later) == [
        "Tuesday, times 2: they overlap times 1 (8am to 8.30am). Change one of the two."
    ]


def test_rows_that_touch_or_lie_on_other_days_do_not_overlap() -> None:
    touching = TypedWindow(1, 2, "8.30am", "9am", ALL)
    same_time = TypedWindow(2, 1, "8am", "8.30am", ALL)
    assert said(MORNING, touching, same_time) == []


def test_every_wrong_row_is_reported_at_once_and_the_right_ones_are_read() -> None:
    wrong = (TypedWindow(0, 1, "x", "9am", ALL), TypedWindow(0, 2, "4pm", "3pm", ()))
    reading = read_pattern([*wrong, MORNING], "me")
    assert [problem.field for problem in reading.problems] == [
        "mon-1-start",
        "mon-2-end",
        "mon-2-modes",
    ]
    assert reading.windows == (TUESDAY_MORNING,)


@pytest.mark.parametrize("name", ["primary", "secondary"])
def test_every_pattern_of_a_school_file_is_written_out_and_read_back(name: str) -> None:
    school = load_school(name)
    for person in school.people:
        own = [each for each in school.availability if each.staff_id == person.id]
        reading = read_pattern(type_out(own), person.id)
        assert reading.problems == ()
        assert set(reading.windows) == set(own)


def test_a_window_is_named_by_its_day_and_times() -> None:
    assert say_window(TUESDAY_MORNING) == "Tuesday, 8am to 8.30am"


rows = st.lists(
    st.builds(
        TypedWindow,
        st.integers(0, 4),
        st.integers(1, 8),
        st.sampled_from(["8am", "9am", "9.05am", "12 noon", "3pm", "late", ""]),
        st.sampled_from(["8.30am", "9.05am", "1pm", "3pm", "5pm", ""]),
        st.lists(st.sampled_from([*ALL, "odd"]), unique=True).map(tuple),
    ),
    max_size=8,
)


@given(rows)
def test_what_is_read_without_a_problem_is_sound(typed: list[TypedWindow]) -> None:
    reading = read_pattern(typed, "me")
    for window in reading.windows:
        assert window.start < window.end
        assert window.modes
    if not reading.problems:
        for day in range(5):
            spans = sorted((w.start, w.end) for w in reading.windows if w.weekday == day)
            ends = [end for _, end in spans]
            assert all(start >= end for (start, _), end in zip(spans[1:], ends, strict=False))
