"""Turns clock times as other languages say them into English ones: "13 to 15 hour", "14h30"."""

from __future__ import annotations

import re

from assistant.casework.times.spellings import WEEKDAYS

_H = r"\s?(?:h|hours?|hrs?|uhr)\b"
_HOUR = r"(?:[01]?\d|2[0-3])"
_LENGTH = (r"(?!\s(?:a|per|each|every|from now|later|ago|notice|max|or so|shifts?|days?|time|"
           r"drive)\b)")  # fmt: skip
"""What shows that hours are counted: "8 to 10 hours a day", "12 hour shifts"."""
_LED = (
    r"(?P<lead>\b(?:at|from|until|till?|after|before|by|between|tomorrow|today|"
    rf"(?:the )?(?:{'|'.join(WEEKDAYS)}|mon|tue?s?|wed|thu(?:rs)?|fri)),? (?:the |about )?)"
)
_AT_HOUR = (
    r"(?P<lead>^|[,.] |\b(?:at|in) (?:the )?|\bor |\b\w+day |\bmorning |\bafternoon |\btomorrow )"
)
_SAID = (
    (re.compile(rf"(?<!for )\b({_HOUR})(?:{_H})?\s?(?:to|until|till?|-)\s?({_HOUR}){_H}{_LENGTH}"),
     r"\1:00 to \2:00"),
    (re.compile(rf"\bbetween ({_HOUR})(?:{_H})? and ({_HOUR}){_H}{_LENGTH}"),
     r"between \1:00 and \2:00"),
    (re.compile(rf"\b({_HOUR})\s*(?:h|o'clock|uhr)\s?([0-5]\d)\b"), r"\1:\2"),
    (re.compile(rf"{_LED}({_HOUR})(?:{_H}|\s*o'clock) (?:and )?(?:a )?half\b"), r"\g<lead>\2:30"),
    (re.compile(rf"(?P<lead>, |\bat |\bmorning |\bafternoon |day )({_HOUR}) and (?:a )?half\b"
                r"(?!\s(?:hours?|an hour|days?|weeks?|terms?|years?|months?)\b)"),
     r"\g<lead>\2:30"),
    (re.compile(rf"{_LED}({_HOUR}){_H} (?:and )?([0-5]\d)\b"), r"\g<lead>\2:\3"),
    (re.compile(rf"\b(9|1\d|2[0-3]){_H} ([0-5]\d)\b(?! ?min)"), r"\1:\2"),
    (re.compile(rf"{_LED}({_HOUR})(?:[:.]00)?{_H}{_LENGTH}"), r"\g<lead>\2:00"),
    (re.compile(rf"(?<!in )(?<!for )(?<!do )(?<!work )\b(1[3-9]|2[0-3]){_H}{_LENGTH}"), r"\1:00"),
    (re.compile(rf"{_AT_HOUR}hours? ({_HOUR})\b(?!\s?(?:hours?|min))"), r"\g<lead>at \2"),
    (re.compile(r"(\d)(?:\s?hours?)? of (?:the )?morning\b"), r"\1am"),
    (re.compile(r"(\d)(?:\s?hours?)? of (?:the )?(?:afternoon|evening)\b"), r"\1pm"),
    (re.compile(r"\b(free|available|week|\w+day|tomorrow) (1[3-9]|2[0-3]) ?(?:to|until|till?|-) ?"
                r"(1[4-9]|2[0-3])\b(?![:./]|\d| ?(?:st|nd|rd|th|of)\b| [a-z]{3,9}(?:ber|uary)\b)"),
     r"\1 \2:00 to \3:00"),
    (re.compile(r"\bthe day ([12]?\d|3[01])\b(?![:.]\d)"), r"the \1th"),
)  # fmt: skip


def in_english(plain: str) -> str:
    """Write the clock times of a lower-case text as an English parent would."""
    for said, meant in _SAID:
        plain = said.sub(meant, plain)
    return plain
