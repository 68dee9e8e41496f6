"""Rules for named parts of the day, for the school run, and for hours that nobody knows."""

from __future__ import annotations

import re

from assistant.casework.times.asking import NO_CLOCK_TIME
from assistant.casework.times.clock_rules import NUMBERS, Found, Rule, rule
from assistant.casework.times.day_parts import PARTS, UNSURE_PARTS
from assistant.casework.times.shapes import DAY_END, DAY_START, Hours, Puzzle, Scene, Token
from assistant.casework.times.spellings import WEEKDAYS


def _part(found: Found, _: Scene) -> list[Token] | None:
    name = found["name"]
    start, end = PARTS[name]
    return [Hours(start, end, unsure=name in UNSURE_PARTS)]


def _after_part(found: Found, _: Scene) -> list[Token] | None:
    return [Hours(PARTS[found["name"]][1], DAY_END)]


def _before_part(found: Found, _: Scene) -> list[Token] | None:
    return [Hours(DAY_START, PARTS[found["name"]][0])]


def _collection(_: Found, __: Scene) -> list[Token] | None:
    return [Hours(*PARTS["pick up"])]


def _in_school(_: Found, __: Scene) -> list[Token] | None:
    return [Hours(*PARTS["school hours"])]


def _before_collection(_: Found, __: Scene) -> list[Token] | None:
    return [Hours(*PARTS["just before pick up"])]


def _dropping_off(_: Found, __: Scene) -> list[Token] | None:
    return [Hours(*PARTS["drop off"])]


def _unknown_anchor(_: Found, __: Scene) -> list[Token] | None:
    return [Puzzle(NO_CLOCK_TIME, event=True)]


def _known_anchor(_: Found, __: Scene) -> list[Token] | None:
    """Leave out an event whose clock time is said: "from after school club at 5.30"."""
    return []


def _names(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_AROUND_PART = ["lunch", "lunchtime", "lunch time", "dinnertime", "dinner time", "dinner", "tea",
                "teatime", "tea time", "pick up", "pick-up", "pickup", "home time", "hometime",
                "morning", "school hours", "lunch break"]  # fmt: skip
_WHO = (
    r"(?:i|ive|i've|we|his dad|her dad|his mum|her mum|dad|mum|nan|grandad|my mum|my dad|he|she|"
    r"(?:his|her|their|my|the) (?:nan|nana|gran|grandma|grandad|auntie|aunt|sister|brother|"
    r"husband|wife|partner|other half|childminder))"
)
_THEM = r"(?: (?:him|her|them|the kids|the children|the boys|the girls|my son|my daughter))?"
_JUST_AFTER = (r"(?:(?:straight|right|just|immediately|directly|first thing) )"
               r"after (?:the )?(?:(?:school|\w+'s|\w+s') )?")  # fmt: skip
_WORK = r"(?:(?:late|early|night|day) )?(?:work|shift|uni|college)"
_NO_CLOCK_TIME = (
    r"(?:morning |afternoon |first |second )?(?:break ?time|break(?! up)|"
    r"play ?time|registration|assembly|"
    r"golden time|form time|tutor time)|(?:lesson|period) \d|"
    r"(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|last) (?:lesson|period)|"
    r"(?:after[ -]?school|breakfast|lunch|homework|football|dance) clubs?"
)

UNKNOWN_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:(?:at|from|for|to|in) )?(?:his |her |their |our |my |the )?(?:{_NO_CLOCK_TIME})"
        rf"(?=(?: on (?:{'|'.join(WEEKDAYS)}|tomorrow))?,?"
        rf"(?: at| from| between| is| about| around)* "
        rf"(?:\d|half|quarter|{'|'.join(NUMBERS)}))",
        _known_anchor,
    ),
    rule(r"now in a (?:minutes|bit|sec|mo)", _unknown_anchor),
    rule(
        r"(?:straight |right |just |any ?time )?(?:after|before|during|from) "
        r"(?:my |his |her |our )?"
        rf"(?:{_WORK})(?! (?:at|about|around|by|on|until)\b| \d)",
        _unknown_anchor,
    ),
    rule(
        r"(?:(?:straight |right |just )?(?:after|before|at|during|in|around) )?"
        rf"(?:his |her |their |our |my |the (?!break\b))?(?:{_NO_CLOCK_TIME})",
        _unknown_anchor,
    ),
)

PART_RULES: tuple[Rule, ...] = (
    rule(
        r"(?:while|whilst|when) (?:he'?s|she'?s|they'?re|(?:he|she) is|they are|(?:the|my) "
        r"(?:kids|boys|girls|children) are) (?:in|at) school",
        _in_school,
    ),
    rule(
        r"(?:just|right|shortly|straight|a bit) before (?:the )?(?:school )?"
        r"(?:pick ?up|home ?time|collection)(?: time)?",
        _before_collection,
    ),
    rule(rf"{_JUST_AFTER}(?:drop[ -]?off|run)", _dropping_off),
    rule(rf"{_JUST_AFTER}(?:pick[ -]?up|home ?time|school)", _collection),
    rule(
        r"when (?:the )?school (?:kicks out|lets out|comes out|finishes|ends|is over|closes)",
        _collection,
    ),
    rule(
        rf"(?:when|once|after) {_WHO} (?:collects?|fetch(?:es)?|picks? (?:him |her |them |"
        rf"the kids )?up)"
        rf"{_THEM}(?: from school)?(?! (?:from|at)\b)",
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
)
