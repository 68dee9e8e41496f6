"""Parts what is wished from what is ruled out: "any day but Wednesday", "Mondays are out"."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from assistant.casework.times.reasons import JOINERS, pieces_of
from assistant.casework.times.shapes import (
    WHOLE_DAY,
    Anything,
    Days,
    Hours,
    Link,
    Token,
    Weekday,
)

_VERDICTS = {"not": True, "nothing": True, "only": False, "bad": False}
_NEGATIONS = frozenset({"not", "nothing"})
_GOING_ON = (Link("or"), Link("and"), Link("likewise"))
_ALTERNATIVES = (Link("or"), Link("and"), Link("but"), Link("likewise"))


@dataclass
class Said:
    """What was said, the wished for apart from the ruled out."""

    wanted: list[Token] = field(default_factory=list)
    ruled_out: list[Token] = field(default_factory=list)
    anything: bool = False


def divide(tokens: list[Token]) -> Said:
    """Part what is wished from what is ruled out ("any day but Wednesday", "Mondays are out")."""
    said, negative, nothing_in = Said(), False, False
    for place, token in enumerate(tokens):
        if isinstance(token, Link):
            negative = _negation(token, tokens[place + 1 :], said, negative=negative)
            if token.name in _NEGATIONS:  # "except Wednesdays, not before 10" rules out two things
                said.ruled_out.append(Link("comma"))
            nothing_in = _says_in(token, tokens[place + 1 :], going_on=nothing_in)
        if isinstance(token, Anything) or (token == WHOLE_DAY and not _of_one_day(tokens, place)):
            said.anything = True
            continue
        spared = nothing_in and (isinstance(token, Weekday | Days) or token in _GOING_ON)
        (said.ruled_out if negative and not spared else said.wanted).append(token)
    return said


def _of_one_day(tokens: list[Token], place: int) -> bool:
    """Tell "all day Thursday or Friday morning": one day is whole, another has its own hours."""
    pieces = [_kinds(piece) for piece in pieces_of(tokens, JOINERS)]
    own = len(pieces_of(tokens[:place], JOINERS)) - 1
    days, _ = pieces[own]
    hours = [one for one in pieces_of(tokens, JOINERS)[own] if isinstance(one, Hours)]
    return (
        days
        and len(hours) == 1
        and any(both == (True, True) for at, both in enumerate(pieces) if at != own)
    )


def _negation(link: Link, ahead: list[Token], said: Said, *, negative: bool) -> bool:
    """Tell whether what follows a small word is ruled out."""
    if link.name == "bad":
        _rule_out_last(said)
    if link.name in _VERDICTS:
        return _VERDICTS[link.name]
    if link.name == "likewise":
        return bool(said.ruled_out) and not any(_kinds(said.wanted))
    if link.name == "but":
        return said.anything and not negative
    return negative and not _ends(link.name, ahead, said)


def _ends(name: str, ahead: list[Token], said: Said) -> bool:
    """Tell whether a joiner or a full stop ends what is ruled out."""
    if name == "stop":
        return not _goes_on(ahead)
    turns = _promised(ahead) or _corrected(ahead) or _turned(said.ruled_out, ahead)
    return name == "so" or (name == "comma" and turns)


def _says_in(link: Link, ahead: list[Token], *, going_on: bool) -> bool:
    """Tell "nothing before 10 on Thursday or Friday", which leaves both days after 10."""
    if link in _GOING_ON:
        return going_on and isinstance((*ahead, link)[0], Weekday | Days)
    return link.name == "nothing" and _says_hours(ahead)


def _says_hours(ahead: list[Token]) -> bool:
    """Tell "nothing after 2 on Friday", which leaves Friday before 2, from "nothing on Friday"."""
    near = takewhile(lambda token: not isinstance(token, Link), ahead)
    return any(isinstance(token, Hours) for token in near)


def _corrected(ahead: list[Token]) -> bool:
    """Tell "not Thursday, Friday at 9": one day follows, with its hours and nothing more."""
    piece = pieces_of(ahead, frozenset({"stop"}))[0]
    days = [token for token in piece if isinstance(token, Weekday | Days)]
    single = len(days) == 1 and not (isinstance(days[0], Weekday) and days[0].many)
    return single and not any(token in _ALTERNATIVES for token in piece)


def _goes_on(ahead: list[Token]) -> bool:
    """Tell "not Monday. Or Tuesday.", where a new sentence goes on ruling out."""
    return next((token for token in ahead if token != Link("comma")), None) in _GOING_ON


def _promised(ahead: list[Token]) -> bool:
    for token in ahead:
        if isinstance(token, Link) and token.name in ("comma", "stop", "but", "not"):
            return False
        if isinstance(token, Anything) or token == Link("good"):
            return True
    return False


def _turned(ruled_out: list[Token], ahead: list[Token]) -> bool:
    """Tell "not Mondays or Tuesdays, after 5": days are ruled out, then hours are wished for."""
    stop = (Link("comma"), Link("but"))
    piece = list(takewhile(lambda token: token not in stop, ahead))
    days_gone, hours_gone = _kinds(ruled_out)
    days_ahead, hours_ahead = _kinds(piece)
    closed = Link("or") in ruled_out or Link("and") in ruled_out or Link("or") not in piece
    return days_gone and not hours_gone and hours_ahead and not days_ahead and closed


def _kinds(tokens: list[Token]) -> tuple[bool, bool]:
    """Say whether there are days, and whether there are hours."""
    days = any(isinstance(token, Weekday | Days) for token in tokens)
    return days, any(isinstance(token, Hours) for token in tokens)


def _rule_out_last(said: Said) -> None:
    """Move the segment that was just called "no good" to what is ruled out."""
    while said.wanted:
        token = said.wanted[-1]
        if isinstance(token, Link) and token.name in ("comma", "but"):
            return
        said.ruled_out.append(said.wanted.pop())
