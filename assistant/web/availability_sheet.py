"""The availability page as it is shown: rows by weekday, dates in words, times by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.availability.dates import runs, say_span
from assistant.casework.availability.pattern import DAY_NAMES, MOST_ROWS, say_window
from assistant.casework.availability.terms import limits
from assistant.casework.kinds import MeetingMode
from assistant.casework.wording import say_list
from assistant.web import words
from assistant.web.availability_form import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assistant.casework.availability.effects import Booked
    from assistant.casework.availability.pattern import TypedWindow
    from assistant.casework.availability.terms import Limit
    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.host_hours import DayException
    from assistant.casework.slots import Slot
    from assistant.services.preview_times import DayPreview, TimesPreview
    from assistant.services.view_availability import AvailabilityView
    from assistant.web.availability_form import TypedHours

QUARTER = timedelta(minutes=15)
SHOWN_DAYS = 15
"""School days of the preview that are shown at once: three weeks."""


@dataclass(frozen=True)
class WeekdaySheet:
    """One weekday of the form; ``code`` is its short form in the names of its fields."""

    name: str
    code: str
    rows: tuple[TypedWindow, ...]

    @property
    def has_room(self) -> bool:
        """Whether another row may be added."""
        return len(self.rows) < MOST_ROWS


@dataclass(frozen=True)
class TermSheet:
    """One number of the form, and the school's own rule in words."""

    limit: Limit
    school_rule: str


@dataclass(frozen=True)
class DateSheet:
    """Days in a row that say the same; ``button`` names them to the server."""

    when: str
    what: str
    button: str


@dataclass(frozen=True)
class PreviewLine:
    """A school day of the preview: its times by how one can meet; none when nothing is free."""

    day: date
    times: tuple[str, ...]


def weekdays(typed: TypedHours) -> tuple[WeekdaySheet, ...]:
    """Return Monday to Friday, each with its rows."""
    return tuple(
        WeekdaySheet(name, code, tuple(row for row in typed.rows if row.weekday == day))
        for day, (name, code) in enumerate(zip(DAY_NAMES, DAYS, strict=True))
    )


def terms(view: AvailabilityView) -> tuple[TermSheet, ...]:
    """Return the numbers with the school's own rules.

    A rule tells its unit, as what stands beside the field is not heard by a screen reader.
    """
    return tuple(
        TermSheet(
            limit, f"The school’s rule is {getattr(view.school_rules, limit.name)} {limit.unit}."
        )
        for limit in limits(view.farthest_days)
    )


def dates(view: AvailabilityView, calendar: SchoolCalendar) -> tuple[DateSheet, ...]:
    """Return the exceptions to come, soonest first."""
    return tuple(
        DateSheet(_when(run), _what(run[0]), f"{dates_id(view, run[0])}-{len(run)}")
        for run in runs([change for _, change in view.dates], calendar)
    )


def dates_id(view: AvailabilityView, change: DayException) -> str:
    """Return the id of the row that holds an exception."""
    return next(row_id for row_id, each in view.dates if each == change)


def dates_behind(view: AvailabilityView, button: str, calendar: SchoolCalendar) -> list[str]:
    """Return the ids of the rows that a button of ``dates`` stands for."""
    first, _, count = button.partition("-")
    ids = {change: row_id for row_id, change in view.dates}
    for run in runs(list(ids), calendar):
        if ids[run[0]] == first and count.isdecimal():
            return [ids[change] for change in run[: int(count)]]
    return []


def saved_words(view: AvailabilityView) -> tuple[str, ...]:
    """Return the saved weekly times, a line each."""
    rows = sorted(view.hours.pattern, key=lambda row: (row.weekday, row.start))
    return tuple(
        f"{say_window(row)}, {_say_modes(row.modes)}" for row in rows if row.weekday < len(DAYS)
    )


def meeting_lines(left: Sequence[Booked]) -> tuple[tuple[str, str], ...]:
    """Return reference and time of meetings."""
    return tuple((each.reference, words.moment(each.starts_at)) for each in left)


def preview_lines(preview: TimesPreview) -> tuple[PreviewLine, ...]:
    """Return the days of the preview in words."""
    return tuple(PreviewLine(each.day, tuple(_times(each))) for each in preview.days)


def preview_words(preview: TimesPreview) -> str:
    """Return in one sentence how much parents would be offered."""
    if not preview.count:
        return "Parents would see no times. They would be offered the office and a call back."
    free = sum(bool(each.slots) for each in preview.days)
    times, days = words.counted(preview.count, "time"), words.counted(free, "school day")
    return f"{times} to choose from, on {days}."


def _when(run: Sequence[DayException]) -> str:
    first = words.day(run[0].on)
    return first if len(run) == 1 else f"{first} to {words.day(run[-1].on)}"


def _what(change: DayException) -> str:
    if not change.free:
        return f"Not free {say_span(change)}"
    return f"Free {say_span(change)}, {_say_modes(change.modes)}"


def _times(day: DayPreview) -> Iterator[str]:
    """Yield the times of a day, those that share their ways to meet together."""
    by_modes: dict[tuple[MeetingMode, ...], list[Slot]] = {}
    for slot in day.slots:
        by_modes.setdefault(slot.modes, []).append(slot)
    for modes, slots in by_modes.items():
        only = "" if len(modes) == len(MeetingMode) else f" ({_say_modes(modes)} only)"
        yield ", ".join(_spans(slots)) + only


def _spans(slots: Sequence[Slot]) -> Iterator[str]:
    """Yield single starts, and ``9am to 2.30pm`` for three and more on every quarter hour."""
    numbered = enumerate(slots)
    for _, group in groupby(numbered, key=lambda pair: pair[1].starts_at - pair[0] * QUARTER):
        starts = [words.clock(slot.starts_at) for _, slot in group]
        if len(starts) > 2:  # noqa: PLR2004 - two are shorter as they are
            yield f"{starts[0]} to {starts[-1]}"
        else:
            yield from starts


def _say_modes(modes: Sequence[MeetingMode]) -> str:
    return say_list([mode.label for mode in modes], joiner="or")
