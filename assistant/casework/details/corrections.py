"""What a parent puts right: "no, year 5 not 4", "it's spelt Caitlin", "wrong number, it's …"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.casework.details.shapes import Correction, Details

_ANSWERING = re.compile(
    r"^\s*(?:no|nope|nah|sorry|oops|wait|actually|hang on|correction|wrong|ah|typo|"
    r"oh(?!\s+(?:double|treble|triple|oh|one|two|three|four|five|six|seven|eight|nine)\b)|"
    r"my mistake|i meant|meant)\b"
    r"|\bactually\b|(?<!rather )(?<!prefer )\bnot\s+[\w'’\-]+[\s.!]*$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:i\s+meant|meant\s+to\s+(?:say|put|type)|should\s+(?:be|end|say|read|"
    r"have\s+been)|spel(?:t|led|ling)|typo|wrong\s+(?:number|name|year|class|email|"
    r"one)|new\s+one\s+is|old\s+(?:number|email)|by\s+mistake|correction|"
    r"not\s+(?:year|yr|y)?\s?\d|instead\s+of"
    r"|change\s+(?:my|the|her|his)\s+(?:number|name|year|class|email|phone)|"
    r"(?:different|new|other|another)\s+(?:number|email|phone|mobile)|i\s+(?:put|"
    r"typed|gave|said|wrote)\s+(?:you\s+)?(?:the|it|my|her|his|wrong)|"
    r"isn'?t\s+(?:right|spelt))\b"
    r"|\bnot\s+\d{1,2}[A-Za-z]|\b(?:is|was)\s+(?:wrong|misspel\w+|not\s+right)\b|"
    r"\b(?:it'?s|her|his|their)\s+\S+(?:\s+\S+)?\s+not\s+\S+\s*$"
    r"|\b(?:no|sorry|actually)\b,?\s+(?:he|she|it)'?s\s+(?:in\s+)?(?:year|yr|y)\s?\d",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|instead\s+of|rather\s+than|isn'?t|wasn'?t)\s+(?:in\s+)?(?:(?:year|yr|"
    r"y)\s?)?(?:\d{1,2}[A-Za-z]{0,4}\d?|[\w'’\-]+)(?=[\s.,!?]|$)",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(r"\bnot\s+(?:year|yr|y)?\s?\d{1,2}\b", re.IGNORECASE)
_FIELDS = (
    "phone",
    "phone_ending",
    "email",
    "class_name",
    "year",
    "child_name",
    "parent_name",
    "parent_name",
)


def is_correction(text: str, *, answering: bool) -> bool:
    """Tell whether the message puts something right.

    While the parent is ``answering`` a question, "no, …" and "actually …" are enough.
    """
    return bool(_CUE.search(text) or (answering and _ANSWERING.search(text)))


def without_denied(text: str) -> str:
    """Blank out what the message says is wrong ("not 4"), keeping its length."""
    return _DENIED.sub(_blank_unless_verb, text)


def _blank_unless_verb(match: re.Match[str]) -> str:
    last = match[0].split()[-1].lower()
    if last in {
        "the",
        "a",
        "my",
        "on",
        "at",
        "by",
        "in",
        "to",
        "ring",
        "call",
        "email",
        "phone",
        "text",
        "bring",
        "use",
        "her",
        "his",
        "safe",
        "anonymous",
        "good",
        "much",
        "so",
        "very",
        "be",
    }:
        return match[0]
    return " " * len(match[0])


def with_correction(details: Details, text: str) -> Details:
    """Add the corrected field, the most telling one when the message holds several."""
    for name in _FIELDS:
        value = getattr(details, name)
        if value and not (name == "class_name" and _IN_YEAR.search(text)):
            return replace(details, correction=Correction(name, value))
    return details
