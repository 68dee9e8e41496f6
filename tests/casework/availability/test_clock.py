"""Times of day as staff write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.availability.clock import (
    NotATimeError,
    TypedSpan,
    read_clock,
    span_problems,
)
from assistant.casework.wording import say_time


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("3.30pm", time(15, 30)),
        ("3:30 PM", time(15, 30)),
        ("15:30", time(15, 30)),
        ("15.30", time(15, 30)),
        ("1530", time(15, 30)),
        ("3.30", time(15, 30)),
        ("3", time(15)),
        ("8", time(8)),
        ("08:00", time(8)),
        ("7am", time(7)),
        ("12", time(12)),
        ("12pm", time(12)),
        ("12 noon", time(12)),
        ("Noon", time(12)),
        ("10pm", time(22)),
    ],
)
def test_a_time_is_read_as_a_person_means_it(typed: str, at: time) -> None:
    assert read_clock(typed) == at


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("after lunch", "is not a time"),
        ("25:00", "is not a time"),
        ("13pm", "is not a time"),
        ("3 noon", "is not a time"),
        ("3.75pm", "is not a time"),
        ("٣", "is not a time"),
        ("3.32pm", "five-minute step"),
        ("3am", "at night"),
        ("06:30am", "at night"),
        ("10.05pm", "at night"),
        ("12am", "at night"),
    ],
)
def test_anything_else_is_refused_in_words(typed: str, why: str) -> None:
    with pytest.raises(NotATimeError, match=why):
        read_clock(typed)


@given(st.builds(time, st.integers(7, 21), st.sampled_from(range(0, 60, 5))))
def test_a_time_that_is_written_out_is_read_back(at: time) -> None:
    assert read_clock(say_time(at)) == at


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = read_clock(text)
    except NotATimeError:
        return
    assert time(7) <= found <= time(22)


@pytest.mark.parametrize(
    ("start", "end", "field", "said"),
    [
        ("", "4pm", "tue-1-start", "Tuesday, times 1: say when it begins, or remove both times."),
        ("3pm", "", "tue-1-end", "Tuesday, times 1: say when it ends, or remove both times."),
        ("4pm", "3pm", "tue-1-end", "Tuesday, times 1: the end must be after the start."),
        ("4pm", "16:00", "tue-1-end", "Tuesday, times 1: the end must be after the start."),
        ("late", "4pm", "tue-1-start", "Tuesday, times 1: “late” is not a time."),
    ],
)
def test_a_wrong_span_says_which_row_and_what_to_do(
    start: str, end: str, field: str, said: str
) -> None:
    problem, *others = span_problems(TypedSpan("Tuesday, times 1", "tue-1", start, end))
    assert (problem.field, others) == (field, [])
    assert problem.said.startswith(said)
