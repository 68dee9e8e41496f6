"""Resolves what refers back to a time said before: "the day after", "before that"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.casework.times.asking import DAY_AFTER_WHAT, NO_CLOCK_TIME
from assistant.casework.times.day_rules import (
    WEEK,
    coming,
    monday_of,
    one_day,
    school_week,
    this_week,
)
from assistant.casework.times.days_beside import (
    STEPS,
    last_day,
    of_that_day,
    with_day_beside,
)
from assistant.casework.times.shapes import (
    Days,
    Hours,
    Later,
    Link,
    Minutes,
    Puzzle,
    Scene,
    Token,
    Weekday,
    days_between,
)
from assistant.casework.times.week_parts import part_of_week

_OPERATORS = frozenset({"after", "from", "before", "by", "until", "between", "to", "not", "freed"})
_THAT = {"after that": "after", "before that": "before", "from that": "from"}
_REASONS = (Link("so"), Link("because"))
_BREAKS = (*_REASONS, Link("comma"), Link("but"), Link("or"))
_HOUR = 60
Kinds = tuple[type[Token], ...]
_DAYS: Kinds = (Weekday, Days)
_HOURS: Kinds = (Hours,)


def resolved(tokens: list[Token], scene: Scene) -> list[Token]:
    """Replace the references by the times they mean."""
    out: list[Token] = []
    for token in tokens:
        if isinstance(token, Link) and token.name in STEPS:
            out = with_day_beside(token.name, out, scene)
        elif token == Link("that day"):
            out = of_that_day(out)
        elif isinstance(token, Link) and token.name in _THAT:
            out = _that(_THAT[token.name], out)
        elif token == Link("same time"):
            out += _hours_again(out) or [Puzzle(NO_CLOCK_TIME)]
        elif token == Link("at that"):
            out += _at_that(out)
        elif token == Link("all week"):
            out += [] if any(isinstance(one, Days) for one in out) else [this_week(scene)]
        elif isinstance(token, Later):
            out.append(_later(token, out, scene))
        elif isinstance(token, Minutes):
            out.append(_minutes(token, out))
        else:
            out.append(token)
    return _corrected(_in_their_month(out))


def _in_their_month(tokens: list[Token]) -> list[Token]:
    """Find the 6th of "after new year, on the 6th" in the stretch that was said beside it."""
    spans = [one for one in tokens if isinstance(one, Days) and one.scope]
    return [_within(one, spans) if isinstance(one, Days) and one.numbered else one
            for one in tokens]  # fmt: skip


def _within(day: Days, spans: list[Days]) -> Days:
    if any(span.first <= day.first <= span.last for span in spans):
        return day
    dates = [one for span in spans for one in days_between(span.first, span.last)]
    return next((one_day(one) for one in dates if one.day == day.first.day), day)


def _corrected(tokens: list[Token]) -> list[Token]:
    """Let the time after "no wait" stand for the one before: "Monday at 2, no wait, Tuesday"."""
    if Link("rather") not in tokens:
        return tokens
    place = len(tokens) - tokens[::-1].index(Link("rather"))
    before, after = [one for one in tokens[: place - 1] if one != Link("rather")], tokens[place:]
    for kinds in (_DAYS, _HOURS):
        if any(isinstance(one, kinds) for one in after):
            before = _without(before, kinds)
    return [*before, Link("comma"), *after]


def _without(tokens: list[Token], kinds: Kinds) -> list[Token]:
    """Drop such times and the small words right before them."""
    ahead = [*tokens[1:], Link("")]
    return [one for one, following in zip(tokens, ahead, strict=False)
            if not isinstance(one, kinds)
            and not (isinstance(one, Link) and isinstance(following, kinds))]  # fmt: skip


def _later(later: Later, said: list[Token], scene: Scene) -> Days | Puzzle:
    """Count from the day or the week said last; without one, from the week we are in."""
    last = last_day(said, scene)
    if later.unit == "week":
        return _week_later(later, said, scene)
    if later.unit == "weekday":
        after = last.last if last else monday_of(scene.today) + timedelta(days=6)
        return one_day(coming(later.index, after), unsure=not last)
    if last is None:
        return Puzzle(DAY_AFTER_WHAT)
    if last.first == last.last:
        return one_day(last.first + WEEK)
    return school_week(monday_of(last.last) + WEEK)


def _week_later(later: Later, said: list[Token], scene: Scene) -> Days:
    """Read "the week after": after the week said last, if that stands apart from it."""
    place = next((at for at in reversed(range(len(said))) if said[at] in _BREAKS), None)
    last = last_day(said[:place], scene) if place is not None else None
    week = monday_of(last.last) + WEEK if last else monday_of(scene.today) + later.index * WEEK
    return part_of_week(school_week(week), later.part)


def _that(operator: str, said: list[Token]) -> list[Token]:
    """Govern the clock time said last, else the day; one that has a limit already keeps it."""
    place = _place_of(said, _HOURS) or _place_of(said, _DAYS)
    if not place:
        return said
    at = place - 1
    governed = at > 0 and _governs(said[at - 1])
    if any(link in said[at:] for link in _REASONS):
        ends = governed and operator == "after" and said[at - 1] != Link("not")
        named = "from" if ends and not isinstance(said[at], Hours) else operator
        return [*said, Link(named), said[at]]
    return said if governed else [*said[:at], Link(operator), *said[at:]]


def _place_of(said: list[Token], kinds: Kinds) -> int:
    """Count the tokens up to the last of that kind; 0 when there is none."""
    found = (at for at in reversed(range(len(said))) if isinstance(said[at], kinds))
    return next((at + 1 for at in found if kinds is not _HOURS or _is_clock(said[at])), 0)


def _is_clock(token: Token) -> bool:
    return isinstance(token, Hours) and token.exact


def _hours_again(said: list[Token]) -> list[Token]:
    """Repeat the hours said last, a range whole, with the small word that governs them."""
    place = next((at for at in reversed(range(len(said))) if isinstance(said[at], Hours)), None)
    if place is None:
        return []
    first = place
    while first and _is_of_hours(said[first - 1]):
        first -= 1
    return said[first : place + 1]


def _is_of_hours(token: Token) -> bool:
    return isinstance(token, Hours) or _governs(token)


def _governs(token: Token) -> bool:
    return isinstance(token, Link) and token.name in _OPERATORS


def _at_that(said: list[Token]) -> list[Token]:
    """Read "my lunch is at 1, so then": the hours of the reason, unless the wish has its own."""
    if Link("so") not in said:
        return []
    place = len(said) - said[::-1].index(Link("so"))
    return [] if any(isinstance(one, Hours) for one in said[place:]) else _hours_again(said)


def _minutes(minutes: Minutes, said: list[Token]) -> Hours | Puzzle:
    """Read "half past" of the hour said last, or of the next one if that has gone by then."""
    place = _place_of(said, _HOURS)
    clock = said[place - 1] if place else None
    if not isinstance(clock, Hours):
        return Puzzle(NO_CLOCK_TIME)
    start = clock.start - clock.start % _HOUR + minutes.past
    start += _HOUR if start <= clock.start else 0
    return replace(clock, start=start, end=start + 30, bare=False)
