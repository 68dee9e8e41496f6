"""Rules for weeks: early next week, Thursday week, in three weeks, the weekend."""

from __future__ import annotations

from datetime import timedelta

from assistant.casework.times.asking import WHAT_NEXT
from assistant.casework.times.clock_rules import NUMBER, NUMBERS, Found, Rule, number, rule
from assistant.casework.times.day_rules import (
    WEEK,
    coming,
    monday_of,
    one_day,
    school_week,
    this_week,
)
from assistant.casework.times.shapes import Days, Later, Puzzle, Scene, Token, Weekday
from assistant.casework.times.spellings import WEEKDAYS
from assistant.casework.times.week_parts import part_of_week

_FRIDAY = 4
_COUNTED = {"week after": 2, "week after that": 2, "following week": 1, "week following": 1}
"""Weeks counted from the one said before, else so many weeks from the present one."""


def _weekday_later(found: Found, scene: Scene) -> list[Token] | None:
    """Count a week or a fortnight from the coming such day ("Friday week", "a week on Friday")."""
    named = found.groupdict()
    base = {"today": scene.today, "tomorrow": scene.today + timedelta(days=1)}.get(named["day"])
    day = base or coming(WEEKDAYS.index(named["day"]), scene.today)
    return [one_day(day + WEEK * _weeks(named["weeks"]))]


def _weeks(text: str) -> int:
    if "fortnight" in text:
        return 2
    first = text.partition(" ")[0]
    if first in {"a", "week", "the"}:
        return 1
    return 2 if first == "couple" else number(first)


def _in_weeks(found: Found, scene: Scene) -> list[Token] | None:
    weeks = _weeks(found["weeks"])
    return [school_week(monday_of(scene.today) + WEEK * weeks)]


def _within(found: Found, scene: Scene) -> list[Token] | None:
    """From now for so many days or weeks: "in the next two weeks"."""
    amount, unit = found["amount"] or "1", found["unit"]
    count = 2 if "couple" in amount else number(amount)
    days = count * (1 if unit.startswith("day") else 14 if unit == "fortnight" else 7)
    return [Days(scene.today, scene.today + timedelta(days=days), unsure="couple" in amount)]


def _week(found: Found, scene: Scene) -> list[Token] | None:
    which, part = found["which"], found["part"]
    if which in _COUNTED:
        return [Later("week", _COUNTED[which], part or "")]
    if which == "week after next":
        week = school_week(monday_of(scene.today) + 2 * WEEK)
    elif which.startswith(("next", "week coming", "coming", "this coming")):
        week = school_week(monday_of(scene.today) + WEEK)
    else:
        week = this_week(scene)
    return [part_of_week(week, part)]


def _or_next_week(found: Found, scene: Scene) -> list[Token] | None:
    """Read the "next" of "this week or next"."""
    if "week" not in found.string[: found.start()]:
        return [Puzzle(WHAT_NEXT)]
    return [school_week(monday_of(scene.today) + WEEK)]


def _midweek(found: Found, scene: Scene) -> list[Token] | None:
    monday = monday_of(scene.today)
    if found["which"]:
        week = school_week(monday + WEEK)
    else:
        late = scene.today.weekday() >= _FRIDAY
        week = school_week(monday + WEEK, unsure=True) if late else this_week(scene)
    return [part_of_week(week, "mid")]


def _later_this_week(_: Found, scene: Scene) -> list[Token] | None:
    week = this_week(scene)
    first = max(week.first, scene.today + timedelta(days=1))
    return [Days(first, max(first, week.last), scope=True)]


def _weekend(found: Found, scene: Scene) -> list[Token] | None:
    saturday = monday_of(scene.today) + timedelta(days=5)
    weeks = 1 if found["which"] else 0
    weeks += {" after next": 2, " after": 1}.get(found["after"] or "", 0)
    first = saturday + weeks * WEEK
    return [Days(first, first + timedelta(days=1), scope=True, unsure=bool(found["which"]))]


def _weekends(_: Found, __: Scene) -> list[Token] | None:
    return [Weekday(5, many=True), Weekday(6, many=True)]


_COUNT = rf"(?:{'|'.join(NUMBERS)}|\d{{1,2}})"
_WEEKS = rf"(?P<weeks>a fortnight|fortnight|a week|the week|week|couple of weeks|{_COUNT} weeks?)"
_ANY_DAY = rf"(?P<day>{'|'.join(WEEKDAYS)}|today|tomorrow)"
_WEEK_PART = (
    r"(?:(?P<part>(?:the )?(?:beginning|start|early part|front end|back end|first half|latter part|"
    r"middle|end|late|later)(?: of| in)?|early(?: in)?|mid-?|late(?: in)?|later(?: in)?) ?)?"
)
_WHICH = (r"(?:the )?(?P<which>week after next|week after(?: that)?|following week|"
          r"week following|coming week|week coming|"
          r"next week|this coming week|this week|week)")  # fmt: skip

WEEK_RULES: tuple[Rule, ...] = (
    rule(rf"(?:in|within|over|during) the (?:next|coming) (?:(?P<amount>{NUMBER}|couple of) )?"
         r"(?P<unit>days?|weeks?|fortnight)", _within),
    rule(rf"{_WEEKS} (?:on|from|after|come) (?:the )?{_ANY_DAY}", _weekday_later),
    rule(rf"{_WEEKS} {_ANY_DAY}", _weekday_later),
    rule(rf"{_ANY_DAY} (?:come )?(?:a )?(?P<weeks>week|fortnight)(?! after next| coming)",
         _weekday_later),
    rule(rf"{_ANY_DAY} (?:in )?(?P<weeks>a fortnight|a week|{_COUNT} weeks?)(?:'? time|s time)?",
         _weekday_later),
    rule(rf"(?:in )?(?P<weeks>a fortnight|{_COUNT} weeks?|a week|"
         rf"a couple of weeks)'?s? ?time", _in_weeks),
    rule(rf"in (?:a )?(?P<weeks>fortnight|a fortnight|{_COUNT} weeks?|week|"
         rf"couple of weeks)", _in_weeks),
    rule(r"later (?:on )?(?:this|in the) week", _later_this_week),
    rule(r"(?:the )?(?:rest|remainder) of (?:the|this) week", lambda _, scene: [this_week(scene)]),
    rule(r"(?<=or )next(?=\s*(?:$|[,.;?!]))", _or_next_week),
    rule(r"mid ?-?week(?: of)?(?P<which> next week)?", _midweek),
    rule(rf"{_WEEK_PART}{_WHICH}", _week),
    rule(r"weekends|(?:every|most|any) weekend", _weekends),
    rule(r"(?:the |this coming |this |coming )?(?P<which>next )?weekend(?P<after> after next|"
         r" after)?",
         _weekend),
)  # fmt: skip
