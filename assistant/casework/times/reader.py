"""Reads folded tokens as days and hours, and makes the windows they mean."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.casework.times.asking import HAS_PASSED, NO_TIME, NOTHING_LEFT
from assistant.casework.times.dividing import Said, divide
from assistant.casework.times.folding import fold
from assistant.casework.times.grouping import Group, groups_of, segments_of
from assistant.casework.times.lexer import LONGEST, tokens_of
from assistant.casework.times.reasons import without_reasons
from assistant.casework.times.references import resolved
from assistant.casework.times.refusing import refuses
from assistant.casework.times.shapes import (
    LONDON,
    Days,
    Hours,
    Instant,
    Kind,
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
from assistant.casework.times.talk import without_talk
from assistant.casework.times.telling import without_told
from assistant.casework.times.windows import windows_of, without

_MEETING = 30
"""Minutes that an exact time stands for."""


def read_time(phrase: str, now: datetime, calendar: SchoolDays) -> TimeReading:
    """Read a phrase that is meant as a time. Never raises; never guesses.

    ``now`` is an aware instant. The conventions (Europe/London): a whole day is 08:00-20:00,
    no date means the next ten school days, an open end runs 14 days.
    """
    scene = Scene(now.astimezone(LONDON), calendar)
    tidied = tidy(phrase[: 2 * LONGEST])
    return nothing(NO_TIME) if refuses(tidied) else read_tokens(_wish_of(tidied, scene), scene)


def _wish_of(text: str, scene: Scene) -> list[Token]:
    """Cut the text into tokens, without what is only told if a time is left then."""
    wish = without_told(without_talk(text[:LONGEST]), scene)
    tokens = tokens_of(wish, scene)
    if wish != text and not any(isinstance(token, Hours | Weekday | Days) for token in tokens):
        return tokens_of(text, scene)
    return tokens


def read_tokens(tokens: list[Token], scene: Scene) -> TimeReading:
    """Read tokens that are all meant as one answer."""
    folded = fold(without_reasons(resolved(tokens, scene)), scene)
    puzzle = next((token for token in folded if isinstance(token, Puzzle)), None)
    if puzzle:
        return nothing(puzzle.why)
    instants = [token for token in folded if isinstance(token, Instant)]
    if instants:
        at = instants[0].at
        return TimeReading(
            (Window(at, at + timedelta(minutes=30)),), "exact", ambiguous=False, why=""
        )
    said = divide(folded)
    try:
        return _answer(said, groups_of(segments_of(said.wanted), scene), scene)
    except Muddle as muddle:
        return nothing(str(muddle))


def nothing(why: str) -> TimeReading:
    """Make the reading that asks again, with what to ask about."""
    return TimeReading((), "none", ambiguous=False, why=why)


def _answer(said: Said, groups: list[Group], scene: Scene) -> TimeReading:
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
