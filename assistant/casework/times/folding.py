"""Folds operators into what they govern: "after" and a clock time become hours to 20:00."""

from __future__ import annotations

from assistant.casework.times.asking import (
    END_BEFORE_START,
    NO_CLOCK_TIME,
)
from assistant.casework.times.day_rules import OPEN_END, coming
from assistant.casework.times.governing import as_days, govern_days, govern_hours
from assistant.casework.times.shapes import (
    Anything,
    Days,
    Hours,
    Link,
    Puzzle,
    Scene,
    Token,
    Weekday,
    Word,
)

_BOUNDS = tuple(Link(name) for name in ("from", "after", "until", "before", "by", "between", "to",
                                        "and"))  # fmt: skip
_NOT_BEFORE = ([Link("not"), Link("before")], [Link("nothing"), Link("before")])
_MONDAY, _FRIDAY = 0, 4
_RANGE = 3
"""Tokens of a range: start, joiner, end."""
_HALF_DAY, _FULL_DAY, _LONGEST_MEETING_TIME = 12 * 60, 24 * 60, 6 * 60
_LEADING = frozenset(
    {
        "after",
        "from",
        "before",
        "by",
        "until",
        "around",
        "when",
        "freed",
        "next day to",
        "day before",
    }
)
_PLACES = frozenset({"around", "by", "from"})
"""Before a word that is no time they speak of something else: "about the bus", "by the gate"."""
_LIMITS = frozenset({"before", "by", "until"})
_LONG_PART = 3 * 60
"""Minutes from which a part of the day is taken whole at the end of a range ("to evening")."""
_RANGE_JOINERS = {"between": ("and", "to"), "from": ("to", "until"), "": ("to", "until")}


def fold(tokens: list[Token], scene: Scene) -> list[Token]:
    """Replace operators and ranges by the times they make; joiners and negations stay."""
    folded: list[Token] = []
    rest = _every_weekday(_plain([token for token in tokens if token != Link("at")]))
    while rest:
        made, used = _fold_next(rest, scene)
        folded += made
        rest = rest[used:]
    return _apply_open_ends(folded)


def _plain(tokens: list[Token]) -> list[Token]:
    """Read "from about 3" as "from 3", and "nothing before Wednesday" as "from Wednesday"."""
    plain: list[Token] = []
    for token in tokens:
        if token == Link("around") and plain and plain[-1] in _BOUNDS:
            continue
        dated = isinstance(token, Days) or (isinstance(token, Weekday) and not token.many)
        if dated and plain[-2:] in _NOT_BEFORE:
            plain[-2:] = [Link("from")]
        plain.append(token)
    return plain


def _every_weekday(tokens: list[Token]) -> list[Token]:
    """Read "Mon-Fri 9.30-2.30" as any school day at those hours, not as one week."""
    timed = any(isinstance(token, Hours) for token in tokens)
    if not timed or any(isinstance(token, Days) for token in tokens):
        return tokens
    place = next((at for at in range(len(tokens)) if _is_week(tokens[at : at + _RANGE])), None)
    if place is None:
        return tokens
    return [*tokens[:place], Anything(), *tokens[place + _RANGE :]]


def _is_week(tokens: list[Token]) -> bool:
    ends = tokens[:1] + tokens[2:]
    joined = tokens[1:2] in ([Link("to")], [Link("until")])
    return joined and ends == [Weekday(_MONDAY), Weekday(_FRIDAY)]


def _fold_next(rest: list[Token], scene: Scene) -> tuple[list[Token], int]:
    first = rest[0]
    name = first.name if isinstance(first, Link) else ""
    start = 1 if name in ("between", "from") else 0
    ranged = _range(rest[start:], _RANGE_JOINERS.get(name, ("to", "until")), scene)
    if ranged and (start or not name):
        return [ranged], start + 3
    if name == "between":
        return [], 1
    if name in _LEADING and len(rest) > 1:
        return _governed(name, rest, scene)
    return [first], 1


def _range(rest: list[Token], joiners: tuple[str, ...], scene: Scene) -> Token | None:
    if len(rest) < _RANGE or not (isinstance(rest[1], Link) and rest[1].name in joiners):
        return None
    first, last = rest[0], rest[2]
    if isinstance(first, Hours) and isinstance(last, Hours):
        return _hours_between(first, last)
    if isinstance(first, Weekday | Days) and isinstance(last, Weekday | Days):
        return _days_between(as_days(first, scene), last, scene)
    return None


def _hours_between(first: Hours, last: Hours) -> Hours | Puzzle:
    """Choose the halves of the day so that the end comes after the start."""
    end = last.end if last.end - last.start >= _LONG_PART else last.start
    start = first.start
    if first.loose and last.exact and not last.loose:
        start = _start_before(first.start, end)
    if last.loose and end <= start and end + _HALF_DAY <= _FULL_DAY:
        end += _HALF_DAY
    if first.loose and end <= start:
        start -= _HALF_DAY
    if not 0 <= start < end:
        return Puzzle(END_BEFORE_START)
    return Hours(start, end)


def _start_before(start: int, end: int) -> int:
    """Read "3-4pm" as both in the afternoon, and "11-1pm" as from the morning."""
    evening = start % _HALF_DAY + _HALF_DAY
    near = evening < end and end - evening < _LONGEST_MEETING_TIME
    return evening if near else start % _HALF_DAY or _HALF_DAY


def _days_between(first: Days, last: Weekday | Days, _: Scene) -> Days | Puzzle:
    end = coming(last.index, first.first) if isinstance(last, Weekday) else last.last
    if end < first.first:
        return Puzzle(END_BEFORE_START)
    return Days(first.first, end, scope=False)


def _governed(name: str, rest: list[Token], scene: Scene) -> tuple[list[Token], int]:
    target, used = rest[1], 2
    if isinstance(target, Word) and name in _PLACES:
        return [], 1
    if isinstance(target, Word):
        target, used = _past_words(rest)
    if isinstance(target, Hours):
        return [govern_hours(name, target)], used
    if name in _LIMITS and _is_one_day(target, scene) and len(rest) > used:
        hours = rest[used]
        if isinstance(hours, Hours):  # "by tomorrow lunchtime" limits the hours of that day
            return [target, govern_hours(name, hours)], used + 1
    if isinstance(target, Weekday | Days):
        return [govern_days(name, target, scene)], used
    if isinstance(target, Puzzle):
        return [target], used
    return [], 1


def _is_one_day(token: Token, scene: Scene) -> bool:
    if not isinstance(token, Weekday | Days):
        return False
    days = as_days(token, scene)
    return days.first == days.last


def _past_words(rest: list[Token]) -> tuple[Token, int]:
    """Look past "my shift" to a clock time ("after my shift at 3"); else it cannot be known."""
    words = [token.text for token in rest[1:4] if isinstance(token, Word)]
    place = 1 + len(words)
    if place < len(rest) and isinstance(rest[place], Hours) and _is_clock(rest[place]):
        return rest[place], place + 1
    return Puzzle(NO_CLOCK_TIME, event=True), 1 + len(words)


def _is_clock(token: Token) -> bool:
    return isinstance(token, Hours) and token.exact


def _apply_open_ends(tokens: list[Token]) -> list[Token]:
    """Fold "3 onwards" and "10 or earlier", whose operator comes last."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if isinstance(token, Link) and token.name in ("onwards", "backwards"):
            if isinstance(last, Hours):
                out[-1] = govern_hours("from" if token.name == "onwards" else "until", last)
            elif isinstance(last, Days) and token.name == "onwards":
                out[-1] = Days(last.first, last.first + OPEN_END, scope=True, edge="start")
            continue
        out.append(token)
    return out
