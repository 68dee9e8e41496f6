"""When people answer: half term, weekends, training days, and both changes of the clocks."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from assistant.casework.answering_hours import answering_at
from assistant.casework.calendar import LONDON, SchoolCalendar
from assistant.casework.school import load_school
from assistant.casework.school_shapes import Term

SCHOOL = load_school("primary")
CALENDAR = SchoolCalendar.from_school(SCHOOL)


def london(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "is_open", "changes", "why"),
    [
        ("2026-11-24T10:15", True, "2026-11-24T16:30", ""),
        ("2026-11-24T08:00", True, "2026-11-24T16:30", ""),
        ("2026-11-24T07:59", False, "2026-11-24T08:00", ""),
        ("2026-11-24T16:30", False, "2026-11-25T08:00", ""),
        ("2026-10-23T18:00", False, "2026-11-02T08:00", ""),
        ("2026-10-25T00:30", False, "2026-11-02T08:00", "a weekend"),
        ("2026-10-25T23:00", False, "2026-11-02T08:00", "a weekend"),
        ("2026-10-28T11:00", False, "2026-11-02T08:00", "half term"),
        ("2026-12-24T12:00", False, "2027-01-05T08:00", "the school holidays"),
        ("2026-12-25T12:00", False, "2027-01-05T08:00", "a bank holiday"),
        ("2027-03-27T23:30", False, "2027-04-13T08:00", "a weekend"),
        ("2027-03-28T03:00", False, "2027-04-13T08:00", "a weekend"),
    ],
)
def test_it_is_known_who_is_there_and_when_that_changes(
    now: str, *, is_open: bool, changes: str, why: str
) -> None:
    found = answering_at(CALENDAR, SCHOOL.opening, london(now))
    assert (found.open, found.why) == (is_open, why)
    assert found.changes_at.isoformat() == london(changes).isoformat()


def test_the_night_of_a_clock_change_within_term_is_an_hour_longer_or_shorter() -> None:
    """A school without a half term at the end of October: Sunday to Monday over the change."""
    no_half_term = {"half_term_start": date(2026, 9, 1), "half_term_end": date(2026, 8, 31)}
    year = Term("A year", date(2026, 9, 1), date(2027, 7, 1), **no_half_term)
    every_day = SchoolCalendar((year,), frozenset(), frozenset())
    night = answering_at(every_day, SCHOOL.opening, london("2026-10-23T17:00"))
    assert (night.changes_at - london("2026-10-23T17:00")).days == 2
    assert night.until.isoformat() == "2026-10-26T08:00:00+00:00"
    spring = answering_at(every_day, SCHOOL.opening, london("2027-03-26T17:00"))
    assert spring.until.isoformat() == "2027-03-29T07:00:00+00:00"
