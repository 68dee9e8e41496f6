"""By when the school owes an answer, and the sum that explains the date.

The day of receipt is day 0. Only its London date counts, not the hour: a complaint lodged at
17:00 on the last day of term was received on that day. One lodged on a day when no pupil comes
counts as received on the first school day back, except on clocks that never stop.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.casework.calendar import DAY, SATURDAY, SchoolCalendar, to_london
from assistant.casework.kinds import ClockType

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.casework.school_shapes import Stage


@dataclass(frozen=True)
class Deadline:
    """A date owed: ``days`` counted on ``clock`` up to the end of ``due_on``; ``sum`` says why."""

    name: str
    due_on: date
    clock: ClockType
    days: int
    sum: str


def deemed_received(
    at: datetime, calendar: SchoolCalendar, clock: ClockType = ClockType.SCHOOL_DAYS
) -> date:
    """Return the day that counts as day 0 for something received at an aware instant.

    Calendar-day clocks (data protection) do not stop for holidays; the others wait for school.
    """
    return _day_zero(to_london(at).date(), calendar, clock)


def deadlines_for(
    stage: Stage, received_at: datetime, calendar: SchoolCalendar
) -> tuple[Deadline, ...]:
    """Return the dates by which ``stage`` must acknowledge and answer, in that order."""
    lodged, clock = to_london(received_at).date(), stage.clock
    day_zero = deemed_received(received_at, calendar, clock)
    return tuple(
        _deadline(name, days, clock, calendar, lodged=lodged, day_zero=day_zero)
        for name, days in (("Acknowledge", stage.acknowledge_days), ("Reply", stage.reply_days))
    )


def unstopped_deadline(
    name: str, days: int, clock: ClockType, received_at: datetime, calendar: SchoolCalendar
) -> Deadline:
    """Return a date whose day 0 is the day of receipt itself, in the holidays as in term.

    For duties to a body outside the school, which does not close when the school does.
    """
    lodged = to_london(received_at).date()
    return _deadline(name, days, clock, calendar, lodged=lodged, day_zero=lodged)


def open_until(day: date, days: int, clock: ClockType, calendar: SchoolCalendar) -> date:
    """Return the last day for asking for the next stage after an outcome on ``day``."""
    return calendar.add(_day_zero(day, calendar, clock), days, clock)


def after_pause(
    due: Deadline, paused_on: date, resumed_on: date, calendar: SchoolCalendar
) -> Deadline:
    """Return the date moved on by a pause: the days that were left count from the day back.

    A date that had passed before the pause stays where it is.
    """
    left = _days_between(paused_on, due.due_on, due.clock, calendar)
    if due.due_on < paused_on:
        return due
    day_zero = _day_zero(resumed_on, calendar, due.clock)
    due_on = calendar.add(day_zero, left, due.clock)
    sentences = [
        f"{due.sum} Paused on {_spoken(paused_on)} with {left} {_counted(due.clock, left)} left.",
        _resumed_sentence(resumed_on, day_zero),
        f"{left} {_counted(due.clock, left)} after that is {_spoken(due_on)}.",
        _skipped_sentence(day_zero, due_on, due.clock, calendar),
        _unknown_sentence(due_on, due.clock, calendar),
    ]
    return replace(due, due_on=due_on, sum=" ".join(filter(None, sentences)))


def extended(due: Deadline, months: int, decided_on: date) -> Deadline:
    """Return the date ``months`` calendar months later, and say so in its sum.

    UK GDPR art. 12(3): a complex request for data may be answered up to two months later, if the
    person is told so, with the reason, within the first month.
    """
    due_on = months_after(due.due_on, months)
    said = f"Extended by {months} months on {_spoken(decided_on)}: {_spoken(due_on)}."
    return replace(due, due_on=due_on, sum=f"{due.sum} {said}")


def is_late(incident_on: date, received_on: date, months: int) -> bool:
    """Tell whether it was received more than ``months`` calendar months after it happened."""
    return received_on > months_after(incident_on, months)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def _day_zero(day: date, calendar: SchoolCalendar, clock: ClockType) -> date:
    return (
        day if clock is ClockType.CALENDAR_DAYS else calendar.next_school_day(day, including=True)
    )


def _days_between(start: date, end: date, clock: ClockType, calendar: SchoolCalendar) -> int:
    """Count the days after ``start`` up to ``end`` that ``clock`` counts."""
    days = (start + step * DAY for step in range(1, (end - start).days + 1))
    return sum(calendar.counts(day, clock) for day in days)


def _resumed_sentence(resumed_on: date, day_zero: date) -> str:
    if resumed_on == day_zero:
        return f"Taken up again on {_spoken(resumed_on)}."
    return (
        f"Taken up again on {_spoken(resumed_on)}, when the school was closed, "
        f"so it counts from {_spoken(day_zero)}."
    )


def _deadline(  # noqa: PLR0913 - the parts of a sum
    name: str,
    days: int,
    clock: ClockType,
    calendar: SchoolCalendar,
    *,
    lodged: date,
    day_zero: date,
) -> Deadline:
    due_on = calendar.add(day_zero, days, clock)
    sentences = [
        _receipt_sentence(lodged, day_zero),
        f"{days} {_counted(clock, days)} after that is {_spoken(due_on)}.",
        _skipped_sentence(day_zero, due_on, clock, calendar),
        _unknown_sentence(due_on, clock, calendar),
    ]
    return Deadline(name, due_on, clock, days, " ".join(filter(None, sentences)))


def _counted(clock: ClockType, days: int) -> str:
    return clock.label.removesuffix("s") if days == 1 else clock.label


def _receipt_sentence(lodged: date, day_zero: date) -> str:
    if lodged == day_zero:
        return f"Received on {_spoken(lodged)}."
    return (
        f"Received on {_spoken(lodged)}, when the school was closed, "
        f"so it counts from {_spoken(day_zero)}."
    )


def _skipped_sentence(
    day_zero: date, due_on: date, clock: ClockType, calendar: SchoolCalendar
) -> str:
    days = [day_zero + step * DAY for step in range(1, (due_on - day_zero).days)]
    skipped = [day for day in days if not calendar.counts(day, clock)]
    weekdays = [day for day in skipped if day.weekday() < SATURDAY]
    spans = [_span(run, calendar) for run in _runs(weekdays, clock, calendar)]
    named = (["weekends"] if len(weekdays) < len(skipped) else []) + spans
    return f"Not counted: {'; '.join(named)}." if named else ""


def _runs(days: list[date], clock: ClockType, calendar: SchoolCalendar) -> list[list[date]]:
    """Group days that have no counted day between them."""
    runs: list[list[date]] = []
    for day in days:
        if runs and calendar.add(runs[-1][-1], 1, clock) > day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _span(run: list[date], calendar: SchoolCalendar) -> str:
    whys = dict.fromkeys(calendar.why_closed(day) or "" for day in run)
    ends = _short(run[0]) if len(run) == 1 else f"{_short(run[0])} to {_short(run[-1])}"
    return f"{ends} ({', '.join(whys)})"


def _unknown_sentence(due_on: date, clock: ClockType, calendar: SchoolCalendar) -> str:
    if clock is not ClockType.SCHOOL_DAYS or due_on <= calendar.last_known_day:
        return ""
    return (
        f"The school has not published its terms after {_spoken(calendar.last_known_day)}, "
        "so every working day is counted from then on."
    )


def _spoken(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _short(day: date) -> str:
    return f"{day.day} {day:%B}"
