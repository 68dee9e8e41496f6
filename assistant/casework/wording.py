"""Days, times and lists as people say them in Britain."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

NOON = 12


def say_day(day: date) -> str:
    """Return ``Wednesday 25 November``."""
    return f"{day:%A} {day.day} {day:%B}"


def say_date(day: date) -> str:
    """Return ``25 November 2026``."""
    return f"{day.day} {day:%B %Y}"


def say_time(at: datetime | time) -> str:
    """Return ``3.30pm``, ``9am`` or ``12 noon`` for an aware time, or a wall time, in London."""
    if (at.hour, at.minute) == (NOON, 0):
        return "12 noon"
    hour = at.hour % NOON or NOON
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{hour}{minutes}{'am' if at.hour < NOON else 'pm'}"


def say_when(start: datetime, end: datetime | None = None) -> str:
    """Return ``Wednesday 25 November, 3.30pm to 4pm``."""
    until = f" to {say_time(end)}" if end else ""
    return f"{say_day(start)}, {say_time(start)}{until}"


def say_list(items: Sequence[str], *, joiner: str = "and") -> str:
    """Return ``a, b and c``."""
    *others, last = items or ("",)
    return f"{', '.join(others)} {joiner} {last}" if others else last


def shorten(text: str, limit: int) -> str:
    """Return at most ``limit`` characters, cut at a word and marked with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[: limit - 1].rsplit(" ", 1)[0] + "…"
