"""Leaves out clauses that tell what keeps a parent away, where another clause offers a time.

"I do tea calls from 4 and mornings till 10, but Wednesday between 11 and 1 I've nothing on": only
the Wednesday is wished for. It works on tidy text, before it is cut into tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.casework.times.clauses import Clause, clauses_of
from assistant.casework.times.lexer import tokens_of
from assistant.casework.times.shapes import Anything, Days, Hours, Scene, Weekday

_UNTIL = re.compile(r"\b(?:until|up to)\b")
_OR = re.compile(r"^or\b")
_OTHERS = re.compile(r"\b(?:(?:any|the|some) other|another day|any ?where else|anything else)\b")
_EVERY_OTHER = re.compile(
    r"\b(?:(?:any|every)(?! ?time)|rest|else|other (?:days?|times?)|others|another)\b"
)


@dataclass(frozen=True)
class _Said:
    """A clause with the kinds of time it says."""

    clause: Clause
    days: bool
    hours: bool

    @property
    def timely(self) -> bool:
        return self.days or self.hours


def without_told(text: str, scene: Scene) -> str:
    """Leave out what is only told; nothing is left out where the offer leans on it."""
    said = [_kinds_of(clause, scene) for clause in clauses_of(text)]
    if any(_OTHERS.search(one.clause.text) for one in said if not one.clause.tells):
        return "".join(_ruled_out(one) for one in said)
    if not any(one.clause.tells for one in said) or any(_leans(one) for one in said):
        return text
    offers = _offers_in(said)
    told = _told_in(said, offers) if offers else []
    return "".join(_kept(one, told=at in told) for at, one in enumerate(said))


def _ruled_out(said: _Said) -> str:
    """Rule out the days of "Tuesdays she has chemo, any other day"."""
    days = " or ".join(said.clause.day_names)
    if not days or said.clause.limits or not said.clause.tells:
        return said.clause.lead + said.clause.text
    return f"{said.clause.lead}not {days}"


def _kinds_of(clause: Clause, scene: Scene) -> _Said:
    tokens = tokens_of(clause.text, scene)
    days = any(isinstance(token, Weekday | Days | Anything) for token in tokens)
    return _Said(clause, days, any(isinstance(token, Hours) for token in tokens))


def _leans(said: _Said) -> bool:
    """Tell what needs the whole: a back reference, an alternative, "any other day"."""
    if said.clause.tells:
        return False
    text = said.clause.text
    return said.clause.refers or bool(_OR.search(text) or _EVERY_OTHER.search(text))


def _offers_in(said: list[_Said]) -> list[int]:
    """Find the clauses that offer a time in so many words; else a day with its hours alone."""
    spoken = [at for at, one in enumerate(said) if one.timely and one.clause.offers]
    bare = [at for at, one in enumerate(said) if one.days and one.hours and not one.clause.tells]
    return spoken or bare


def _told_in(said: list[_Said], offers: list[int]) -> list[int]:
    """Find what is told, with the bare times that go on with it before the offer begins."""
    told: list[int] = []
    for at, one in enumerate(said):
        goes_on = at - 1 in told and at < offers[0] and one.timely and one.clause.goes_on
        if at not in offers and (goes_on or _is_told(one, at, said, offers)):
            told.append(at)
    return told


def _is_told(one: _Said, at: int, said: list[_Said], offers: list[int]) -> bool:
    """Tell a clause that adds nothing to the offers: they have their own days or hours."""
    if not one.clause.tells:
        return False
    turned = any(said[offer].clause.turns for offer in offers if offer > at)
    days = any(said[offer].days for offer in offers)
    hours = any(said[offer].hours for offer in offers)
    if one.clause.limits:
        return turned and days and hours
    if not one.timely and _UNTIL.search(one.clause.text):
        return days or hours
    return days if one.days else hours or turned


def _kept(said: _Said, *, told: bool) -> str:
    """Keep a full stop or a comma where a clause is left out, so that its neighbours stay apart."""
    if not told:
        return said.clause.lead + said.clause.text
    return " , " if said.clause.lead.strip().isalpha() else said.clause.lead
