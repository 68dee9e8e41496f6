"""Turns groups of days and hours into windows, and takes away what was ruled out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.casework.times.shapes import (
    DAY_END,
    DAY_START,
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
    from assistant.casework.times.grouping import Group

SCHOOL_DAYS_AHEAD = 10
_WEEK_DAYS = 7
WHOLE_DAY = Hours(DAY_START, DAY_END)


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
    kept = [piece for window in windows for piece in _by_day(window)]
    left = [piece for window in kept for piece in _cut(window, banned, scene)]
    return _joined_days(left) if len(kept) > len(windows) else left


def _by_day(window: Window) -> list[Window]:
    """Cut a stretch of several days into its days, 08:00-20:00 each."""
    days = days_between(window.start.date(), window.end.date())
    if len(days) == 1:
        return [window]
    return [_window(day, WHOLE_DAY) for day in days]


def _cut(window: Window, banned: Segment, scene: Scene) -> list[Window]:
    if banned.days and not any(_covers(day, window.start.date(), scene) for day in banned.days):
        return [window]
    pieces = [] if not banned.hours else [window]
    for hours in banned.hours:
        pieces = [left for piece in pieces for left in _minus(piece, hours)]
    return pieces


def _covers(banned: Weekday | Days, day: date, _: Scene) -> bool:
    if isinstance(banned, Weekday):
        return day.weekday() == banned.index
    return banned.first <= day <= banned.last


def _minus(window: Window, hours: Hours) -> list[Window]:
    gone = _window(window.start.date(), hours)
    pieces = [Window(window.start, min(window.end, gone.start)),
              Window(max(window.start, gone.end), window.end)]  # fmt: skip
    return [piece for piece in pieces if piece.start < piece.end]


def _joined_days(windows: list[Window]) -> list[Window]:
    """Join whole days that follow each other, as the stretch they came from was one."""
    joined: list[Window] = []
    for one in sorted(windows):
        last = joined[-1] if joined else None
        if last and _whole(one) and _ends_day_before(last, one):
            joined[-1] = Window(last.start, one.end)
        else:
            joined.append(one)
    return joined


def _whole(window: Window) -> bool:
    return window.start == moment(window.start.date(), DAY_START)


def _ends_day_before(last: Window, one: Window) -> bool:
    following = last.end.date() + timedelta(days=1) == one.start.date()
    return following and last.end == moment(last.end.date(), DAY_END)
