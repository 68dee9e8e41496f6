"""Days on which the weekly times do not hold."""

from __future__ import annotations

from datetime import date, time

import pytest

from assistant.casework.availability.dates import (
    WHOLE_DAY,
    TypedDates,
    read_dates,
    runs,
    say_span,
)
from assistant.casework.calendar import SchoolCalendar
from assistant.casework.host_hours import DayException
from assistant.casework.kinds import MeetingMode
from assistant.casework.school import load_school
from tests.instants import london

CALENDAR = SchoolCalendar.from_school(load_school("primary"))
NOW = london("2026-11-24T10:15")
PHONE = (MeetingMode.PHONE,)
AFTERNOON = ("free", "3.30pm", "5pm", ("phone",))


def days(on: str, *rest: object) -> list[str]:
    reading = read_dates(TypedDates(on, *(rest or ("blocked",))), NOW, CALENDAR, ())  # type: ignore[arg-type]
    assert reading.problems == ()
    return [each.on.isoformat() for each in reading.dates]


def problem(typed: TypedDates, known: tuple[DayException, ...] = ()) -> tuple[str, str]:
    (found,) = read_dates(typed, NOW, CALENDAR, known).problems
    return found.field, found.said


def test_a_date_is_not_free_all_day_unless_times_are_given() -> None:
    (change,) = read_dates(TypedDates("8 December", "blocked"), NOW, CALENDAR, ()).dates
    assert change == DayException(date(2026, 12, 8), *WHOLE_DAY, free=False, modes=())
    part = TypedDates("8 December", "blocked", "1pm", "3pm")
    (change,) = read_dates(part, NOW, CALENDAR, ()).dates
    assert (change.start, change.end) == (time(13), time(15))


def test_a_date_that_is_free_has_times_and_ways_to_meet() -> None:
    (change,) = read_dates(TypedDates("8/12/2026", *AFTERNOON), NOW, CALENDAR, ()).dates
    assert change == DayException(date(2026, 12, 8), time(15, 30), time(17), free=True, modes=PHONE)
    bare = read_dates(TypedDates("8 December", "free"), NOW, CALENDAR, ())
    assert [each.field for each in bare.problems] == ["date-start", "date-end", "date-modes"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Tuesday 8 December", ["2026-12-08"]),
        ("2026-12-08", ["2026-12-08"]),
        ("today", ["2026-11-24"]),
        ("10 to 14 December", ["2026-12-10", "2026-12-11", "2026-12-14"]),
        ("17 December to 6 January", ["2026-12-17", "2026-12-18", "2027-01-05", "2027-01-06"]),
    ],
)
def test_a_span_keeps_its_school_days(typed: str, expected: list[str]) -> None:
    assert days(typed) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write a date like 8 December, or a span like 14 to 18 December."),
        ("soon", "“soon” is not one date or one span of dates."),
        ("Tuesdays", "“Tuesdays” is not one date or one span of dates."),
        ("8 December at 3", "is not one date"),
        ("31/11/2026", "is not one date"),
        ("23 November", "“23 November” is over. Write the year if you mean another."),
        ("25 December", "Nobody can book on Friday 25 December anyway: it is a bank holiday."),
        ("half term", "it is half term. Write a school day."),
        ("12 December", "it is a weekend"),
        ("4 January", "it is a staff training day"),
        ("1 December 2026 to 20 January 2028", "more than a year"),
    ],
)
def test_a_day_that_cannot_be_used_says_why(typed: str, said: str) -> None:
    field, told = problem(TypedDates(typed, "blocked"))
    assert field == "date-on"
    assert said in told


def test_one_must_say_free_or_not_free() -> None:
    assert problem(TypedDates("8 December", "maybe")) == (
        "date-kind",
        "Say whether you are free or not free then.",
    )


def test_free_time_on_a_blocked_day_would_come_to_nothing() -> None:
    blocked = DayException(date(2026, 12, 8), *WHOLE_DAY, free=False, modes=())
    field, told = problem(TypedDates("8 December", *AFTERNOON), (blocked,))
    assert field == "date-on"
    assert told.startswith("Tuesday 8 December is marked as not free.")


def test_school_days_in_a_row_that_say_the_same_are_shown_together() -> None:
    span = read_dates(TypedDates("17 December to 6 January", "blocked"), NOW, CALENDAR, ()).dates
    extra = read_dates(TypedDates("15 December", *AFTERNOON), NOW, CALENDAR, ()).dates
    grouped = runs((*span, *extra), CALENDAR)
    assert [(group[0].on, group[-1].on) for group in grouped] == [
        (date(2026, 12, 15), date(2026, 12, 15)),
        (date(2026, 12, 17), date(2027, 1, 6)),
    ]


def test_the_times_of_a_day_are_said_in_words() -> None:
    (whole,) = read_dates(TypedDates("8 December", "blocked"), NOW, CALENDAR, ()).dates
    (part,) = read_dates(TypedDates("8 December", *AFTERNOON), NOW, CALENDAR, ()).dates
    assert (say_span(whole), say_span(part)) == ("all day", "3.30pm to 5pm")
