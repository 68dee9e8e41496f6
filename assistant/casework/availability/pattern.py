"""The weekly pattern as it is typed, one row a stretch of time on one weekday."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.casework.availability.clock import START, TypedSpan, read_clock, span_problems
from assistant.casework.availability.problems import Problem
from assistant.casework.kinds import MeetingMode
from assistant.casework.school_shapes import WEEKDAYS, Availability
from assistant.casework.wording import say_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
"""The weekdays that can be school days; the index is ``date.weekday()``."""

MOST_ROWS = 8
"""The most stretches of time on one weekday."""

MODES = "modes"


@dataclass(frozen=True)
class TypedWindow:
    """One row as it was typed; ``weekday`` 0 is Monday, ``row`` counts from 1 in its weekday."""

    weekday: int
    row: int
    start: str = ""
    end: str = ""
    modes: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether no time was typed, whatever is ticked."""
        return not self.start and not self.end

    @property
    def span(self) -> TypedSpan:
        """The two times, named as a person finds them: ``Tuesday, times 2``."""
        name = f"{DAY_NAMES[self.weekday]}, times {self.row}"
        return TypedSpan(name, f"{WEEKDAYS[self.weekday]}-{self.row}", self.start, self.end)


@dataclass(frozen=True)
class PatternReading:
    """The rows that could be read; every other row has a problem."""

    windows: tuple[Availability, ...]
    problems: tuple[Problem, ...]


def read_pattern(typed: Sequence[TypedWindow], staff_id: str) -> PatternReading:
    """Read the rows of one person; a row without any time is left out."""
    found: list[tuple[TypedWindow, Availability]] = []
    problems: list[Problem] = []
    for row in typed:
        if not row.is_blank:
            wrong = list(_problems_of(row))
            problems += wrong
            found += [] if wrong else [(row, _window(row, staff_id))]
    problems += _overlaps(found)
    return PatternReading(tuple(window for _, window in found), tuple(problems))


def type_out(windows: Sequence[Availability]) -> tuple[TypedWindow, ...]:
    """Return the rows as they would have been typed, each weekday's earliest first."""
    rows: list[TypedWindow] = []
    for weekday in range(len(DAY_NAMES)):
        of_day = sorted(
            (each for each in windows if each.weekday == weekday), key=lambda each: each.start
        )
        rows += [
            TypedWindow(
                weekday,
                row,
                say_time(each.start),
                say_time(each.end),
                tuple(mode.value for mode in each.modes),
            )
            for row, each in enumerate(of_day, start=1)
        ]
    return tuple(rows)


def say_window(window: Availability) -> str:
    """Return ``Tuesday, 3.30pm to 5.30pm``."""
    span = f"{say_time(window.start)} to {say_time(window.end)}"
    return f"{DAY_NAMES[window.weekday]}, {span}"


def read_modes(codes: Sequence[str]) -> tuple[MeetingMode, ...]:
    """Return the modes that were ticked, in their own order; anything unknown is left out."""
    return tuple(mode for mode in MeetingMode if mode.value in codes)


def _problems_of(row: TypedWindow) -> Iterator[Problem]:
    span = row.span
    yield from span_problems(span)
    if not read_modes(row.modes):
        yield Problem(f"{span.field}-{MODES}", f"{span.name}: tick at least one way to meet.")


def _window(row: TypedWindow, staff_id: str) -> Availability:
    start, end = read_clock(row.start), read_clock(row.end)
    return Availability(staff_id, row.weekday, start, end, read_modes(row.modes))


def _overlaps(found: Sequence[tuple[TypedWindow, Availability]]) -> Iterator[Problem]:
    for (first, one), (second, other) in combinations(found, 2):
        same_day = one.weekday == other.weekday
        if same_day and one.start < other.end and other.start < one.end:
            first_span = f"times {first.row} ({say_time(one.start)} to {say_time(one.end)})"
            told = f"{second.span.name}: they overlap {first_span}. Change one of the two."
            yield Problem(f"{second.span.field}-{START}", told)
