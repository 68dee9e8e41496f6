"""Days on which the weekly times do not hold: a date or a span of dates, free or not free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING

from assistant.casework.availability.clock import TypedSpan, read_clock, span_problems
from assistant.casework.availability.pattern import read_modes
from assistant.casework.availability.problems import Problem, quoted
from assistant.casework.calendar import DAY, to_london
from assistant.casework.host_hours import DayException
from assistant.casework.times import read_time
from assistant.casework.wording import say_day, say_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.kinds import MeetingMode

DATE = "date"
ON = f"{DATE}-on"
FREE, BLOCKED = "free", "blocked"
WHOLE_DAY = (time(), time(23, 55))
"""The span of a date on which somebody is not free at all."""

READ_TO = time(20)
"""Where ``read_time`` ends a day without times."""

FARTHEST = timedelta(days=400)


@dataclass(frozen=True)
class TypedDates:
    """What was typed: ``on`` a date or a span, ``kind`` free or blocked, perhaps two times."""

    on: str = ""
    kind: str = ""
    start: str = ""
    end: str = ""
    modes: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether there is no date yet."""
        return not self.on


@dataclass(frozen=True)
class DatesReading:
    """One exception a school day, or the problems and none."""

    dates: tuple[DayException, ...]
    problems: tuple[Problem, ...] = ()


def read_dates(
    typed: TypedDates, now: datetime, calendar: SchoolCalendar, known: Sequence[DayException]
) -> DatesReading:
    """Read the days and the times; ``known`` are the person's exceptions so far.

    Only school days are kept: on any other day nobody can book anyway.
    """
    days, wrong = _days(typed.on, now, calendar)
    problems = (*wrong, *_problems_of(typed)) or tuple(_blocked_already(typed, days, known))
    return DatesReading(() if problems else tuple(_exceptions(typed, days)), problems)


def is_whole_day(change: DayException) -> bool:
    """Whether nothing of the day is left."""
    return (change.start, change.end) == WHOLE_DAY


def runs(
    changes: Sequence[DayException], calendar: SchoolCalendar
) -> list[tuple[DayException, ...]]:
    """Return the exceptions in order, school days in a row that say the same together."""
    groups: list[list[DayException]] = []
    for change in sorted(changes, key=lambda each: (each.free, each.start, each.end, each.on)):
        if groups and _follows(groups[-1][-1], change, calendar):
            groups[-1].append(change)
        else:
            groups.append([change])
    return sorted((tuple(group) for group in groups), key=lambda group: group[0].on)


def _follows(before: DayException, change: DayException, calendar: SchoolCalendar) -> bool:
    same = before._replace(on=change.on) == change
    return same and change.on <= calendar.next_school_day(before.on)


def _days(
    text: str, now: datetime, calendar: SchoolCalendar
) -> tuple[list[date], tuple[Problem, ...]]:
    """Return the school days of what was typed, or what is wrong with it."""
    reading = read_time(text, now, calendar)
    window = reading.windows[0] if len(reading.windows) == 1 else None
    if window is None or to_london(window.end).time() != READ_TO:
        return [], _wrong_date(
            f"{quoted(text)} is not one date or one span of dates. " if text else ""
        )
    if reading.ambiguous:
        return [], (Problem(ON, f"{quoted(text)} is over. Write the year if you mean another."),)
    first, last = to_london(window.start).date(), to_london(window.end).date()
    if last - first > FARTHEST:
        return [], (Problem(ON, "That is more than a year. Write a shorter span."),)
    days = [first + step * DAY for step in range((last - first).days + 1)]
    open_days = [day for day in days if calendar.is_school_day(day)]
    return open_days, () if open_days else (Problem(ON, _closed(first, calendar)),)


def _wrong_date(said: str) -> tuple[Problem, ...]:
    return (Problem(ON, f"{said}Write a date like 8 December, or a span like 14 to 18 December."),)


def _closed(day: date, calendar: SchoolCalendar) -> str:
    why = calendar.why_closed(day)
    return f"Nobody can book on {say_day(day)} anyway: it is {why}. Write a school day."


def _problems_of(typed: TypedDates) -> Iterator[Problem]:
    if typed.kind not in {FREE, BLOCKED}:
        yield Problem(f"{DATE}-kind", "Say whether you are free or not free then.")
    whole_day = typed.kind != FREE and not typed.start and not typed.end
    if not whole_day:
        yield from span_problems(TypedSpan("The times of the day", DATE, typed.start, typed.end))
    if typed.kind == FREE and not read_modes(typed.modes):
        yield Problem(f"{DATE}-modes", "The times of the day: tick at least one way to meet.")


def _blocked_already(
    typed: TypedDates, days: Sequence[date], known: Sequence[DayException]
) -> Iterator[Problem]:
    """Time taken away wins over time added, so time added there would come to nothing."""
    shut = {each.on for each in known if not each.free and is_whole_day(each)}
    if typed.kind == FREE and shut.intersection(days):
        day = say_day(min(shut.intersection(days)))
        yield Problem(ON, f"{day} is marked as not free. Remove that first, then add this.")


def _exceptions(typed: TypedDates, days: Sequence[date]) -> Iterator[DayException]:
    free = typed.kind == FREE
    start, end = _span(typed)
    modes: tuple[MeetingMode, ...] = read_modes(typed.modes) if free else ()
    for day in days:
        yield DayException(day, start, end, free, modes)


def _span(typed: TypedDates) -> tuple[time, time]:
    return (read_clock(typed.start), read_clock(typed.end)) if typed.start else WHOLE_DAY


def say_span(change: DayException) -> str:
    """Return ``all day`` or ``3.30pm to 5pm``."""
    whole = is_whole_day(change)
    return "all day" if whole else f"{say_time(change.start)} to {say_time(change.end)}"
