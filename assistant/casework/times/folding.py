"""Folds operators into what they govern: "after" and a clock time become hours to 20:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.casework.times.asking import (
    END_BEFORE_START,
    HAS_PASSED,
    NO_CLOCK_TIME,
    TOO_EARLY,
)
from assistant.casework.times.day_rules import OPEN_END, coming
from assistant.casework.times.shapes import (
    DAY_END,
    DAY_START,
    Days,
    Hours,
    Link,
    Puzzle,
    Scene,
    Token,
    Weekday,
    Word,
)

_ONE = timedelta(days=1)
_RANGE = 3
"""Tokens of a range: start, joiner, end."""
_HALF_DAY, _FULL_DAY, _LONGEST_MEETING_TIME = 12 * 60, 24 * 60, 6 * 60
_LEADING = frozenset({"after", "from", "before", "by", "until", "around", "when"})
_LIMITS = frozenset({"before", "by", "until"})
_LONG_PART = 3 * 60
"""Minutes from which a part of the day is taken whole at the end of a range ("to evening")."""
_RANGE_JOINERS = {"between": ("and", "to"), "from": ("to", "until"), "": ("to", "until")}


def fold(tokens: list[Token], scene: Scene) -> list[Token]:
    """Replace operators and ranges by the times they make; joiners and negations stay."""
    folded: list[Token] = []
    rest = [token for token in tokens if token != Link("at")]
    while rest:
        made, used = _fold_next(rest, scene)
        folded += made
        rest = rest[used:]
    return _apply_open_ends(folded)


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
        return _days_between(_as_days(first, scene), last, scene)
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


def _as_days(item: Weekday | Days, scene: Scene) -> Days:
    if isinstance(item, Days):
        return item
    day = coming(item.index, scene.today)
    return Days(day, day)


def _governed(name: str, rest: list[Token], scene: Scene) -> tuple[list[Token], int]:
    target, used = rest[1], 2
    if isinstance(target, Word):
        target, used = _past_words(rest)
    if isinstance(target, Hours):
        return [_govern_hours(name, target)], used
    if name in _LIMITS and _is_one_day(target, scene) and len(rest) > used:
        hours = rest[used]
        if isinstance(hours, Hours):  # "by tomorrow lunchtime" limits the hours of that day
            return [target, _govern_hours(name, hours)], used + 1
    if isinstance(target, Weekday | Days):
        return [_govern_days(name, target, scene)], used
    if isinstance(target, Puzzle):
        return [target], used
    return [], 1


def _is_one_day(token: Token, scene: Scene) -> bool:
    if not isinstance(token, Weekday | Days):
        return False
    days = _as_days(token, scene)
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


def _govern_hours(name: str, hours: Hours) -> Hours | Puzzle:
    late = hours.start if hours.exact else hours.end
    if name in ("after", "from"):
        start = hours.start if name == "from" else late
        return Hours(start, max(DAY_END, start + 30), loose=hours.loose, unsure=hours.unsure)
    if name == "when":
        return hours
    if name == "around":
        if hours.exact:
            return replace(hours, start=hours.start - 30, end=hours.start + 30, bare=False)
        return hours
    end = hours.start if hours.exact or name == "before" else hours.end
    if end <= DAY_START:
        return Puzzle(TOO_EARLY)
    return Hours(DAY_START, end, loose=hours.loose)


def _govern_days(name: str, item: Weekday | Days, scene: Scene) -> Days | Weekday | Puzzle:
    if isinstance(item, Weekday) and (item.many or name == "around"):
        return item
    days = _as_days(item, scene)
    if name in ("around", "when"):
        return days
    if name in ("after", "from"):
        start = days.first if name == "from" else days.last + _ONE
        return Days(start, start + OPEN_END, unsure=days.unsure)
    end = days.first - _ONE if name == "before" else days.last
    if end < scene.today:
        return Puzzle(HAS_PASSED)
    return Days(scene.today, end, unsure=days.unsure)


def _apply_open_ends(tokens: list[Token]) -> list[Token]:
    """Fold "3 onwards" and "10 or earlier", whose operator comes last."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if isinstance(token, Link) and token.name in ("onwards", "backwards"):
            if isinstance(last, Hours):
                out[-1] = _govern_hours("from" if token.name == "onwards" else "until", last)
            elif isinstance(last, Days) and token.name == "onwards":
                out[-1] = Days(last.first, last.first + OPEN_END)
            continue
        out.append(token)
    return out
