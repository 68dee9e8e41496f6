"""Tells an answer that refuses to meet at all from one that rules out a day or an hour."""

from __future__ import annotations

import re

_NOT = (
    r"(?:\b(?:do not|don'?t|does not|doesn'?t|did not|didn'?t|will not|won'?t|would not|wouldn'?t|"
    r"shan'?t|(?:would |'d )?rather not|not|never|refuse to|no longer)"
    r"(?: (?:want|wish|need|like|be|going|intend|care|ever|to|having|have|go(?= to)))*)"
)
_MEET = (
    r"(?:meet(?:ing)?(?: (?:up|with))?"
    r"(?: (?:you|anyone|anybody|them|him|her|any of you|(?:that|this|the) \w+))?|"
    r"com(?:e|ing) (?:in|up|down|over|near|back)(?: to (?:that|the|your) \w+)?|"
    r"(?:a|any|any more|your|another|this) meetings?|meetings)"
)
_WHOLLY = (
    r"(?=\s*(?:$|[,.;!]|thanks?\b|ta\b|and\b|full stop|again\b|ever\b|"
    r"[^,.;!]*\b(?:at all|ever|again|or any(?: other)? (?:day|time)|or next)\b))"
)
_SOMEONE_AT_ALL = (
    rf"{_NOT} (?:meet(?:ing)?|see(?:ing)?|talk(?:ing)? to) (?:anyone|anybody|any of you)\b"
)
_REFUSES = re.compile(
    rf"{_NOT} {_MEET}{_WHOLLY}|{_SOMEONE_AT_ALL}"
    r"|\bleave (?:me|us) (?:alone|be)\b|\bnot interested\b"
    r"|\b(?:stop|quit) (?:asking|pestering|hassling|bothering|messaging) (?:me|us)\b"
)
_TURNS = re.compile(
    r"\b(?:but|unless|except|instead|rather than|until|before|after|can (?:do|make|come|you|i|we)|"
    r"could|fine|suits?|how about|what about|only|better|half|quarter|at noon|o'clock)\b|\d"
)
"""What offers something all the same, so that the whole is read as a time."""


def refuses(tidied: str) -> bool:
    """Say whether a tidy answer refuses any meeting and offers no time beside it."""
    found = _REFUSES.search(tidied)
    return bool(found) and not _TURNS.search(tidied)
