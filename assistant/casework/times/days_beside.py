"""Finds the day before or after one that was said: "the scan is on the 4th, so the day before"."""

from __future__ import annotations

from datetime import timedelta

from assistant.casework.times.asking import DAY_AFTER_WHAT
from assistant.casework.times.day_rules import coming, one_day
from assistant.casework.times.shapes import Days, Hours, Link, Puzzle, Scene, Token, Weekday, Word

STEPS = {"the day after": 1, "the day before": -1}
_BREAKS = (Link("comma"), Link("so"), Link("but"))
_KEPT = (Link("or"), Link("and"), Link("not"), Link("nothing"), Link("bad"), Link("good"))
"""What shows that the day is wished for, too, or is ruled out: "Thursday or the day after"."""
_LIMITS = (Link("from"), Link("until"), Link("by"), Link("before"), Link("not"), Link("nothing"))


def last_day(said: list[Token], scene: Scene) -> Days | None:
    """Give the day or the stretch of days that was said last."""
    place = _place_of_day(said)
    day = said[place] if place is not None else None
    if isinstance(day, Weekday):
        return one_day(coming(day.index, scene.today))
    return day if isinstance(day, Days) else None


def with_day_beside(name: str, said: list[Token], scene: Scene) -> list[Token]:
    """Add the day beside the one said last, which goes where it only told of something else."""
    last = last_day(said, scene)
    if last is None:
        return [*said, Puzzle(DAY_AFTER_WHAT)]
    day = (last.last if STEPS[name] > 0 else last.first) + timedelta(days=STEPS[name])
    return [*_without_told_day(said), one_day(day)]


def of_that_day(said: list[Token]) -> list[Token]:
    """Read "not till Friday, that afternoon" as Friday alone, not from Friday."""
    place = _place_of_day(said)
    if place is None:
        return said
    first = place
    while first and said[first - 1] in _LIMITS:
        first -= 1
    return [*said[:first], *said[place:]]


def _place_of_day(said: list[Token]) -> int | None:
    places = reversed(range(len(said)))
    return next((at for at in places if isinstance(said[at], Weekday | Days)), None)


def _without_told_day(said: list[Token]) -> list[Token]:
    """Drop the clause of "my mum flies in on Friday, could we do the day before"."""
    ends = [at for at, token in enumerate(said) if token in _BREAKS]
    place = _place_of_day(said)
    end = next((at for at in ends if place is not None and at > place), None)
    if place is None or end is None:
        return said
    start = max((at + 1 for at in ends if at < place), default=0)
    told = said[start:end]
    tells = any(isinstance(token, Word) for token in told)
    wished = any(isinstance(token, Hours) or token in _KEPT for token in [*told, *said[end:]])
    return [*said[:start], *said[end + 1 :]] if tells and not wished else said
