"""Dates, times and counts for the templates, always in Europe/London."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.wording import say_day, say_time

if TYPE_CHECKING:
    from collections.abc import Callable


def local_date(when: date) -> date:
    """Return the date in London of an instant; a plain date stays as it is."""
    return to_london(when).date() if isinstance(when, datetime) else when


def day(when: date) -> str:
    """Return `Tuesday 24 November 2026` for a date or an instant."""
    return f"{say_day(local_date(when))} {local_date(when).year}"


def short_day(when: date) -> str:
    """Return `Tue 24 Nov` for a date or an instant."""
    local = local_date(when)
    return f"{local:%a} {local.day} {local:%b}"


def long_day(when: date) -> str:
    """Return `24 November 2026`."""
    local = local_date(when)
    return f"{local.day} {local:%B} {local.year}"


def clock(when: datetime) -> str:
    """Return `3.30pm` for an instant."""
    return say_time(to_london(when))


def moment(when: datetime) -> str:
    """Return `Tuesday 24 November 2026, 3.30pm` for an instant."""
    return f"{day(when)}, {clock(when)}"


def counted(number: int, one: str) -> str:
    """Return `1 day` or `3 days`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


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
    "long_day": long_day,
    "clock": clock,
    "moment": moment,
    "sentence": sentence,
}
