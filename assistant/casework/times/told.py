"""Reads every time that a text tells of, be it a wish or a fact."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.times.finder import says_time, without_others
from assistant.casework.times.lexer import tokens_of
from assistant.casework.times.reader import read_tokens
from assistant.casework.times.shapes import LONDON, Link, Scene, Word
from assistant.casework.times.spelling import tidy

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.times.shapes import SchoolDays, TimeReading, Token


def told_times(text: str, now: datetime, calendar: SchoolDays) -> tuple[TimeReading, ...]:
    """Return the readings of all times in ``text``, in the order of the text.

    Words that say nothing of a time part one from the next; what has passed is left out.
    """
    scene = Scene(now.astimezone(LONDON), calendar)
    tokens = tokens_of(tidy(without_others(text)), scene)
    runs = [list(run) for word, run in groupby(tokens, _is_word) if not word]
    readings = [read_tokens(_trimmed(run), scene) for run in runs if any(map(says_time, run))]
    return tuple(one for one in readings if one.windows)


def _is_word(token: Token) -> bool:
    return isinstance(token, Word)


def _trimmed(run: list[Token]) -> list[Token]:
    """Drop the small words at the end, which belong to what follows ("at 9 about …")."""
    while isinstance(run[-1], Link):
        run = run[:-1]
    return run
