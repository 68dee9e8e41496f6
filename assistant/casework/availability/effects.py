"""What would come of a change: meetings left outside the hours, and times never offered."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from assistant.casework.availability.pattern import DAY_NAMES, say_window
from assistant.casework.calendar import to_london
from assistant.casework.grid import (
    CELL_MINUTES,
    cell_after,
    cell_at,
    midnight_cell,
    span_mask,
    starts_of_runs,
)
from assistant.casework.slots import QUARTERS
from assistant.casework.wording import say_day, say_list, say_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from assistant.casework.host_hours import Closed, HostHours
    from assistant.casework.kinds import MeetingMode
    from assistant.casework.school_shapes import Availability


class Booked(NamedTuple):
    """A booked meeting; instants are aware."""

    reference: str
    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode


def left_outside(
    before: HostHours, after: HostHours, meetings: Sequence[Booked]
) -> tuple[Booked, ...]:
    """Return the meetings that lie within the hours before and not within the hours after."""
    return tuple(each for each in meetings if fits(before, each) and not fits(after, each))


def fits(hours: HostHours, meeting: Booked) -> bool:
    """Tell whether the host meets in this way during the whole meeting."""
    day = to_london(meeting.starts_at).date()
    base = midnight_cell(day)
    first, last = cell_at(meeting.starts_at) - base, cell_after(meeting.ends_at) - base
    return not ((1 << last) - (1 << first)) & ~hours.open_cells(day)[meeting.mode]


def never_offered(hours: HostHours, today: date) -> tuple[str, ...]:
    """Return a sentence for each part of the weekly times that no parent will be offered."""
    return (*_gates(hours), *_sessions(hours, today), *_too_short(hours))


def _gates(hours: HostHours) -> Iterator[str]:
    for gate in (each for each in hours.closed if each.on is None):
        days = {row.weekday for row in hours.pattern if _overlap(row, gate)}
        if days:
            named = _say_days(days)
            yield f"{_say_span(gate)} is gate time, so it is not offered on {named}."


def _sessions(hours: HostHours, today: date) -> Iterator[str]:
    last = today + timedelta(days=hours.rules.horizon_days)
    for each in hours.closed:
        if each.on is None or not today <= each.on <= last:
            continue
        if any(row.weekday == each.on.weekday() and _overlap(row, each) for row in hours.pattern):
            when = f"{say_day(each.on)}, {_say_span(each)}"
            yield f"{when}, is a staff session, so it is not offered."


def _too_short(hours: HostHours) -> Iterator[str]:
    """Say which weekly times no meeting covers; times that touch are one stretch."""
    for row in hours.pattern:
        span = span_mask(row.start, row.end)
        if not any(_covered(hours, row.weekday, mode) & span for mode in row.modes):
            yield (
                f"{say_window(row)}: no meeting of {hours.rules.minutes} minutes that starts on a "
                "quarter hour fits, so parents are not shown these times."
            )


def _covered(hours: HostHours, weekday: int, mode: MeetingMode) -> int:
    """Return the mask of the cells of a weekday that some meeting could cover."""
    free, length = 0, hours.rules.minutes // CELL_MINUTES
    for row in (each for each in hours.pattern if each.weekday == weekday and mode in each.modes):
        free |= span_mask(row.start, row.end)
    for gate in (each for each in hours.closed if each.on is None):
        free &= ~span_mask(gate.start, gate.end)
    starts = starts_of_runs(free, length) & QUARTERS
    return reduce(or_, (starts << place for place in range(length)))


def _overlap(row: Availability, closed: Closed) -> bool:
    return row.start < closed.end and closed.start < row.end


def _say_span(span: Closed) -> str:
    return f"{say_time(span.start)} to {say_time(span.end)}"


def _say_days(days: set[int]) -> str:
    if len(days) == len(DAY_NAMES):
        return "any day"
    return say_list([DAY_NAMES[day] for day in sorted(days) if day < len(DAY_NAMES)])
