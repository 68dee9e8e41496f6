"""The parts of a day that a parent may ask for, and the stretches of time that they mean."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from assistant.casework.calendar import DAY, to_utc
from assistant.casework.kinds import Labelled
from assistant.casework.times import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MIDNIGHT, NOON, FOUR = time(0), time(12), time(16)


class DayPart(Labelled):
    """A part of the day, London wall time."""

    MORNING = "morning", "Mornings (before 12 noon)"
    AFTERNOON = "afternoon", "Afternoons (12 noon to 4pm)"
    LATE = "late", "After 4pm"


SPANS = {
    DayPart.MORNING: (MIDNIGHT, NOON),
    DayPart.AFTERNOON: (NOON, FOUR),
    DayPart.LATE: (FOUR, MIDNIGHT),
}
"""From and until; until midnight means the end of that day."""


def windows_for(first: date, last: date, parts: Collection[DayPart]) -> list[Window]:
    """Return the parts of every day from ``first`` to ``last``, both included, soonest first.

    No part, or all of them, is the whole time in one window.
    """
    if len(set(parts)) in {0, len(DayPart)}:
        return [Window(_instant(first, MIDNIGHT), _instant(last + DAY, MIDNIGHT))]
    wanted = [part for part in DayPart if part in parts]
    return [_window(day, part) for day in _days(first, last) for part in wanted]


def _window(day: date, part: DayPart) -> Window:
    start, end = SPANS[part]
    until = day + DAY if end == MIDNIGHT else day
    return Window(_instant(day, start), _instant(until, end))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _instant(day: date, at: time) -> datetime:
    return to_utc(datetime.combine(day, at))
