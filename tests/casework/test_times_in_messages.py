"""The time that a longer message wishes for, among names, classes, phones and the past."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.times import Window, find_time, told_times
from tests.casework.test_times import CALENDAR, NOW, WORDS, london

DATA = Path(__file__).parents[1] / "data" / "times_in_messages.jsonl"
NOISE = ["hit", "was", "can", "i", "see", "year", "5", "Smith", "07700900123", "please", "she"]


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def windows_in(text: str, now: datetime) -> tuple[Window, ...] | None:
    reading = find_time(text, now, CALENDAR)
    return None if reading is None else reading.windows


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:40])
def test_a_message_wishes_for_the_windows_that_its_row_says(row: dict[str, Any]) -> None:
    wanted = row["windows"]
    if wanted is not None:
        wanted = tuple(Window(london(start), london(end)) for start, end in wanted)
    assert windows_in(row["text"], london(row["now"])) == wanted


@given(st.text(max_size=200))
def test_any_message_is_searched_without_an_error(text: str) -> None:
    windows_in(text, NOW)


@given(st.lists(st.sampled_from([*WORDS, *NOISE]), max_size=14))
def test_windows_found_in_any_message_lie_ahead(words: list[str]) -> None:
    for window in windows_in(" ".join(words), NOW) or ():
        assert NOW <= window.start < window.end


@pytest.mark.parametrize("name", ["April Jones", "Wednesday Addams", "Summer Reid", "May Smith"])
def test_a_name_is_not_a_time_and_a_time_beside_it_is(name: str) -> None:
    assert windows_in(f"{name}, year 4", NOW) is None
    assert windows_in(f"{name}, year 4, friday at 2", NOW) == windows_in("friday at 2", NOW)


@pytest.mark.parametrize("text", ["its thursday at 4", "thursday at 4", "well thursday at 4 then"])
def test_the_answer_to_our_question_needs_no_word_of_wishing(text: str) -> None:
    reading = find_time(text, NOW, CALENDAR, asked=True)
    assert reading is not None
    assert reading.windows == windows_in("thursday at 4", NOW)


@pytest.mark.parametrize(
    "text",
    [
        "theres a mock on the eighth",
        "I want to see the head about the new bus stop by the gate and nothing else",
        "the trip is on friday",
    ],
)
def test_a_fact_that_answers_our_question_is_not_taken_for_a_time(text: str) -> None:
    reading = find_time(text, NOW, CALENDAR, asked=True)
    assert reading is not None
    assert reading.windows == ()
    assert reading.why


def test_every_time_that_a_text_tells_of_is_read_in_its_order() -> None:
    told = told_times("the head on monday at 9 about a gate, the senco friday 4pm", NOW, CALENDAR)
    assert [f"{one.windows[0].start:%a %H:%M}" for one in told] == ["Mon 09:00", "Fri 16:00"]
