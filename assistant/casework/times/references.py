"""Resolves what refers back to a time said before: "Friday or the day after", "after that"."""

from __future__ import annotations

from datetime import timedelta

from assistant.casework.times.asking import DAY_AFTER_WHAT
from assistant.casework.times.day_rules import coming
from assistant.casework.times.shapes import Days, Hours, Link, Puzzle, Scene, Token, Weekday

_OPERATORS = frozenset({"after", "from", "before", "by", "until", "between", "to", "not"})


def resolved(tokens: list[Token], scene: Scene) -> list[Token]:
    """Replace the references by the times they mean."""
    out: list[Token] = []
    for token in tokens:
        if token == Link("day after"):
            out.append(_day_after(out, scene))
        elif token == Link("after that"):
            out = _after_that(out)
        else:
            out.append(token)
    return out


def _day_after(said: list[Token], scene: Scene) -> Days | Puzzle:
    last = next((one for one in reversed(said) if isinstance(one, Weekday | Days)), None)
    if isinstance(last, Weekday):
        day = coming(last.index, scene.today)
    elif last:
        day = last.last
    else:
        return Puzzle(DAY_AFTER_WHAT)
    return Days(day + timedelta(days=1), day + timedelta(days=1))


def _after_that(said: list[Token]) -> list[Token]:
    """Open the end of the clock time said last; one that has a limit already keeps it."""
    place = next((at for at in reversed(range(len(said))) if _is_clock(said[at])), None)
    if place is None:
        return said
    before = said[place - 1] if place else None
    if isinstance(before, Link) and before.name in _OPERATORS:
        return said
    return [*said[:place], Link("after"), *said[place:]]


def _is_clock(token: Token) -> bool:
    return isinstance(token, Hours) and token.exact
