"""When one host meets: weekly hours in London wall time, less gates, sessions and exceptions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from assistant.casework.grid import span_mask
from assistant.casework.kinds import MeetingMode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.casework.school_shapes import Availability, MeetingRules


class Closed(NamedTuple):
    """Wall time that never becomes a slot: on one date, or every day when ``on`` is None."""

    on: date | None
    start: time
    end: time


class DayException(NamedTuple):
    """One date on which the weekly hours do not hold: ``free`` adds time, else takes it away."""

    on: date
    start: time
    end: time
    free: bool
    modes: tuple[MeetingMode, ...]


@dataclass(frozen=True)
class HostHours:
    """When one host meets, and how: everything but what is taken already."""

    host_id: str
    pattern: tuple[Availability, ...]
    exceptions: tuple[DayException, ...]
    closed: tuple[Closed, ...]
    rules: MeetingRules

    @property
    def length(self) -> timedelta:
        """How long a meeting with this host lasts, without its buffer."""
        return timedelta(minutes=self.rules.minutes)

    @property
    def buffer(self) -> timedelta:
        """How long the host is kept free after a meeting."""
        return timedelta(minutes=self.rules.buffer_minutes)

    def open_cells(self, day: date) -> dict[MeetingMode, int]:
        """Return for each mode the mask of the cells in which the host could meet that day."""
        week = self._week[day.weekday()]
        shut, changes = self._shut_on.get(day, 0), self._changes_on.get(day)
        if not shut and not changes:
            return week
        return {
            mode: _changed(mask, mode, changes or ()) & ~self._always_shut & ~shut
            for mode, mask in week.items()
        }

    @cached_property
    def _week(self) -> tuple[dict[MeetingMode, int], ...]:
        week = tuple(dict.fromkeys(MeetingMode, 0) for _ in range(7))
        for row in self.pattern:
            for mode in row.modes:
                week[row.weekday][mode] |= span_mask(row.start, row.end) & ~self._always_shut
        return week

    @cached_property
    def _always_shut(self) -> int:
        mask = 0
        for span in self.closed:
            mask |= span_mask(span.start, span.end) if span.on is None else 0
        return mask

    @cached_property
    def _shut_on(self) -> dict[date, int]:
        shut: Counter[date] = Counter()
        for span in self.closed:
            if span.on is not None:
                shut[span.on] |= span_mask(span.start, span.end)
        return shut

    @cached_property
    def _changes_on(self) -> dict[date, tuple[DayException, ...]]:
        return {
            change.on: tuple(each for each in self.exceptions if each.on == change.on)
            for change in self.exceptions
        }


def _changed(mask: int, mode: MeetingMode, changes: Iterable[DayException]) -> int:
    """Apply the date's exceptions; time taken away wins over time added."""
    for change in sorted(changes, key=lambda each: not each.free):
        span = span_mask(change.start, change.end)
        if not change.free:
            mask &= ~span
        elif mode in change.modes:
            mask |= span
    return mask
