"""Turns groups of days and hours into windows, and takes away what was ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.times.shapes import (
    DAY_END,
    DAY_START,
    WHOLE_DAY,
    Days,
    Hours,
    Scene,
    Segment,
    Weekday,
    Window,
    days_between,
    moment,
)

if TYPE_CHECKING:
    from datetime import date

    from assistant.casework.times.grouping import Group

SCHOOL_DAYS_AHEAD = 10
_WEEK_DAYS = 7


def windows_of(groups: list[Group], scene: Scene) -> list[Window]:
    """Give the windows of every group; they may overlap and lie in the past."""
    return [window for group in groups for window in _of_group(group, scene)]


def _of_group(group: Group, scene: Scene) -> list[Window]:
    if not group.days:
        days = scene.calendar.school_days_from(scene.today, SCHOOL_DAYS_AHEAD)
        return [_window(day, one) for day in days for one in group.hours or [WHOLE_DAY]]
    return [window for days in group.days for window in _of_days(days, group.hours, scene)]


def _of_days(days: Days, hours: list[Hours], scene: Scene) -> list[Window]:
    if not hours:
        return [Window(moment(days.first, DAY_START), moment(days.last, DAY_END))]
    dates = days_between(max(days.first, scene.today), days.last)
    if len(dates) > _WEEK_DAYS:
        dates = [day for day in dates if scene.calendar.is_school_day(day)]
    return [_window(day, one) for day in dates for one in hours]


def _window(day: date, hours: Hours) -> Window:
    return Window(moment(day, hours.start), moment(day, hours.end))


def without(windows: list[Window], banned: Segment, scene: Scene) -> list[Window]:
    """Take the banned days, hours, or hours of certain days, out of the windows."""
    return [left for window in windows for left in _left_of(window, banned, scene)]


def _left_of(window: Window, banned: Segment, scene: Scene) -> list[Window]:
    """Keep whole what the ban does not touch; else go through its days."""
    days = _by_day(window, scene)
    left = [piece for day in days for piece in _cut(day, banned)]
    return [window] if left == days else left


def _by_day(window: Window, scene: Scene) -> list[Window]:
    """Cut a stretch of several days into its days, a long one into its school days."""
    days = days_between(window.start.date(), window.end.date())
    if len(days) == 1:
        return [window]
    if len(days) > _WEEK_DAYS:
        days = [day for day in days if scene.calendar.is_school_day(day)]
    return [_window(day, WHOLE_DAY) for day in days]


def _cut(window: Window, banned: Segment) -> list[Window]:
    if banned.days and not _covers(banned, window.start.date()):
        return [window]
    pieces = [] if not banned.hours else [window]
    for hours in banned.hours:
        pieces = [left for piece in pieces for left in _minus(piece, hours)]
    return pieces


def _covers(banned: Segment, day: date) -> bool:
    """Tell whether the day is ruled out; a week only narrows the weekdays beside it."""
    named = [one for one in banned.days if isinstance(one, Weekday)]
    spans = [one for one in banned.days if isinstance(one, Days)]
    within = any(one.first <= day <= one.last for one in spans)
    if named and any(one.scope for one in spans):
        return within and any(day.weekday() == one.index for one in named)
    return within or any(day.weekday() == one.index for one in named)


def _minus(window: Window, hours: Hours) -> list[Window]:
    gone = _window(window.start.date(), hours)
    pieces = [Window(window.start, min(window.end, gone.start)),
              Window(max(window.start, gone.end), window.end)]  # fmt: skip
    return [piece for piece in pieces if piece.start < piece.end]
