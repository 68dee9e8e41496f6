"""Rules for the time when school begins again: the day they go back, the first week back."""

from __future__ import annotations

from datetime import timedelta

from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.day_parts import PARTS
from assistant.casework.times.day_rules import OPEN_END, coming, monday_of, one_day
from assistant.casework.times.holiday_words import (
    HOLIDAY,
    MONTH_BACK,
    holiday_of,
    unknown_date,
)
from assistant.casework.times.shapes import Days, Hours, Scene, Token
from assistant.casework.times.spellings import WEEKDAYS

_ONE = timedelta(days=1)


def _after(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene)
    if not one:
        return unknown_date()
    return [Days(one.first_after, one.first_after + OPEN_END, scope=True, edge="start")]


def _first_week_back(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene)
    if not one:
        return unknown_date()
    friday = monday_of(one.first_after) + timedelta(days=4)
    return [Days(one.first_after, friday, scope=True)]


def _second_week_back(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene)
    if not one:
        return unknown_date()
    monday = monday_of(one.first_after) + timedelta(days=7)
    return [Days(monday, monday + timedelta(days=4), scope=True)]


def _first_day_back(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene)
    return [one_day(one.first_after)] if one else unknown_date()


def _part_of_first_day(found: Found, scene: Scene) -> list[Token] | None:
    return [*(_first_day_back(found, scene) or []), Hours(*PARTS[found["part"]])]


def _second_day_back(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene)
    if not one:
        return unknown_date()
    return [one_day(scene.calendar.school_days_from(one.first_after + _ONE, 1)[0])]


def _first_weekday_back(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene)
    if not one:
        return unknown_date()
    return [one_day(coming(WEEKDAYS.index(found["day"]), one.first_after - _ONE))]


_PUPILS = (r"(?:the |my |his |her |our |all the )?(?:pupils?|kids|children|bairns|weans|"
           r"boys?|girls?|students|lads|little ones|twins|others|class|schools?|term)")  # fmt: skip
_BEGIN = (r"(?:(?:'s|'re|is|are|'ll be|will be) (?:back|open)|(?:go|goes|gets?|comes?)(?: back)|"
          r"returns?|reopens?|resumes?|starts?(?: back)?|opens?|begins?)")  # fmt: skip
_PARTS = "morning|afternoon|evening"
_OUR = "(?:the |our |their |his |her )?"
_WHEN = (
    rf"(?: again)?(?: to school)?(?: (?:in|after|following|from|for) (?:{HOLIDAY}|{MONTH_BACK}))?"
)
_ONE_OF_THEM = (r"(?:he|she|it)(?=[^,.;!?]*\b(?:to school|january|new year|september|half.?term|"
                r"holidays|christmas|easter|summer)\b)")  # fmt: skip
"""Somebody who comes back to school, not the head who is back on Thursday."""
_THEY_GO_BACK = (
    r"(?:(?:theyre|they're|we're|were|school'?s) back|"
    r"(?:we|they|the kids|school|the children|term) "
    r"(?:goe?s?|gets?|are|comes?|starts?|is|opens?)(?: back)?(?: again)?|"
    rf"(?:{_PUPILS}|we|they|you|{_ONE_OF_THEM})(?: all)? ?{_BEGIN}){_WHEN}"
)  # fmt: skip

GOING_BACK_RULES: tuple[Rule, ...] = (
    rule(rf"(?:any time )?(?:after|the other side of) {HOLIDAY}(?! (?:eve|day|play|fair|"
         rf"concert|party|dinner|do)\b)",
         _after),
    rule(rf"(?:(?:on )?(?:the )?(?:very )?day (?:that |when )?|(?<=day after )|(?<=day before ))"
         rf"{_THEY_GO_BACK}", _first_day_back),
    rule(rf"(?:the )?(?P<part>{_PARTS}) (?:that |when )?{_THEY_GO_BACK}", _part_of_first_day),
    rule(rf"{_OUR}(?:first|1st) (?P<part>{_PARTS}) back{_WHEN}", _part_of_first_day),
    rule(rf"(?:when|once|after) {_THEY_GO_BACK}", _after),
    rule(r"(?:in |after |by )?(?:the )?new year(?:'?s)?(?!['s]* (?:eve|day))", _after),
    rule(rf"(?:the )?(?:first|1st) week (?:back|(?:back )?after {HOLIDAY}|of (?:next|"
         r"the new) term|of the spring term|(?:of|in) january)", _first_week_back),
    rule(rf"(?:the )?week {_THEY_GO_BACK}", _first_week_back),
    rule(r"(?:the )?(?:second|2nd) week (?:back|of (?:next|the new) term)", _second_week_back),
    rule(rf"{_OUR}(?:second|2nd) (?:school )?day back{_WHEN}", _second_day_back),
    rule(rf"(?:the )?(?:first|1st) (?P<day>{'|'.join(WEEKDAYS)}) back(?: after {HOLIDAY})?",
         _first_weekday_back),
    rule(rf"(?:the )?week after {HOLIDAY}", _first_week_back),
    rule(rf"{_OUR}(?:first|1st) (?:school )?day back{_WHEN}", _first_day_back),
    rule(rf"{_OUR}(?:first|1st) (?:school )?day (?:after {HOLIDAY}|of (?:next |the new )?term)",
         _first_day_back),
    rule(r"(?:the )?(?:start|beginning) of (?:next |the new |the spring )?term|early next term",
         _first_week_back),
)  # fmt: skip
