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
_COUNTING = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_COUNTED = {word: number for number, word in enumerate(_COUNTING.split(), 1)}
_WORDED = "|".join(_COUNTED)
_MINUTES = {"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty five": 25, "thirty": 30,
            "forty": 40, "forty five": 45, "fifty": 50, "a half": 30, "half": 30}  # fmt: skip
_PAST_HOUR = rf"(?:{'|'.join(sorted(_MINUTES, key=len, reverse=True))}|[0-5]\d)"
_HOUR_FIRST = re.compile(
    rf"(?<!\d )(?<!\d)(?<!an )(?<!half )(?<!one )(?<!two )(?<!lunch )"
    rf"\b(?:at |in )?(?:the )?(?:hours?|hrs?) (?P<hour>{_HOUR}|{_WORDED})\b(?![:.]\d)"
    rf"(?: (?:and )?(?P<past>{_PAST_HOUR})\b)?(?!\s?(?:hours?|hrs?|min|days?|weeks?))"
)
"""An hour that is named before it is counted: "hour fourteen thirty", "at hours 13 and 45"."""
_BESIDE_HOUR = re.compile(
    rf"(?<!for )(?<!about )(?<!need )(?<!only )(?<!have )(?<!got )(?<!just )"
    rf"\b(?P<count>five|ten|fifteen|twenty|twenty[ -]five|5|10|15|20|25) minutes? "
    rf"(?P<way>before|after) (?:the )?(?=(?:{_HOUR}|{_WORDED})\b(?!\s?min))"
)
"""Minutes beside an hour: "fifteen minute before ten", "ten minutes after nine"."""
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
    plain = _BESIDE_HOUR.sub(_minutes_first, _HOUR_FIRST.sub(_hour_alone, plain))
    for said, meant in _SAID:
        plain = said.sub(meant, plain)
    return plain


def _hour_alone(found: re.Match[str]) -> str:
    hour, past = found["hour"], found["past"]
    if not past:
        return f"at {_COUNTED.get(hour, hour)}"
    return f"at {_COUNTED.get(hour, hour)}:{_MINUTES.get(past, past)}"


def _minutes_first(found: re.Match[str]) -> str:
    spoken = {"10": "ten", "15": "quarter", "fifteen": "quarter", "5": "five", "20": "twenty",
              "25": "twenty five"}  # fmt: skip
    way = "to" if found["way"] == "before" else "past"
    return f"{spoken.get(found['count'], found['count'])} {way} "
