"""Rules for the time of day: clock times, named parts of the day, moments from now."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, timedelta

from assistant.casework.times.day_parts import PARTS, UNSURE_PARTS
from assistant.casework.times.shapes import (
    DAY_END,
    DAY_START,
    LONDON,
    Hours,
    Instant,
    Puzzle,
    Scene,
    Token,
)
from assistant.casework.times.spelling import words

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
            "twenty-five": 25, "fifteen": 15, "thirty": 30, "forty five": 45, "forty-five": 45,
            "half": 30}  # fmt: skip
_SAID = r"(?:a )?(?:quarter|twenty[ -]five|twenty|five|ten|20|25|5|10|15)"
_PM = r"(?:\s?(?P<half>am|pm)\b)?"
_NEARLY = r"(?P<ish>\s?-?ish\b|\s?or so\b|\s?or thereabouts\b)?"
_CLOCK_LEADS = words(
    "at after before by from until between around about past and to - since or than"
)  # fmt: skip

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
    return clock(int(found["hour"]), int(found["minute"] or 0), found)


def _half_past(found: Found, _: Scene) -> list[Token] | None:
    return clock(number(found["hour"]), 30, found)


def _past_or_to(found: Found, _: Scene) -> list[Token] | None:
    said = found["said"]
    minutes = int(said) if said.isdigit() else _MINUTES[said.replace("a ", "")]
    hour = number(found["hour"])
    if found["way"] == "past":
        return clock(hour, minutes, found)
    return clock(hour - 1 if hour > 1 else 12, 60 - minutes, found)


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


def _part(found: Found, _: Scene) -> list[Token] | None:
    name = found["name"]
    start, end = PARTS[name]
    return [Hours(start, end, unsure=name in UNSURE_PARTS)]


def _after_part(found: Found, _: Scene) -> list[Token] | None:
    return [Hours(PARTS[found["name"]][1], DAY_END)]


def _before_part(found: Found, _: Scene) -> list[Token] | None:
    return [Hours(DAY_START, PARTS[found["name"]][0])]


def _from_now(found: Found, scene: Scene) -> list[Token] | None:
    amount, half = found["amount"], found["plus"] or ""
    unit = 60 if found["unit"].startswith("hour") else 1
    minutes = _amount(amount) * unit + (30 if half else 0)
    later = scene.now.astimezone(UTC) + timedelta(minutes=minutes)
    return [Instant(later.astimezone(LONDON))]


def _amount(text: str) -> float:
    text = text.removesuffix(" of").strip()
    if text in {"half an", "half a"}:
        return 0.5
    if text in {"a couple", "couple"}:
        return 2
    return 1 if text in {"a", "an"} else number(text)


def _unknown_night(found: Found, _: Scene) -> list[Token] | None:
    return [Puzzle(f"the school is shut at {found.group()}")]


def _collection(_: Found, __: Scene) -> list[Token] | None:
    return [Hours(*PARTS["pick up"])]


def _dropping_off(_: Found, __: Scene) -> list[Token] | None:
    return [Hours(*PARTS["drop off"])]


def _unknown_anchor(found: Found, _: Scene) -> list[Token] | None:
    return [Puzzle(f"no clock time is known for {found.group().split('after ')[-1]}")]


def _names(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def rule(pattern: str, build: Callable[[Found, Scene], list[Token] | None]) -> Rule:
    """Make one rule: what to look for from a word's start to a word's end, and what it means."""
    return re.compile(rf"(?:{pattern})(?![a-z0-9])"), build


_AROUND_PART = ["lunch", "lunchtime", "lunch time", "dinnertime", "dinner time", "dinner", "tea",
                "teatime", "tea time", "pick up", "pick-up", "pickup", "home time", "hometime",
                "morning", "school hours", "lunch break"]  # fmt: skip
_WHO = r"(?:i|ive|i've|we|his dad|her dad|his mum|her mum|dad|mum|nan|grandad|my mum|my dad|he|she)"
_THEM = r"(?: (?:him|her|them|the kids|the children|the boys|the girls|my son|my daughter))?"
_AMOUNT = rf"(?P<amount>half an|half a|an?|a couple of|couple of|\d+|{'|'.join(NUMBERS)})"
_UNIT = r"(?P<unit>hours?|minutes)"

CLOCK_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:in|within) {_AMOUNT} (?:and a half )?{_UNIT}(?P<plus> and a half)?(?: time)?",
        _from_now,
    ),
    rule(rf"{_AMOUNT} {_UNIT}(?P<plus> and a half)? (?:from now|time)", _from_now),
    rule(r"midnight|late at night|overnight|the middle of the night", _unknown_night),
    rule(
        r"(?:straight )?after (?:his |her |their |the )?(?:after[ -])?school clubs?",
        _unknown_anchor,
    ),
    rule(
        rf"(?:when|once|after) {_WHO} (?:collects?|fetch(?:es)?|picks? (?:him |her |them |"
        rf"the kids )?up)"
        rf"{_THEM}(?: from school)?",
        _collection,
    ),
    rule(
        rf"(?:when|once|after|straight after|as soon as) {_WHO} (?:drops?|dropped|'?ve dropped|"
        rf"takes?|took)"
        rf"{_THEM} ?(?:off|in|to school){_THEM}",
        _dropping_off,
    ),
    rule(rf"(?P<name>{_names(list(PARTS))})(?:-?ish)?", _part),
    rule(
        rf"(?:any time )?after (?:the |our |his |her |their |my )?(?P<name>{_names(_AROUND_PART)})",
        _after_part,
    ),
    rule(
        rf"(?:any time )?before (?:the |our |his |her |their |"
        rf"my )?(?P<name>{_names(_AROUND_PART)})",
        _before_part,
    ),
    rule(rf"(?:noon|midday|mid-day|12 noon|12 midday){_NEARLY}", _noon),
    rule(
        rf"(?P<said>{_SAID})\s(?:minutes )?(?P<way>past)\s(?P<hour>{NUMBER}){_PM}{_NEARLY}",
        _past_or_to,
    ),
    rule(
        rf"(?P<said>(?:a )?(?:quarter|twenty[ -]five|twenty|five|ten|20|25|5))\s(?:minutes )?"
        rf"(?P<way>to)\s(?P<hour>{NUMBER}){_PM}{_NEARLY}",
        _past_or_to,
    ),
    rule(rf"half[\s-](?:past[\s-])?(?P<hour>{NUMBER})(?: o'clock)?{_PM}{_NEARLY}", _half_past),
    rule(
        rf"(?P<hour>{NUMBER})\s(?P<minutes>thirty|fifteen|forty[ -]five|twenty){_PM}{_NEARLY}",
        _spoken,
    ),
    rule(rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d){_PM}{_NEARLY}", _plain),
    rule(rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hours|hrs)?{_PM}{_NEARLY}", _plain),
    rule(rf"(?P<hour>[1-9])(?P<minute>[0-5]\d){_PM}{_NEARLY}", _plain),
    rule(rf"(?P<hour>{NUMBER})\s?(?:o'clock)\s?{_PM}{_NEARLY}", _on_the_hour),
    rule(rf"(?P<hour>{NUMBER})\s?(?P<half>am|pm){_NEARLY}", _on_the_hour),
    rule(rf"(?P<hour>{NUMBER})(?P<ish>\s?-?ish|\s?or so|\s?or thereabouts)", _on_the_hour),
    rule(rf"(?P<hour>{NUMBER})", _bare),
)
