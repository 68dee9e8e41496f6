"""Choosing a time on a page: which days were asked for, and the page of times for a host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant.casework.day_choice import DayPart
from assistant.casework.wording import say_day
from assistant.web import words
from assistant.web.forms import day_of, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sanic import Request

    from assistant.casework.slots import Slot
    from assistant.services.free_times import FreeTimes

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
"""What lies outside is no time that a page of ours ever offered."""


@dataclass(frozen=True)
class TimeItem:
    """One time as a radio: ``value`` is what the form sends."""

    value: str
    text: str


@dataclass(frozen=True)
class DayOfTimes:
    """A day with its times; ``title`` says how many there are."""

    id: str
    title: str
    count: str
    times: tuple[TimeItem, ...]


@dataclass(frozen=True)
class TimesPage:
    """All that the page of times shows; ``more`` and ``soonest`` are queries, empty for none.

    ``mode`` is the stored way to meet that the page was asked for; its forms and links keep it.
    """

    days: tuple[DayOfTimes, ...]
    parts: tuple[tuple[DayPart, bool], ...]
    filtered: bool
    more: str
    soonest: str
    instead: tuple[TimeItem, ...] = ()
    """The nearest free times, when the one that was chosen has gone."""
    mode: str = ""


def asked_from(request: Request) -> date | None:
    """Return the first day that was asked for; None for now and for anything that is no date."""
    return day_of(request.args.get("from", ""))


def asked_parts(request: Request) -> tuple[DayPart, ...]:
    """Return the parts of the day that were ticked."""
    ticked = request.args.getlist("part") or []
    return tuple(part for part in DayPart if part.value in ticked)


def chosen_time(request: Request) -> datetime | None:
    """Return the instant that the form chose; None for anything that is not one."""
    try:
        chosen = datetime.fromisoformat(field(request, "starts_at"))
    except ValueError:
        return None
    sane = chosen.tzinfo is not None and EARLIEST_YEAR < chosen.year < LATEST_YEAR
    return chosen if sane else None


def times_page(
    request: Request, free: FreeTimes, instead: Sequence[Slot] = (), mode: str = ""
) -> TimesPage:
    """Return what the page shows."""
    parts, first = asked_parts(request), asked_from(request)
    return TimesPage(
        days=tuple(_day(each.day, each.slots) for each in free.days),
        parts=tuple((part, part in parts) for part in DayPart),
        filtered=bool(parts),
        more=_query(free.more_from, parts, mode) if free.more_from else "",
        soonest=_query(None, parts, mode) if first else "",
        instead=tuple(
            TimeItem(slot.starts_at.isoformat(), words.moment(slot.starts_at)) for slot in instead
        ),
        mode=mode,
    )


def _day(day: date, slots: Sequence[Slot]) -> DayOfTimes:
    items = tuple(
        TimeItem(slot.starts_at.isoformat(), words.clock(slot.starts_at)) for slot in slots
    )
    count = words.counted(len(items), "time")
    return DayOfTimes(f"day-{day.isoformat()}", say_day(day), count, items)


def _query(first: date | None, parts: Iterable[DayPart], mode: str) -> str:
    pairs = [("from", first.isoformat())] if first else []
    pairs += [("mode", mode)] if mode else []
    return "?" + urlencode([*pairs, *(("part", part.value) for part in parts)])
