"""Groups days with the hours that belong to them: "Mon or Thurs after 3" is after 3 on both."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.times.agreeing import narrow, share_hours
from assistant.casework.times.asking import (
    DATES_DISAGREE,
    DAY_NOT_IN_TIME,
)
from assistant.casework.times.day_rules import WEEK, coming, one_day
from assistant.casework.times.shapes import (
    Days,
    Hours,
    Link,
    Muddle,
    Scene,
    Segment,
    Token,
    Weekday,
    Word,
    days_between,
)
from assistant.casework.times.spans import (
    drop_said_again,
    drop_wide,
    has_weekday,
    is_scope,
    nights_apart,
    share_scope,
)

if TYPE_CHECKING:
    from datetime import date

_JOINERS = frozenset({"or", "and", "comma", "but", "so", "likewise"})
_TEN = 10
_SATURDAY = 5
_WEEKEND = timedelta(days=2)


@dataclass
class Group:
    """Dates with the hours wanted on each. No hours: the whole day; no dates: any school day."""

    days: list[Days] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    recurring: bool = False
    unsure: bool = False


def segments_of(tokens: list[Token]) -> list[Segment]:
    """Cut tokens at the joiners. A weekday right after another begins a segment of its own."""
    segments = [Segment()]
    for token in tokens:
        if isinstance(token, Link) and token.name in _JOINERS:
            segments.append(Segment(token.name))
            continue
        if isinstance(token, Link | Word):
            segments[-1].judged = True
            continue
        if isinstance(token, Weekday) and has_weekday(segments[-1]):
            segments.append(Segment("or"))
        if isinstance(token, Weekday | Days):
            segments[-1].days.append(token)
        elif isinstance(token, Hours):
            segments[-1].hours_first |= not segments[-1].days
            segments[-1].hours.append(token)
    return [one for one in segments if one.days or one.hours]


def groups_of(segments: list[Segment], scene: Scene) -> list[Group]:
    """Share hours and weeks between the segments, then give each its dates."""
    segments = _drop_asap_beside_days(segments)
    _join_a_day_told_twice(segments)
    _spread_any(segments)
    share_scope(segments)
    drop_wide(segments, scene)
    drop_said_again(segments)
    shared = share_hours([narrow(one) for one in segments])
    return [_group(days, hours, scene) for days, hours in shared]


def _join_a_day_told_twice(segments: list[Segment]) -> None:
    """Read "tomorrow, Wednesday" as one day that is told twice, and must agree."""
    with_days = [one for one in segments if one.days]
    if [one.joiner for one in with_days] != ["", "comma"] or any(one.judged for one in with_days):
        return
    (first, *more), (second, *others) = with_days[0].days, with_days[1].days
    if more or others or not (isinstance(first, Days) and first.first == first.last):
        return
    if isinstance(second, Weekday) and not second.many:
        with_days[0].days, with_days[1].days = [first, second], []


def _spread_any(segments: list[Segment]) -> None:
    """Let "any Tuesday or Thursday" mean any Thursday too."""
    if any(isinstance(day, Weekday) and day.many for one in segments for day in one.days):
        for one in segments:
            one.days = [replace(day, many=True) if isinstance(day, Weekday) else day
                        for day in one.days]  # fmt: skip


def _drop_asap_beside_days(segments: list[Segment]) -> list[Segment]:
    def is_soon(day: Weekday | Days) -> bool:
        return isinstance(day, Days) and day.soon

    if all(is_soon(day) for one in segments for day in one.days):
        return segments
    for one in segments:
        one.days = [day for day in one.days if not is_soon(day)]
    return [one for one in segments if one.days or one.hours]


def _group(days: list[Weekday | Days], hours: list[Hours], scene: Scene) -> Group:
    unsure = any(isinstance(day, Days) and day.unsure for day in days)
    unsure |= any(one.unsure for one in hours)
    named = [day for day in days if isinstance(day, Weekday)]
    dated = [
        one for day in days if isinstance(day, Days) and not day.scope for one in nights_apart(day)
    ]
    scopes = [day for day in days if is_scope(day)]
    recurring = not days or any(day.many for day in named)
    if not days:
        return Group([], hours, recurring=True, unsure=unsure)
    spans = [day for day in scopes if isinstance(day, Days)]
    if dated:
        return Group(_checked(dated, named, spans), hours, recurring, unsure)
    if named:
        unsure |= (
            any(day.index == scene.today.weekday() for day in named if not day.many) and not spans
        )
        return Group(_weekdays(named, spans, scene), hours, recurring, unsure)
    return Group(_common(spans), hours, recurring, unsure)


def _checked(dated: list[Days], named: list[Weekday], spans: list[Days]) -> list[Days]:
    """Check that a weekday, a week and a date said together agree."""
    wanted = {day.index for day in named}
    kept = [day for day in dated if _agrees(day, wanted, spans)]
    if len(kept) < len(dated):
        raise Muddle(DATES_DISAGREE)
    return kept


def _agrees(day: Days, wanted: set[int], spans: list[Days]) -> bool:
    single = day.first == day.last
    if wanted and single and day.first.weekday() not in wanted:
        return False
    return (
        not spans
        or not single
        or any(span.first <= day.first <= span.last + _WEEKEND for span in spans)
    )


def _weekdays(named: list[Weekday], spans: list[Days], scene: Scene) -> list[Days]:
    indexes = {day.index for day in named}
    many = any(day.many for day in named)
    if spans:
        dates = [day for span in _common(spans) for day in days_between(span.first, span.last)]
    elif many:
        dates = _next_school_days(scene)
    else:
        dates = [coming(index, scene.today) for index in indexes]
    found = sorted({day for day in dates if day.weekday() in indexes and day >= scene.today})
    if not found:
        raise Muddle(DAY_NOT_IN_TIME)
    return [one_day(day) for day in (found if many else _nearest(found, spans))]


def _next_school_days(scene: Scene) -> list[date]:
    """List the next ten school days and the weekends between them."""
    days = scene.calendar.school_days_from(scene.today, _TEN)
    ahead = days_between(scene.today, days[-1])
    return [day for day in ahead if day in days or day.weekday() >= _SATURDAY]


def _nearest(found: list[date], spans: list[Days]) -> list[date]:
    """Keep of "Tuesday after half term" the first such day, of "Friday before it" the last."""
    edges = {span.edge for span in spans}
    if edges == {"start"}:
        return [day for day in found if day - WEEK not in found]
    if edges == {"end"}:
        return [day for day in found if day + WEEK not in found]
    return found


def _common(spans: list[Days]) -> list[Days]:
    first, last = max(day.first for day in spans), min(day.last for day in spans)
    if first > last:
        return list(spans)
    return [replace(spans[0], first=first, last=last)]
