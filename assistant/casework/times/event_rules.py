"""Rules for the day of an event, which nobody can know from its name: "the evening of the play"."""

from __future__ import annotations

import re

from assistant.casework.times.asking import NO_CLOCK_TIME
from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.marks import OTHER_EVENT
from assistant.casework.times.shapes import Puzzle, Scene, Token, Word
from assistant.casework.times.spelling import MONTHS
from assistant.casework.times.spellings import WEEKDAYS

_NEAR = 40
"""Letters before and after an event in which its day would be said."""
_EVENT = (
    rf"(?:{OTHER_EVENT.pattern}|(?:carols|do|fayre|fete|bake sale|prom|recital|gala|service|social|"
    r"christening|quiz|quiz night|wedding|funeral|induction|workshop|panto|pantomime)\b)"
)
_WHOSE = r"(?:the |his |her |our |their |your |my |a )?"
_NAMED = rf"{_WHOSE}(?:(?!and |or |but |at |on |after |before )[\w']+ ){{0,2}}?{_EVENT}"
_EVENING = (r"(?:(?:parents?'?s?|open|welcome|curriculum|options|information|prize|awards?|school) "
            r"evenings?|the evening (?:do|event|meeting|performance))")  # fmt: skip
_DATED = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}|tomorrow|today|tonight|week)s?\b|\d"
)


def _is_dated(found: Found) -> bool:
    """Tell whether a day or a clock time is said beside the event."""
    start, end = max(found.start() - _NEAR, 0), found.end() + _NEAR
    return bool(_DATED.search(found.string, start, end))


def _unknown_unless_dated(found: Found, _: Scene) -> list[Token] | None:
    return None if _is_dated(found) else [Puzzle(NO_CLOCK_TIME, event=True)]


def _no_time_unless_dated(found: Found, _: Scene) -> list[Token] | None:
    return None if _is_dated(found) else [Word(found.group())]


EVENT_RULES: tuple[Rule, ...] = (
    rule(rf"{_WHOSE}{_EVENING}", _no_time_unless_dated),
    rule(
        r"(?:on )?(?:the )?(?:same )?(?:morning|afternoon|evening|night) "
        rf"(?:of|as|they (?:do|have|hold|put on)|we have|with|it is|it's) {_NAMED}",
        _unknown_unless_dated,
    ),
)
