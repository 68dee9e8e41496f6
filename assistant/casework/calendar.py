"""The school's calendar and the clock on its wall.

Weekly rules are wall time in Europe/London; instants are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant.casework.kinds import ClockType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Term

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
SATURDAY = 5


def to_utc(local: datetime) -> datetime:
    """Return the instant of a naive London wall time.

    An hour that happens twice means its first pass unless ``fold`` is 1; an hour that the spring
    change skips means the time an hour later on the new clock.
    """
    return local.replace(tzinfo=LONDON).astimezone(UTC)


def to_london(instant: datetime) -> datetime:
    """Return an aware instant as London wall time (aware)."""
    return instant.astimezone(LONDON)


@dataclass(frozen=True)
class SchoolCalendar:
    """Which days count. Days are London dates."""

    terms: tuple[Term, ...]
    inset: frozenset[date]
    bank_holidays: frozenset[date]

    @classmethod
    def from_school(cls, school: School) -> SchoolCalendar:
        """Build the calendar that a school file describes."""
        return cls(school.terms, frozenset(school.inset), frozenset(school.bank_holidays))

    @cached_property
    def last_known_day(self) -> date:
        """The last day of the last term in the file."""
        return max(term.end for term in self.terms)

    @cached_property
    def _school_days(self) -> frozenset[date]:
        days = {day for term in self.terms for day in _term_days(term)}
        closed = self.inset | self.bank_holidays
        return frozenset(day for day in days if day.weekday() < SATURDAY and day not in closed)

    def is_school_day(self, day: date) -> bool:
        """Tell whether pupils attend; false after the last term of the file."""
        return day in self._school_days

    def is_working_day(self, day: date) -> bool:
        """Tell whether it is Monday to Friday and not a bank holiday, in or out of term."""
        return day.weekday() < SATURDAY and day not in self.bank_holidays

    def counts(self, day: date, clock: ClockType) -> bool:
        """Tell whether ``clock`` counts the day.

        After the last term of the file every working day counts as a school day, so that a
        complaint still gets a date; a deadline's sum says so.
        """
        if clock is ClockType.CALENDAR_DAYS:
            return True
        if clock is ClockType.SCHOOL_DAYS and day <= self.last_known_day:
            return self.is_school_day(day)
        return self.is_working_day(day)

    def next_school_day(self, day: date, *, including: bool = False) -> date:
        """Return the first school day after ``day``, or ``day`` itself if ``including`` it."""
        start = day if including else day + DAY
        return next(each for each in _from(start) if self.counts(each, ClockType.SCHOOL_DAYS))

    def add(self, day: date, days: int, clock: ClockType) -> date:
        """Return the day on which the ``days``-th counted day after ``day`` (day 0) falls."""
        if days == 0:
            return day
        counted = (each for each in _from(day + DAY) if self.counts(each, clock))
        return next(islice(counted, days - 1, None))

    def school_days_from(self, day: date, count: int) -> list[date]:
        """Return the first ``count`` school days, ``day`` included if it is one."""
        counted = (each for each in _from(day) if self.counts(each, ClockType.SCHOOL_DAYS))
        return list(islice(counted, count))

    def next_inset(self, day: date) -> date | None:
        """Return the first staff training day from ``day`` on, or None after the last known."""
        return min((each for each in self.inset if each >= day), default=None)

    def why_closed(self, day: date) -> str | None:
        """Return why no pupil comes that day, in words for a parent, or None on a school day."""
        if self.is_school_day(day):
            return None
        if day in self.bank_holidays:
            return "a bank holiday"
        if day.weekday() >= SATURDAY:
            return "a weekend"
        if day in self.inset:
            return "a staff training day"
        half_term = any(term.half_term_start <= day <= term.half_term_end for term in self.terms)
        return "half term" if half_term else "the school holidays"


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def _term_days(term: Term) -> Iterator[date]:
    for day in _from(term.start):
        if day > term.end:
            return
        if not term.half_term_start <= day <= term.half_term_end:
            yield day
