"""Times of day as staff write them: 3.30pm, 15:30, 9am, noon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from assistant.casework.availability.problems import Problem, quoted
from assistant.casework.grid import CELL_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

EARLIEST, LATEST = time(7), time(22)
"""No private talk begins before or ends after."""

_NOON = 12
_CLOCK = re.compile(r"(\d{1,2})(?:[.:]?([0-5]\d))?\s*(am|pm|noon)?", re.IGNORECASE | re.ASCII)


START, END = "start", "end"


@dataclass(frozen=True)
class TypedSpan:
    """Two times as they were typed; ``name`` is what a person calls the row, ``field`` the form."""

    name: str
    field: str
    start: str
    end: str


class NotATimeError(ValueError):
    """It cannot be read, or no meeting is held then; the text is the rest of a sentence."""


def read_clock(text: str) -> time:
    """Return the wall time that ``text`` says.

    An hour from 1 to 6 without am or pm is in the afternoon: no talk is held before 7am.

    Raises ``NotATimeError`` for anything else, for a time off the grid, and for one in the night.
    """
    found = _CLOCK.fullmatch("12 noon" if text.casefold() == "noon" else text)
    hour = _hour(int(found[1]), (found[3] or "").lower()) if found else None
    if found is None or hour is None:
        raise NotATimeError("is not a time. Write it like 3.30pm or 15:30.")
    at = time(hour, int(found[2] or 0))
    if at.minute % CELL_MINUTES:
        raise NotATimeError("is not on a five-minute step. Write 3.30pm or 3.35pm, say.")
    if not EARLIEST <= at <= LATEST:
        raise NotATimeError("is at night. Meetings can be held between 7am and 10pm.")
    return at


def _hour(hour: int, half: str) -> int | None:
    """Return the hour of the day, None where there is none such."""
    if half == "noon":
        return _NOON if hour == _NOON else None
    if half:
        return hour % _NOON + (_NOON if half == "pm" else 0) if 1 <= hour <= _NOON else None
    if 1 <= hour < EARLIEST.hour:
        return hour + _NOON
    return hour if hour < 2 * _NOON else None


def span_problems(span: TypedSpan) -> Iterator[Problem]:
    """Yield what is wrong with the two times."""
    times: list[time] = []
    for part, text, does in ((START, span.start, "begins"), (END, span.end, "ends")):
        try:
            times.append(_given(text, does))
        except NotATimeError as problem:
            yield Problem(f"{span.field}-{part}", f"{span.name}: {problem}")
    if times != sorted(set(times)):
        told = f"{span.name}: the end must be after the start. Change one of the two."
        yield Problem(f"{span.field}-{END}", told)


def _given(text: str, does: str) -> time:
    problem = f"say when it {does}, or remove both times."
    try:
        if text:
            return read_clock(text)
    except NotATimeError as wrong:
        problem = f"{quoted(text)} {wrong}"
    raise NotATimeError(problem)
