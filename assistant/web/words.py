"""Dates, times and counts as a person in England reads them (Europe/London)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

LONDON = ZoneInfo("Europe/London")


def day(when: date) -> str:
    """Return `Tuesday 24 November 2026` for a date, or for an instant as London's date."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local:%A} {local.day} {local:%B %Y}"


def short_day(when: date) -> str:
    """Return `Tue 24 Nov` for a date, or for an instant as London's date."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local:%a} {local.day} {local:%b}"


def clock(when: datetime) -> str:
    """Return `3:30pm` for an instant, `midday` and `midnight` in words."""
    local = when.astimezone(LONDON)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(when: datetime) -> str:
    """Return `Tuesday 24 November 2026, 3:30pm` for an instant."""
    return f"{day(when)}, {clock(when)}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return `1 day` or `3 days`; give `many` when it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def days_left(due: date, today: date) -> str:
    """Return how far off a due date is, in words: `3 days late`, `today`, `in 5 days`."""
    days = (due - today).days
    if days < 0:
        return f"{counted(-days, 'day')} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def sentence(text: str) -> str:
    """Return the text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "short_day": short_day,
    "clock": clock,
    "moment": moment,
    "counted": counted,
    "days_left": days_left,
    "sentence": sentence,
}
