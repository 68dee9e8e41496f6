"""Leaves out the reasons that parents give beside a wish: "off sick this week so Thursday"."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.casework.times.shapes import (
    WHOLE_DAY,
    Anything,
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
JOINERS = _STOPS | {"or", "and", "likewise"}
_NEGATIVE = frozenset({"not", "nothing", "bad"})
_EVENT_LINKS = frozenset({"after", "before", "when"})
_UPPER = (Link("before"), Link("by"), Link("until"))
_LIMITS = frozenset({"after", "before", "from", "until", "by", "between", "to"})
_LIMIT_LINKS = tuple(Link(name) for name in sorted(_LIMITS))


def without_reasons(tokens: list[Token]) -> list[Token]:
    """Keep what is wished; a reason stands before "so", after "because", or behind a clock time."""
    said = _without_reason_before(_without_reason_after(tokens))
    return _without_events(_without_events_beside(_without_freed(said)))


def _without_reason_before(tokens: list[Token]) -> list[Token]:
    """Drop what goes before "so"; its days hold where only hours are wished for."""
    if Link("so") not in tokens:
        return tokens
    place = tokens.index(Link("so"))
    reason, wish = tokens[:place], _without_reason_before(tokens[place + 1 :])
    if _wishes(wish, Weekday, Days) or (_wishes(wish, Anything) and not _says_days(reason)):
        return wish
    if not _wishes(wish, Hours) or _is_negative(reason):
        return [*reason, Link("so"), *wish]
    return [*_days_of(reason), *_good_hours(reason), *wish]


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


def _good_hours(reason: list[Token]) -> list[Token]:
    """Keep the part of the day that was called best: "mornings are best, so 9.45 onwards"."""
    good = [piece for piece in pieces_of(reason, _STOPS) if Link("good") in piece]
    hours = [token for piece in good for token in piece if isinstance(token, Hours)]
    parts = [one for one in hours if not one.exact]
    return [parts[0], Link("comma")] if parts and not _is_negative(reason) else []


def _without_freed(tokens: list[Token]) -> list[Token]:
    """Drop when a parent comes free where a clock time follows: "I finish at 2, so half past"."""
    if Link("freed") not in tokens:
        return tokens
    place = tokens.index(Link("freed"))
    rest = _without_freed(tokens[place + 2 :])
    dated = _says_days(pieces_of(tokens[:place], JOINERS)[-1])
    if _is_overtaken(rest, dated=dated):
        return [*tokens[:place], *rest]
    return [*tokens[: place + 2], *_freed_on_others(rest)]


def _freed_on_others(rest: list[Token]) -> list[Token]:
    """Read "I finish at 2 on Tuesdays and 4 on Thursdays" as from 4 on Thursdays."""
    own, *later = pieces_of(rest, JOINERS)
    if not _says_days(own):
        return rest
    told = [[*piece[:1], Link("freed"), *piece[1:]] if _is_clock_of_days(piece) else piece
            for piece in later]  # fmt: skip
    return [*own, *(token for piece in told for token in piece)]


def _is_clock_of_days(piece: list[Token]) -> bool:
    said = [token for token in piece[1:] if token != Link("at")]
    return piece[:1] == [Link("and")] and bool(said) and _is_clock(said[0]) and _says_days(said)


def _is_overtaken(rest: list[Token], *, dated: bool) -> bool:
    """Tell whether a clock time follows that is no limit, and not of another day."""
    own, *later = pieces_of(rest, JOINERS)
    dated |= _says_days(own)
    pieces = [piece for piece in later if Link("or") not in piece[:1]]
    return any(_has_clock(piece) and not (dated and _says_days(piece)) for piece in [own, *pieces])


def _says_days(tokens: list[Token]) -> bool:
    return any(isinstance(token, Weekday | Days) for token in tokens)


def _has_clock(tokens: list[Token]) -> bool:
    pairs = zip([Link(""), *tokens], tokens, strict=False)
    return any(_is_clock(token) and before not in _UPPER for before, token in pairs)


def _without_events_beside(tokens: list[Token]) -> list[Token]:
    """Drop an event at an unknown hour that a comma parts from a clock time: "after club, 5.15"."""
    pieces = pieces_of(tokens, _STOPS)
    clock = next((at for at, piece in enumerate(pieces) if _has_clock(piece)), len(pieces))
    clear = clock < len(pieces) and not any(link in pieces[clock] for link in _LIMIT_LINKS)
    clock = 0 if clock == len(pieces) else clock
    kept = [_days_in(piece) if (at < clock or (clear and at > clock)) and _tells_event(piece)
            else piece for at, piece in enumerate(pieces)]  # fmt: skip
    return [token for piece in kept for token in piece]


def _days_in(piece: list[Token]) -> list[Token]:
    joiner = [one for one in piece[:1] if isinstance(one, Link) and one.name in _STOPS]
    return [*joiner, *_times_after(piece)]


def _tells_event(piece: list[Token]) -> bool:
    if Link("or") in piece or any(isinstance(token, Hours) for token in piece):
        return False
    return any(_is_event(piece[at:], limited=False) for at in range(len(piece)))


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
