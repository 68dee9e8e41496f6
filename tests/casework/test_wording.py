"""Days, times and lists as people say them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.wording import say_day, say_list, say_time, say_when, shorten

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(15, 30, "3.30pm"), (9, 0, "9am"), (12, 0, "12 noon"), (12, 15, "12.15pm"), (0, 5, "12.05am")],
)
def test_a_time_is_said_as_in_britain(hour: int, minute: int, said: str) -> None:
    assert say_time(datetime(2026, 11, 25, hour, minute, tzinfo=LONDON)) == said


def test_a_meeting_is_said_with_day_start_and_end() -> None:
    start = datetime(2026, 11, 25, 15, 30, tzinfo=LONDON)
    said = say_when(start, start.replace(hour=16, minute=0))
    assert said == "Wednesday 25 November, 3.30pm to 4pm"
    assert say_day(date(2026, 12, 1)) == "Tuesday 1 December"


def test_a_list_ends_with_and() -> None:
    assert say_list(["a", "b", "c"]) == "a, b and c"
    assert say_list(["a"]) == "a"
    assert say_list([]) == ""


@given(st.text(), st.integers(20, 200))
def test_shortened_text_fits_and_keeps_its_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert " ".join(text.split()).startswith(short.removesuffix("…"))
