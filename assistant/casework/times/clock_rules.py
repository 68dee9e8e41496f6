"""Rules for the time of day: clock times, named parts of the day, moments from now."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.casework.times.asking import NO_SUCH_TIME, SHUT_BY_THEN
from assistant.casework.times.shapes import (
    Hours,
    Puzzle,
    Scene,
    Token,
)
from assistant.casework.times.spelling import MONTHS, words

Found = re.Match[str]
Rule = tuple[re.Pattern[str], Callable[[Found, Scene], "list[Token] | None"]]

NUMBERS = {
    word: number
    for number, word in enumerate(
        words("one two three four five six seven eight nine ten eleven twelve"),
        1,
    )
}
NUMBER = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)})"
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty five": 25,
            "twenty-five": 25, "five and twenty": 25, "5 and 20": 25, "fifteen": 15, "thirty": 30,
            "forty five": 45, "forty-five": 45, "half": 30}  # fmt: skip
_SAID = r"(?:a )?(?:quarter|five and twenty|5 and 20|twenty[ -]five|twenty|five|ten|20|25|5)"
"""Minutes that may go before "to"; in figures 10 and 15 are the start of a range there."""
_PM = r"(?:\s?(?P<half>am|pm)\b)?"
_NEARLY = r"(?P<ish>\s?-?ish\b|\s?or so\b|\s?or thereabouts\b)?"
_CLOCK_LEADS = words(
    "at after before by from until between around round about past and to - since or than"
)  # fmt: skip

_TO_LEADS = words("at for by before after about around round @")
_ENDS_TOO_EARLY = (9, 10)
"""Hours to which nobody is free from 10 o'clock."""
_COUNTS_NONE = (
    r"(?! (?:other |more |different |little |separate )?(?!suits|works|does|was|this|its|his|as|"
    r"thanks|cheers|plus|perhaps|always|yes|onwards|\w+days|mornings|afternoons|evenings|nights|lunchtimes|"
    r"weeks|hours|minutes)[a-z]{3,}(?:s|ren)\b)"
)
"""What does not follow a clock time but a count: "two places", "3 kids"."""
_NOON, _LAST_HOUR, _LAST_MINUTE = 12, 23, 59
_EARLIEST = 8
"""An hour below this with no a.m. or p.m. is in the afternoon or evening."""


def number(text: str) -> int:
    """Read a number written in digits or as a word up to twelve."""
    return NUMBERS[text] if text in NUMBERS else int(text)


def clock(hour: int, minute: int, found: Found) -> list[Token] | None:
    """Make the hours of one clock time: am or pm as said, else the school-day convention."""
    half = found.groupdict().get("half")
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or (half and not 1 <= hour <= _NOON):
        return None
    if half:
        start = (hour % _NOON + (_NOON if half == "pm" else 0)) * 60 + minute
    else:
        start = (hour + _NOON if 1 <= hour < _EARLIEST else hour) * 60 + minute
    loose = not half and 1 <= hour <= _NOON
    unsure = loose and _EARLIEST <= hour < _NOON
    if found.groupdict().get("ish"):
        return [Hours(start - 30, start + 30, exact=True, loose=loose)]
    return [Hours(start, start + 30, exact=True, loose=loose, unsure=unsure)]


def _plain(found: Found, _: Scene) -> list[Token] | None:
    made = clock(int(found["hour"]), int(found["minute"]), found)
    return made or ([Puzzle(NO_SUCH_TIME)] if ":" in found.group() else None)


def _half_past(found: Found, _: Scene) -> list[Token] | None:
    return clock(number(found["hour"]), 30, found)


def _past_or_to(found: Found, _: Scene) -> list[Token] | None:
    said = found["said"]
    minutes = int(said) if said.isdigit() else _MINUTES[said.replace("a ", "")]
    hour = number(found["hour"])
    if found["way"] == "past":
        return clock(hour, minutes, found)
    return clock(hour - 1 if hour > 1 else 12, 60 - minutes, found)


def _ten_to(found: Found, scene: Scene) -> list[Token] | None:
    """Read "at 10 to 9" as ten minutes to nine; "10 to 2" by itself is a range."""
    lead = found.string[: found.start()].split()[-1:]
    early = number(found["hour"]) in _ENDS_TOO_EARLY
    return _past_or_to(found, scene) if early or (lead and lead[0] in _TO_LEADS) else None


def _spoken(found: Found, _: Scene) -> list[Token] | None:
    return clock(number(found["hour"]), _MINUTES[found["minutes"]], found)


def _on_the_hour(found: Found, _: Scene) -> list[Token] | None:
    return clock(number(found["hour"]), 0, found)


def _bare(found: Found, _: Scene) -> list[Token] | None:
    """Read a number alone as a clock time up to 12, and up to 23 where a small word leads to it."""
    before = found.string[: found.start()].split()
    led = bool(before) and (before[-1] in _CLOCK_LEADS or before[-1].endswith("-"))
    hour = number(found["hour"])
    if not 1 <= hour <= (23 if led else 12):
        return None
    if not found["hour"].isdigit() and not led and found["hour"] == "one":
        return None
    made = clock(hour, 0, found)
    return [_as_bare(token) for token in made] if made and not led else made


def _as_bare(token: Token) -> Token:
    if isinstance(token, Hours):
        return Hours(
            token.start, token.end, token.exact, token.loose, bare=True, unsure=token.unsure
        )
    return token


def _noon(found: Found, _: Scene) -> list[Token] | None:
    if found["ish"]:
        return [Hours(11 * 60 + 30, 12 * 60 + 30, exact=True)]
    return [Hours(12 * 60, 12 * 60 + 30, exact=True)]


def _unknown_night(_: Found, __: Scene) -> list[Token] | None:
    return [Puzzle(SHUT_BY_THEN)]


def rule(pattern: str, build: Callable[[Found, Scene], list[Token] | None]) -> Rule:
    """Make one rule: what to look for from a word's start to a word's end, and what it means."""
    return re.compile(rf"(?:{pattern})(?![a-z0-9])"), build


CLOCK_RULES: tuple[Rule, ...] = (
    rule(r"midnight|late at night|overnight|the middle of the night", _unknown_night),
    rule(rf"(?:noon|midday|mid-day|12 noon|12 midday){_NEARLY}", _noon),
    rule(
        rf"(?P<said>{_SAID}|10|15)\s(?:minutes )?(?P<way>past)\s(?P<hour>{NUMBER}){_PM}{_NEARLY}",
        _past_or_to,
    ),
    rule(
        rf"(?P<said>{_SAID})\s(?:minutes )?"
        rf"(?P<way>to)\s(?P<hour>{NUMBER}){_PM}{_NEARLY}",
        _past_or_to,
    ),
    rule(rf"(?P<said>10|15)\s(?:minutes )?(?P<way>to)\s(?P<hour>{NUMBER}){_PM}{_NEARLY}", _ten_to),
    rule(rf"half[\s-](?:past[\s-]|of )?(?P<hour>{NUMBER})(?: o'clock)?{_PM}{_NEARLY}", _half_past),
    rule(
        rf"(?P<hour>{NUMBER})\s(?P<minutes>thirty|fifteen|forty[ -]five|twenty){_PM}{_NEARLY}",
        _spoken,
    ),
    rule(rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d){_PM}{_NEARLY}", _plain),
    rule(
        rf"(?<!the )(?P<hour>[1-9]|1[0-2]) (?P<minute>00|15|30|45){_PM}{_NEARLY}"
        rf"(?! ?(?:st|nd|rd|th|/|of\b|{'|'.join(MONTHS)}|min|hours?\b|days?\b|weeks?\b))",
        _plain,
    ),
    rule(rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hours|hrs)?{_PM}{_NEARLY}", _plain),
    rule(rf"(?P<hour>[1-9])(?P<minute>[0-5]\d){_PM}{_NEARLY}", _plain),
    rule(rf"(?P<hour>{NUMBER})\s?(?:o'clock)\s?{_PM}{_NEARLY}", _on_the_hour),
    rule(rf"(?P<hour>{NUMBER})\s?(?P<half>am|pm){_NEARLY}", _on_the_hour),
    rule(rf"(?P<hour>{NUMBER})(?P<ish>\s?-?ish|\s?or so|\s?or thereabouts)", _on_the_hour),
    rule(rf"(?P<hour>{NUMBER}){_COUNTS_NONE}", _bare),
)
