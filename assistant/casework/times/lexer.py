"""Cuts a tidy phrase into tokens: times, small words, and words that say nothing about time."""

from __future__ import annotations

import re

from assistant.casework.times.clock_rules import CLOCK_RULES, Rule
from assistant.casework.times.date_rules import DATE_RULES, DAY_NUMBER_RULES
from assistant.casework.times.day_rules import DAY_RULES
from assistant.casework.times.event_rules import EVENT_RULES
from assistant.casework.times.feasts import FEAST_RULES
from assistant.casework.times.fillers import FILLER_RULES
from assistant.casework.times.forbidding import FORBIDDING_RULES
from assistant.casework.times.going_back import GOING_BACK_RULES
from assistant.casework.times.moment_rules import MOMENT_RULES
from assistant.casework.times.part_rules import PART_RULES, UNKNOWN_RULES
from assistant.casework.times.putting_off import PUTTING_OFF_RULES
from assistant.casework.times.reference_rules import REFERENCE_RULES
from assistant.casework.times.shapes import Scene, Token, Word
from assistant.casework.times.small_words import LINK_RULES
from assistant.casework.times.term_rules import TERM_RULES
from assistant.casework.times.week_rules import WEEK_RULES

RULES: tuple[Rule, ...] = (
    *FORBIDDING_RULES,
    *PUTTING_OFF_RULES,
    *EVENT_RULES,
    *UNKNOWN_RULES,
    *REFERENCE_RULES,
    *FEAST_RULES,
    *GOING_BACK_RULES,
    *TERM_RULES,
    *DATE_RULES,
    *WEEK_RULES,
    *MOMENT_RULES,
    *DAY_RULES,
    *PART_RULES,
    *CLOCK_RULES,
    *DAY_NUMBER_RULES,
    *LINK_RULES,
    *FILLER_RULES,
)
"""Tried in this order at the start of every word; the first that fits wins."""

_WORD = re.compile(r"[^\s,;.!?/]+|\S")
LONGEST = 600
"""Characters of a phrase that are read; a time is never said that late."""


def tokens_of(phrase: str, scene: Scene) -> list[Token]:
    """Cut a tidied phrase into tokens; fillers vanish, unknown words stay as ``Word``."""
    text, place = phrase[:LONGEST], 0
    tokens: list[Token] = []
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        made, place = _next(text, place, scene)
        tokens += made
    return tokens


def _next(text: str, place: int, scene: Scene) -> tuple[list[Token], int]:
    for pattern, build in RULES:
        found = pattern.match(text, place)
        if found and found.end() > place:
            made = build(found, scene)
            if made is not None:
                return made, found.end()
    word = _WORD.match(text, place)
    end = word.end() if word else place + 1
    return [Word(text[place:end])], end
