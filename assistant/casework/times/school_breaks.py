"""Finds the holidays of the school's calendar.

A holiday is a run of at least four weekdays on which the calendar says that school is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.casework.times.shapes import SchoolDays, days_between

_HORIZON = 330
_LONGEST = 60
"""Days back from which a holiday that is under way is looked for."""
_FRIDAY = 4
_SHORTEST = 4
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """A stretch without school. ``last_before`` and ``first_after`` are school days."""

    last_before: date
    first_after: date

    def name(self) -> str:
        """Say which holiday of the English school year it is."""
        closed = days_between(self.last_before + _ONE, self.first_after - _ONE)
        if any((day.month, day.day) == (12, 25) for day in closed):
            return "christmas"
        if any((day.month, day.day) == (8, 1) for day in closed):
            return "summer"
        if closed[0].month in (3, 4):
            return "easter"
        return "half term"


def holidays(calendar: SchoolDays, today: date) -> list[Holiday]:
    """List the holidays that begin or are under way from today, soonest first."""
    found: list[Holiday] = []
    closed: list[date] = []
    ahead = timedelta(days=_HORIZON)
    for day in days_between(today - timedelta(days=_LONGEST), today + ahead):
        if day.weekday() > _FRIDAY:
            continue
        if not calendar.is_school_day(day):
            closed.append(day)
            continue
        if len(closed) >= _SHORTEST and day > today:
            found.append(Holiday(_school_day_before(calendar, closed[0]), day))
        closed = []
    return found


def _school_day_before(calendar: SchoolDays, day: date) -> date:
    earlier = [day - timedelta(days=number) for number in range(1, 90)]
    return next((day for day in earlier if calendar.is_school_day(day)), day - _ONE)
