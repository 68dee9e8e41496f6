"""Dates and times as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.web import words

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 21), "3 days late"),
        (date(2026, 11, 23), "1 day late"),
        (TODAY, "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 12, 4), "in 10 days"),
    ],
)
def test_a_due_date_says_in_words_how_far_off_it_is(due: date, said: str) -> None:
    assert words.days_left(due, TODAY) == said


def test_an_instant_is_told_in_school_time_in_winter_and_in_summer() -> None:
    assert words.moment(datetime(2026, 11, 24, 15, 30, tzinfo=UTC)) == (
        "Tuesday 24 November 2026, 3.30pm"
    )
    assert words.moment(datetime(2027, 6, 1, 23, 30, tzinfo=UTC)) == (
        "Wednesday 2 June 2027, 12.30am"
    )
