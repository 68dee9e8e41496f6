"""What a small word makes of the time it governs: "after 3", "before Friday", "the day after"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.casework.times.asking import HAS_PASSED, TOO_EARLY
from assistant.casework.times.day_rules import OPEN_END, coming
from assistant.casework.times.shapes import (
    DAY_END,
    DAY_START,
    Days,
    Hours,
    Puzzle,
    Scene,
    Weekday,
)

_ONE = timedelta(days=1)
_MEETING = 30
"""Minutes of an exact time; "about 5ish" is no wider than "5ish"."""
_NEAR = 14
"""Days beside a holiday among which the first school day is looked for."""
_BESIDE = {"next day to": 1, "day before": -1}


def as_days(item: Weekday | Days, scene: Scene) -> Days:
    """Give the dates of a day: of a weekday the next such date."""
    if isinstance(item, Days):
        return item
    day = coming(item.index, scene.today)
    return Days(day, day)


def govern_hours(name: str, hours: Hours) -> Hours | Puzzle:
    """Give the hours after, from, before, by or around some hours."""
    late = hours.start if hours.exact else hours.end
    if name in ("after", "from", "freed"):
        start = hours.start if name == "from" else late
        return Hours(start, max(DAY_END, start + 30), loose=hours.loose, unsure=hours.unsure)
    if name == "when":
        return hours
    if name == "around":
        if hours.exact and hours.end - hours.start == _MEETING:
            return replace(hours, start=hours.start - 30, end=hours.start + 30, bare=False)
        return hours
    end = hours.start if hours.exact or name == "before" else hours.end
    if end <= DAY_START:
        return Puzzle(TOO_EARLY)
    return Hours(DAY_START, end, loose=hours.loose)


def govern_days(name: str, item: Weekday | Days, scene: Scene) -> Days | Weekday | Puzzle:
    """Give the dates after, from, before, by or beside a day or a stretch of days."""
    if name in _BESIDE:
        return _beside(as_days(item, scene), _BESIDE[name], scene)
    if isinstance(item, Weekday) and (item.many or name == "around"):
        return item
    days = as_days(item, scene)
    if name in ("around", "when"):
        return days
    if name in ("after", "from"):
        start = days.first if name == "from" else days.last + _ONE
        return Days(start, start + OPEN_END, scope=True, unsure=days.unsure, edge="start")
    end = days.first - _ONE if name == "before" else days.last
    if end < scene.today:
        return Puzzle(HAS_PASSED)
    return Days(scene.today, end, scope=True, unsure=days.unsure, edge="end")


def _beside(days: Days, step: int, scene: Scene) -> Days:
    """Give the day after or before: of a holiday the school day, of a day the next in the week."""
    day = days.last + _ONE if step > 0 else days.first - _ONE
    if days.first == days.last:
        return Days(day, day)
    near = [day + step * number * _ONE for number in range(_NEAR)]
    day = next((one for one in near if scene.calendar.is_school_day(one)), day)
    return Days(day, day)
