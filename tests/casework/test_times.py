"""Time phrases of the parents of an English school, each with the windows it means."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.calendar import LONDON, SchoolCalendar
from assistant.casework.school_shapes import Term
from assistant.casework.times import Window, looks_like_time, read_time

DATA = Path(__file__).parents[1] / "data" / "times.jsonl"
NOW = datetime(2026, 11, 24, 10, 15, tzinfo=LONDON)


def term(name: str, *days: str) -> Term:
    return Term(name, *(date.fromisoformat(day) for day in days))


CALENDAR = SchoolCalendar(
    terms=(
        term("Autumn", "2026-09-01", "2026-12-18", "2026-10-26", "2026-10-30"),
        term("Spring", "2027-01-04", "2027-03-25", "2027-02-15", "2027-02-19"),
        term("Summer", "2027-04-12", "2027-07-21", "2027-05-31", "2027-06-04"),
        term("Autumn again", "2027-09-02", "2027-12-17", "2027-10-25", "2027-10-29"),
    ),
    inset=frozenset({date(2027, 1, 4)}),
    bank_holidays=frozenset(),
)
MUDDLE = """
monday tues thrusday tomoz half quarter to past 3 10 15 4.30 3pm noon after before by
until between and or not but any week next fortnight in on the 4th 30 dec 31/11 morning
avvy tea around ish end of month early late half term christmas asap now weekend - , 9am
29/2 first so because if when except unless then only instead as well both neither . ; same
pick-up drop-off today tomorrow work shift bus her his finish home that wait one anyway ? (
following bank holiday back they january past busy no know i'll dentist for hour all long so
"""
WORDS = MUDDLE.split()


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def phrase_of(row: dict[str, Any]) -> str:
    return str(row["phrase"])


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_phrase_means_the_windows_that_its_row_says(row: dict[str, Any]) -> None:
    reading = read_time(row["phrase"], london(row["now"]), CALENDAR)
    wanted = tuple(Window(london(start), london(end)) for start, end in row["windows"])
    assert reading.windows == wanted
    assert reading.kind == row["kind"]


def test_there_are_at_least_250_phrases_and_no_phrase_twice_at_one_time() -> None:
    said = [(row["phrase"], row["now"]) for row in rows()]
    assert len(said) >= 250
    assert len(set(said)) == len(said)


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    keep_the_promises(text, NOW)


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.integers(0, 60 * 24 * 400))
def test_any_muddle_of_time_words_at_any_moment_keeps_the_promises(
    words: list[str], minutes: int
) -> None:
    keep_the_promises(" ".join(words), (NOW.astimezone(UTC) + timedelta(minutes=minutes)))


def keep_the_promises(text: str, now: datetime) -> None:
    reading = read_time(text, now, CALENDAR)
    assert (reading.kind == "none") == (not reading.windows) == bool(reading.why)
    ends = [now, *(window.end for window in reading.windows)]
    for window, end_before in zip(reading.windows, ends, strict=False):
        assert now <= window.start < window.end
        assert window.start.tzinfo is not None
        assert window.start >= end_before or window.start >= now
    starts = [window.start for window in reading.windows]
    assert starts == sorted(starts)


def test_a_day_and_a_date_that_disagree_are_asked_about() -> None:
    reading = read_time("friday 26th", NOW, CALENDAR)
    assert reading.windows == ()
    assert reading.why == "That day and that date are not the same day."


def test_an_event_whose_time_nobody_knows_is_never_guessed() -> None:
    reading = read_time("after assembly on monday", NOW, CALENDAR)
    assert (reading.kind, reading.why) == ("none", "I do not know what time that will be.")


@pytest.mark.parametrize("row", [row for row in rows() if not row["windows"]], ids=phrase_of)
def test_a_parent_is_told_in_a_sentence_why_a_time_was_not_understood(row: dict[str, Any]) -> None:
    why = read_time(row["phrase"], london(row["now"]), CALENDAR).why
    assert why[0].isupper()
    assert why.endswith(".")


def test_a_reason_behind_a_clock_time_is_left_out() -> None:
    said = read_time("wednesday next week 8.45 before i go work", NOW, CALENDAR)
    assert said.windows == read_time("wednesday next week 8.45", NOW, CALENDAR).windows


def test_an_event_that_limits_an_open_time_is_still_asked_about() -> None:
    assert read_time("friday after 3 before his swimming", NOW, CALENDAR).kind == "none"


@pytest.mark.parametrize(
    ("phrase", "utc_hour"), [("28 march 2027 9am", 8), ("31 october 2027 9am", 9)]
)
def test_nine_in_the_morning_is_wall_time_on_the_days_when_clocks_change(
    phrase: str, utc_hour: int
) -> None:
    (window,) = read_time(phrase, NOW, CALENDAR).windows
    assert window.start.astimezone(UTC).hour == utc_hour


def test_half_an_hour_from_now_is_real_time_across_a_clock_change() -> None:
    before = datetime(2027, 3, 28, 0, 45, tzinfo=UTC)
    (window,) = read_time("in half an hour", before, CALENDAR).windows
    assert window.start.astimezone(UTC) == before + timedelta(minutes=30)


def test_a_clock_time_in_the_morning_without_am_is_doubtful_and_one_with_it_is_not() -> None:
    assert read_time("8 tomorrow", NOW, CALENDAR).ambiguous
    assert not read_time("8am tomorrow", NOW, CALENDAR).ambiguous


def test_next_thursday_said_on_a_tuesday_is_doubtful() -> None:
    assert read_time("next thursday", NOW, CALENDAR).ambiguous
    assert not read_time("thursday", NOW, CALENDAR).ambiguous


def test_a_very_long_text_is_read_in_a_moment() -> None:
    started = datetime.now(UTC)
    read_time("monday or " * 20_000, NOW, CALENDAR)
    assert datetime.now(UTC) - started < timedelta(seconds=2)


def test_what_looks_like_a_time_needs_no_calendar() -> None:
    assert looks_like_time("tomorrow after 3")
    assert not looks_like_time("he was hit last tuesday")
