"""Reads folded tokens as days and hours, and makes the windows they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile

from assistant.casework.times.asking import HAS_PASSED, NO_TIME, NOTHING_LEFT
from assistant.casework.times.folding import fold
from assistant.casework.times.grouping import Group, groups_of, segments_of
from assistant.casework.times.lexer import tokens_of
from assistant.casework.times.reasons import JOINERS, pieces_of, without_reasons
from assistant.casework.times.references import resolved
from assistant.casework.times.shapes import (
    LONDON,
    WHOLE_DAY,
    Anything,
    Days,
    Hours,
    Instant,
    Kind,
    Link,
    Muddle,
    Puzzle,
    Scene,
    SchoolDays,
    Segment,
    TimeReading,
    Token,
    Weekday,
    Window,
)
from assistant.casework.times.spelling import tidy
from assistant.casework.times.windows import windows_of, without

_MEETING = 30
"""Minutes that an exact time stands for."""


@dataclass
class _Said:
    """What was said, the wished for apart from the ruled out."""

    wanted: list[Token] = field(default_factory=list)
    ruled_out: list[Token] = field(default_factory=list)
    anything: bool = False


def read_time(phrase: str, now: datetime, calendar: SchoolDays) -> TimeReading:
    """Read a phrase that is meant as a time. Never raises; never guesses.

    ``now`` is an aware instant. The conventions (Europe/London): a whole day is 08:00-20:00,
    no date means the next ten school days, an open end runs 14 days.
    """
    scene = Scene(now.astimezone(LONDON), calendar)
    return read_tokens(tokens_of(tidy(phrase), scene), scene)


def read_tokens(tokens: list[Token], scene: Scene) -> TimeReading:
    """Read tokens that are all meant as one answer."""
    folded = fold(resolved(without_reasons(tokens), scene), scene)
    puzzle = next((token for token in folded if isinstance(token, Puzzle)), None)
    if puzzle:
        return nothing(puzzle.why)
    instants = [token for token in folded if isinstance(token, Instant)]
    if instants:
        at = instants[0].at
        return TimeReading(
            (Window(at, at + timedelta(minutes=30)),), "exact", ambiguous=False, why=""
        )
    said = _divide(folded)
    try:
        return _answer(said, groups_of(segments_of(said.wanted), scene), scene)
    except Muddle as muddle:
        return nothing(str(muddle))


def nothing(why: str) -> TimeReading:
    """Make the reading that asks again, with what to ask about."""
    return TimeReading((), "none", ambiguous=False, why=why)


def _divide(tokens: list[Token]) -> _Said:
    """Part what is wished from what is ruled out ("any day but Wednesday", "Mondays are out")."""
    said, negative, nothing_in = _Said(), False, False
    for place, token in enumerate(tokens):
        if isinstance(token, Link):
            negative = _negation(token, tokens[place + 1 :], said, negative=negative)
            nothing_in = token.name == "nothing" and _says_hours(tokens[place + 1 :])
        if isinstance(token, Anything) or (token == WHOLE_DAY and not _of_one_day(tokens, place)):
            said.anything = True
            continue
        spared = nothing_in and isinstance(token, Weekday | Days)
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


def _negation(link: Link, ahead: list[Token], said: _Said, *, negative: bool) -> bool:
    if link.name in ("not", "nothing"):
        return True
    if link.name == "only":
        return False
    if link.name == "bad":
        _rule_out_last(said)
        return False
    if link.name in ("but", "so"):
        return link.name == "but" and said.anything and not negative
    if link.name == "comma" and negative:
        return not (_promised(ahead) or _corrected(ahead) or _turned(said.ruled_out, ahead))
    return negative


def _says_hours(ahead: list[Token]) -> bool:
    """Tell "nothing after 2 on Friday", which leaves Friday before 2, from "nothing on Friday"."""
    near = takewhile(lambda token: not isinstance(token, Link), ahead)
    return any(isinstance(token, Hours) for token in near)


def _corrected(ahead: list[Token]) -> bool:
    """Tell "not Thursday, Friday": one day follows, and nothing more."""
    days = [token for token in ahead if isinstance(token, Weekday | Days)]
    single = len(days) == 1 and not (isinstance(days[0], Weekday) and days[0].many)
    return single and not any(isinstance(token, Link) for token in ahead)


def _promised(ahead: list[Token]) -> bool:
    for token in ahead:
        if isinstance(token, Link) and token.name in ("comma", "but", "not"):
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


def _rule_out_last(said: _Said) -> None:
    """Move the segment that was just called "no good" to what is ruled out."""
    while said.wanted:
        token = said.wanted[-1]
        if isinstance(token, Link) and token.name in ("comma", "but"):
            return
        said.ruled_out.append(said.wanted.pop())


def _answer(said: _Said, groups: list[Group], scene: Scene) -> TimeReading:
    banned = segments_of(said.ruled_out)
    banned = [one for one in banned if one.days or one.hours]
    if said.anything and not groups:
        groups = _scopes_of(banned)
    if not groups and not said.anything and not banned:
        return nothing(NO_TIME)
    found = windows_of(groups or [Group()], scene)
    for one in banned:
        found = without(found, one, scene)
    kept = _clip(found, scene.now)
    if not kept:
        return nothing(HAS_PASSED if not banned else NOTHING_LEFT)
    unsure = any(group.unsure for group in groups)
    return TimeReading(kept, _kind(groups, negative=bool(banned)), ambiguous=unsure, why="")


def _scopes_of(banned: list[Segment]) -> list[Group]:
    """Take the week of "any day bar Tuesday next week" for every day, not for Tuesday only."""
    spans = [day for one in banned for day in one.days if isinstance(day, Days) and day.scope]
    named = any(isinstance(day, Weekday) for one in banned for day in one.days)
    if not (named and spans):
        return []
    return [Group(spans[:1])]


def _kind(groups: list[Group], *, negative: bool) -> Kind:
    if negative:
        return "negative"
    if not groups or any(group.recurring for group in groups):
        return "recurring"
    hours: list[Hours] = [one for group in groups for one in group.hours]
    if hours and all(one.exact and one.end - one.start == _MEETING for one in hours):
        return "exact"
    return "window"


def _clip(windows: list[Window], now: datetime) -> tuple[Window, ...]:
    """Drop what has passed, begin no earlier than now, and join windows that overlap."""
    ahead = sorted(Window(max(one.start, now), one.end) for one in windows if one.end > now)
    joined: list[Window] = []
    for one in ahead:
        if joined and one.start < joined[-1].end:
            joined[-1] = Window(joined[-1].start, max(one.end, joined[-1].end))
        else:
            joined.append(one)
    return tuple(one for one in joined if one.start.timestamp() < one.end.timestamp())
