"""Rules for moments counted from now, and for how long a parent can stay: "in half an hour"."""

from __future__ import annotations

from datetime import UTC, timedelta

from assistant.casework.times.asking import SHUT_BY_THEN
from assistant.casework.times.clock_rules import NUMBERS, Found, Rule, number, rule
from assistant.casework.times.shapes import LONDON, Days, Hours, Instant, Link, Puzzle, Scene, Token
from assistant.casework.times.spellings import WEEKDAYS

_LAST_HOUR = 23


def _from_now(found: Found, scene: Scene) -> list[Token] | None:
    later = scene.now.astimezone(UTC) + timedelta(minutes=_minutes_of(found))
    return [Instant(later.astimezone(LONDON))]


def _minutes_of(found: Found) -> int:
    unit = 60 if found["unit"].startswith("hour") else 1
    return int(_amount(found["amount"] or "an") * unit) + (30 if found["plus"] else 0)


def _before_long(found: Found, scene: Scene) -> list[Token] | None:
    """Read "within the hour": from now until then."""
    minutes = _minutes_of(found)
    start = scene.now.hour * 60 + scene.now.minute
    end = start + minutes
    if end > _LAST_HOUR * 60:
        return [Puzzle(SHUT_BY_THEN)]
    return [Days(scene.today, scene.today), Hours(start, end)]


def _between_now(_: Found, scene: Scene) -> list[Token] | None:
    """Read the start of "between now and 2", which is today."""
    start = scene.now.hour * 60 + scene.now.minute
    now = Hours(start, start + 30, exact=True)
    return [Days(scene.today, scene.today), Link("between"), now, Link("and")]


def _this_time(found: Found, scene: Scene) -> list[Token] | None:
    """Read the hour of "this time next week", the day of which another rule reads."""
    start = scene.now.hour * 60 + scene.now.minute
    hours = Hours(start, start + 30, exact=True)
    if found["week"]:
        return [Days(in_a_week := scene.today + timedelta(days=7), in_a_week), hours]
    return [hours]


def _amount(text: str) -> float:
    text = text.removesuffix(" of").strip()
    parts = {"half an": 0.5, "half a": 0.5, "a quarter of an": 0.25, "quarter of an": 0.25,
             "three quarters of an": 0.75}  # fmt: skip
    if text in parts:
        return parts[text]
    if text in {"a couple", "couple"}:
        return 2
    return 1 if text in {"a", "an"} else number(text)


def _how_long(_: Found, __: Scene) -> list[Token] | None:
    """Leave out how long a parent can stay: "20 minutes on Thursday"."""
    return []


_PART_OF_ONE = r"(?:(?:a )?quarter|three quarters) of an|half an|half a"
_AMOUNT = rf"(?P<amount>{_PART_OF_ONE}|an?|a couple of|couple of|\d+|{'|'.join(NUMBERS)})"
_UNIT = r"(?P<unit>hours?|minutes)"

MOMENT_RULES: tuple[Rule, ...] = (
    rule(
        r"(?:any ?time )?(?:between |from )?now (?:and|until|to)"
        r"(?= (?:\d|half|quarter|noon|midday))",
        _between_now,
    ),
    rule(
        rf"(?:within(?: the)?(?: next)?|(?:in|over) the next) (?:{_AMOUNT} )?{_UNIT}"
        r"(?P<plus> and a half)?(?: or so)?",
        _before_long,
    ),
    rule(
        rf"(?<!at )(?:for )?(?:about )?{_AMOUNT} {_UNIT}(?P<plus> and a half)?(?: or so| max)?"
        r"(?! (?:and a half|from now|time|before|after|later|earlier))",
        _how_long,
    ),
    rule(
        rf"in (?:about |around |roughly )?{_AMOUNT} (?:and a half )?{_UNIT}"
        r"(?P<plus> and a half)?(?: time)?",
        _from_now,
    ),
    rule(rf"{_AMOUNT} {_UNIT}(?P<plus> and a half)? (?:from now|time)", _from_now),
    rule(
        rf"this time(?: (?P<week>next week|in a week(?:'?s time)?|a week today)"
        rf"|(?= (?:on )?(?:{'|'.join(WEEKDAYS)}|tomorrow)))",
        _this_time,
    ),
)
