"""How a parent wants to meet."""

from __future__ import annotations

import re

from assistant.casework.details.wish import SHORT, WISH
from assistant.casework.kinds import MeetingMode

_MODES = [
    (
        MeetingMode.VIDEO,
        (
            r"video(?:\s+call)?|teams|zoom|facetime|google meet|online(?:\s+meeting)?|skype|"
            r"whatsapp video"
        ),
    ),
    (
        MeetingMode.IN_PERSON,
        (
            r"face[\s-]?(?:to|2)[\s-]?face|in[\s-]person|f2f|come\s+in(?:to\s+school)?|"
            r"come\s+(?:up\s+)?to\s+(?:the\s+)?school|pop\s+in"
        ),
    ),
    (
        MeetingMode.PHONE,
        (
            r"(?:ring|call|phone|bell)\s+(?:me|us)|give\s+(?:me|us)\s+a\s+(?:ring|call|bell|"
            r"bell)|(?:by|on|over|via)\s+(?:the\s+)?(?:phone|telephone)|(?:tele)?phone\s*call|"
            r"(?:a|quick)\s+call|telephone|phone(?:\s+(?:is|would be)\s+(?:best|better|fine|"
            r"easier|ok))?"
        ),
    ),
]
_MODE_PATTERNS = [(mode, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for mode, words in _MODES]
_NOT_MODE = re.compile(
    r"\b(?:not|no|don'?t|cannot|can'?t|won'?t|never|rather\s+not|instead\s+of|"
    r"rather\s+than|unable\s+to|didn'?t|nobody|to)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_STOPS_NOT = re.compile(r"\b(?:but|so|please|just|can|could)\b[^.]*$", re.IGNORECASE)
_PHONE_THING = re.compile(
    r"\b(?:her|his|my|their|mobile|the|a|took|taken|new|phones?)\s+$", re.IGNORECASE
)


def find_mode(text: str) -> MeetingMode | None:
    """Return how the parent wants to meet; a way that they refuse does not count."""
    short = len(text.split()) <= SHORT
    for sentence in re.split(r"[.!?\n]+\s", text):
        if not (short or WISH.search(sentence)):
            continue
        for mode, pattern in _MODE_PATTERNS:
            if any(_is_chosen(sentence, match) for match in pattern.finditer(sentence)):
                return mode
    return None


def _is_chosen(text: str, match: re.Match[str]) -> bool:
    before = re.split(r"[.,;!?\n]", text[: match.start()])[-1]
    refused = _NOT_MODE.search(before)
    if refused and refused[0].lower().startswith("to ") and "rather" not in before:
        refused = None
    if refused and not _STOPS_NOT.search(refused[0]):
        return False
    thing = match[0].lower() == "phone" and _PHONE_THING.search(before)
    return not thing
