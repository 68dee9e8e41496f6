"""Leaves out the reasons that parents give beside a wish: "off sick this week so Thursday"."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.casework.times.shapes import (
    WHOLE_DAY,
    Days,
    Hours,
    Link,
    Puzzle,
    Token,
    Weekday,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_STOPS = frozenset({"comma", "but", "so"})
JOINERS = _STOPS | {"or", "and"}
_NEGATIVE = frozenset({"not", "nothing", "bad"})
_EVENT_LINKS = frozenset({"after", "before", "when"})
_LIMITS = frozenset({"after", "before", "from", "until", "by", "between", "to"})


def without_reasons(tokens: list[Token]) -> list[Token]:
    """Keep what is wished; a reason stands before "so", after "because", or behind a clock time."""
    return _without_events(_without_reason_before(_without_reason_after(tokens)))


def _without_reason_before(tokens: list[Token]) -> list[Token]:
    """Drop what goes before "so"; its days hold where only hours are wished for."""
    if Link("so") not in tokens:
        return tokens
    place = tokens.index(Link("so"))
    reason, wish = tokens[:place], _without_reason_before(tokens[place + 1 :])
    if _wishes(wish, Weekday, Days):
        return wish
    if not _wishes(wish, Hours) or _is_negative(reason):
        return [*reason, Link("so"), *wish]
    return [*_days_of(reason), *wish]


def _wishes(tokens: list[Token], *kinds: type) -> bool:
    """Tell whether some piece between commas says such a time and rules nothing out."""
    pieces = [piece for piece in pieces_of(tokens, _STOPS) if not _is_negative(piece)]
    wished = [token for piece in pieces for token in piece if token != WHOLE_DAY]
    return any(isinstance(token, kinds) for token in wished)


def _is_negative(tokens: Iterable[Token]) -> bool:
    return any(isinstance(token, Link) and token.name in _NEGATIVE for token in tokens)


def pieces_of(tokens: list[Token], stops: frozenset[str]) -> list[list[Token]]:
    """Cut before every joiner of those names, which begins the next piece."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if isinstance(token, Link) and token.name in stops:
            pieces.append([])
        pieces[-1].append(token)
    return pieces


def _days_of(reason: list[Token]) -> list[Token]:
    """Keep the days of a reason with the small words right before them."""
    kept: list[Token] = []
    for token, ahead in zip_longest(reason, reason[1:]):
        leads = isinstance(token, Link) and isinstance(ahead, Weekday | Days | Link)
        if isinstance(token, Weekday | Days) or leads:
            kept.append(token)
    return kept


def _without_reason_after(tokens: list[Token]) -> list[Token]:
    """Drop what follows "because" to the next comma, if a time is said outside of it."""
    if Link("because") not in tokens:
        return tokens
    start = tokens.index(Link("because"))
    end = start + len(pieces_of(tokens[start:], _STOPS)[0])
    outside = [*tokens[:start], *tokens[end:]]
    if any(isinstance(token, Weekday | Days | Hours) for token in outside):
        return _without_reason_after(outside)
    return [token for token in tokens if token != Link("because")]


def _without_events(tokens: list[Token]) -> list[Token]:
    """Drop an event at an unknown hour behind a clock time: "8.45 before I go to work"."""
    return [token for piece in pieces_of(tokens, JOINERS) for token in _without_event(piece)]


def _without_event(piece: list[Token]) -> list[Token]:
    clock = next((place for place, one in enumerate(piece) if _is_clock(one)), None)
    if clock is None:
        return piece
    limited = any(isinstance(one, Link) and one.name in _LIMITS for one in piece[:clock])
    for place in range(clock + 1, len(piece)):
        if _is_event(piece[place:], limited=limited):
            return [*piece[:place], *_times_after(piece[place:])]
    return piece


def _is_clock(token: Token) -> bool:
    return isinstance(token, Hours) and token.exact


def _is_event(tokens: list[Token], *, limited: bool) -> bool:
    """Tell "when I finish", or beside a clock time without limits also "after assembly"."""
    first, second = tokens[0], (*tokens, None)[1]
    if isinstance(first, Puzzle):
        return first.event and not limited
    if not (isinstance(first, Link) and first.name in _EVENT_LINKS):
        return False
    return isinstance(second, Word) and (first.name == "when" or not limited)


def _times_after(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if isinstance(token, Weekday | Days)]
