"""Shares a week between the days said beside it, and drops it where one of them is narrower."""

from __future__ import annotations

from dataclasses import replace

from assistant.casework.times.day_rules import coming, one_day
from assistant.casework.times.shapes import Days, Scene, Segment, Weekday

_ALTERNATIVES = frozenset({"or", "and"})


def has_weekday(segment: Segment) -> bool:
    """Tell whether a day of the week is named."""
    return any(isinstance(day, Weekday) for day in segment.days)


def is_scope(day: Weekday | Days) -> bool:
    """Tell whether it is a stretch that a weekday may narrow."""
    return isinstance(day, Days) and day.scope


def _without_end(day: Weekday | Days) -> Weekday | Days:
    """Let "before half term, Fridays or Mondays" mean each of them, not the last before it."""
    return replace(day, edge="") if isinstance(day, Days) and day.edge == "end" else day


def nights_apart(days: Days) -> list[Days]:
    """Take "as soon as possible" for today and the next school day, not for the night between."""
    if not days.soon or days.first == days.last:
        return [days]
    return [one_day(days.first), one_day(days.last)]


def share_scope(segments: list[Segment]) -> None:
    """Let "Mon or Tues next week" and "next week, Mon or Tues" mean next week on both days."""
    for place, one in enumerate(segments):
        if not one.days or not all(isinstance(day, Weekday) for day in one.days):
            continue
        before = [near for near in reversed(segments[:place]) if near.days][:1]
        after = [near for near in segments[place + 1 :] if near.days][:1]
        for near in [*after, *before]:
            scopes = [day for day in near.days if is_scope(day)]
            lends = has_weekday(near) or (near in before and one.joiner in ("comma", "to"))
            if scopes and lends:
                lent = scopes if near in after else [_without_end(day) for day in scopes]
                one.days = [*one.days, *lent]
                break


def drop_wide(segments: list[Segment], scene: Scene) -> None:
    """Drop a week or an open stretch in which a day that is said beside it lies."""
    for place, wide in enumerate(segments):
        if not (wide.days and all(isinstance(day, Days) and day.scope for day in wide.days)):
            continue
        beside = [one for at, one in enumerate(segments) if at != place and _lies_apart(one)]
        if any(_narrows(one, wide, scene) for one in beside) and not _is_other(segments, place):
            wide.days = []


def _lies_apart(segment: Segment) -> bool:
    return any(isinstance(day, Weekday) or day.first == day.last for day in segment.days)


def _narrows(segment: Segment, wide: Segment, scene: Scene) -> bool:
    """Tell whether the days lie in the stretch, or were given it as theirs."""
    days = [day for day in segment.days if isinstance(day, Days)]
    if any(day in wide.days or _ends_like(day, wide) for day in days):
        return True
    named = [day for day in segment.days if isinstance(day, Weekday)]
    dates = [day.first for day in days] or [coming(day.index, scene.today) for day in named]
    spans = [day for day in wide.days if isinstance(day, Days)]
    return bool(dates) and all(span.first <= day <= span.last for day in dates for span in spans)


def _ends_like(day: Days, wide: Segment) -> bool:
    return any((day.first, day.last) == (one.first, one.last)
               for one in wide.days if isinstance(one, Days))  # fmt: skip


def _is_other(segments: list[Segment], place: int) -> bool:
    """Tell "Thursday or next week", where both are offered."""
    own = segments[place].joiner in _ALTERNATIVES and place > 0
    following = segments[place + 1 : place + 2]
    return own or (place == 0 and any(one.joiner in _ALTERNATIVES for one in following))


def drop_said_again(segments: list[Segment]) -> None:
    """Drop the first "Thursday" of "Thursday or Friday. Thursday before 10, Friday after 2"."""
    for place, one in enumerate(segments):
        later = [other for other in segments[place + 1 :] if other.days and other.hours]
        if one.days and not one.hours and any(other.days == one.days for other in later):
            one.days = []
