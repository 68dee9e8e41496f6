"""Rules for the school's own calendar: half term, first week back, after Christmas."""

from __future__ import annotations

from datetime import timedelta

from assistant.casework.times.asking import UNKNOWN_DATE
from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.day_rules import OPEN_END, coming, monday_of, one_day
from assistant.casework.times.school_breaks import Holiday, holidays
from assistant.casework.times.shapes import Days, Puzzle, Scene, Token, days_between
from assistant.casework.times.spellings import WEEKDAYS

_FRIDAY = 4
_ONE = timedelta(days=1)


def _holiday(name: str, scene: Scene, *, begun: bool = True) -> Holiday | None:
    """Give the next holiday of that name, be it under way; or the next that has not begun."""
    found = holidays(scene.calendar, scene.today)
    named = [one for one in found if not name or one.name() == name]
    return next((one for one in named if begun or one.last_before >= scene.today), None)


def _unknown() -> list[Token]:
    return [Puzzle(UNKNOWN_DATE)]


def _name(found: Found) -> str:
    said = found.groupdict().get("name") or ""
    for name in ("half term", "christmas", "easter", "summer"):
        if name in said.replace("-", " ").replace("halfterm", "half term"):
            return name
    return ""


def _before(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene, begun=False)
    if not one:
        return _unknown()
    return [Days(scene.today, one.last_before, scope=True, edge="end")]


def _after(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    if not one:
        return _unknown()
    return [Days(one.first_after, one.first_after + OPEN_END, scope=True, edge="start")]


def _during(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    if not one:
        return _unknown()
    closed = days_between(one.last_before + _ONE, one.first_after - _ONE)
    weekdays = [day for day in closed if day.weekday() <= _FRIDAY]
    return [Days(weekdays[0], weekdays[-1], scope=True)]


def _first_week_back(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    if not one:
        return _unknown()
    friday = monday_of(one.first_after) + timedelta(days=4)
    return [Days(one.first_after, friday, scope=True)]


def _second_week_back(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    if not one:
        return _unknown()
    monday = monday_of(one.first_after) + timedelta(days=7)
    return [Days(monday, monday + timedelta(days=4), scope=True)]


def _first_day_back(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    return [one_day(one.first_after)] if one else _unknown()


def _first_weekday_back(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    if not one:
        return _unknown()
    return [one_day(coming(WEEKDAYS.index(found["day"]), one.first_after - _ONE))]


def _term_end(scene: Scene) -> Holiday | None:
    found = holidays(scene.calendar, scene.today)
    return next((one for one in found if one.name() != "half term"), None)


def _last_week_of_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    if not one:
        return _unknown()
    return [Days(monday_of(one.last_before), one.last_before, scope=True)]


def _week_before(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene, begun=False)
    if not one:
        return _unknown()
    return [Days(monday_of(one.last_before), one.last_before, scope=True)]


def _last_day_before(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene, begun=False)
    return [one_day(one.last_before)] if one else _unknown()


def _inset_day(_: Found, scene: Scene) -> list[Token] | None:
    coming = scene.calendar.next_inset(scene.today)
    return [one_day(coming)] if coming else _unknown()


def _last_weekday_of_term(found: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    if not one:
        return _unknown()
    back = (one.last_before.weekday() - WEEKDAYS.index(found["day"])) % 7
    return [one_day(one.last_before - timedelta(days=back))]


def _last_day_of_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    return [one_day(one.last_before)] if one else _unknown()


def _this_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    return [Days(scene.today, one.last_before, scope=True)] if one else _unknown()


def _after_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    if not one:
        return _unknown()
    return [Days(one.first_after, one.first_after + OPEN_END, scope=True, edge="start")]


_HOLIDAY = (r"(?:the |this )?(?P<name>(?:february |october |may |whitsun )?half[ -]?term|halfterm|"
            r"christmas|easter|summer|holidays|hols|(?<=the )(?:break|holiday))"
            r"(?: (?:holidays?|hols|break|week))?")  # fmt: skip
_BREAK_UP = r"(?:we|they|the kids|kids|school|schools) breaks? up"
_THEY_GO_BACK = (r"(?:(?:theyre|they're|we're|were|school'?s) back|"
                 r"(?:we|they|the kids|school|the children|term) "
                 r"(?:goe?s?|gets?|are|comes?|starts?|is|opens?)(?: back)?(?: again)?)"
                 )  # fmt: skip
_GO_BACK = rf"(?:when|once|after) {_THEY_GO_BACK}"

TERM_RULES: tuple[Rule, ...] = (
    rule(rf"(?:any time )?(?:before|this side of|by) {_HOLIDAY}(?! (?:eve|day|play|fair|concert|"
         rf"party|dinner|do)\b)",
         _before),
    rule(rf"(?:any time )?(?:before|by the time) {_BREAK_UP}(?: for {_HOLIDAY})?", _before),
    rule(rf"(?:any time )?(?:after|the other side of) {_HOLIDAY}(?! (?:eve|day|play|fair|"
         rf"concert|party|dinner|do)\b)",
         _after),
    rule(r"(?:on )?(?:the |an )?(?:next )?(?:inset|baker|staff training)(?: day)?", _inset_day),
    rule(rf"(?:on )?the day {_THEY_GO_BACK}", _first_day_back),
    rule(_GO_BACK, _after),
    rule(r"(?:in |after |by )?(?:the )?new year(?:'?s)?(?!['s]* (?:eve|day))", _after),
    rule(rf"(?:the )?(?:first|1st) week (?:back|(?:back )?after {_HOLIDAY}|of (?:next|"
         rf"the new) term|"
         "of the spring term|(?:of|in) january)|"
         rf"(?:the )?week {_THEY_GO_BACK}",
         _first_week_back),
    rule(r"(?:the )?(?:second|2nd) week (?:back|of (?:next|the new) term)", _second_week_back),
    rule(rf"(?:the )?(?:first|1st) (?P<day>{'|'.join(WEEKDAYS)}) back(?: after {_HOLIDAY})?",
         _first_weekday_back),
    rule(rf"(?:the )?week after {_HOLIDAY}", _first_week_back),
    rule(rf"(?:the )?(?:last )?week before {_HOLIDAY}", _week_before),
    rule(rf"(?:the )?last (?P<day>{'|'.join(WEEKDAYS)}) of (?:the |"
         rf"this )?term", _last_weekday_of_term),
    rule(rf"(?:the )?(?:first|1st) (?:school )?day (?:back(?! after)|(?:back )?after {_HOLIDAY}|"
         r"of (?:next |the new )?term)",
         _first_day_back),
    rule(r"(?:the )?(?:start|beginning) of (?:next |the new |the spring )?term|early next term",
         _first_week_back),
    rule(r"(?:the )?last week (?:of|before the end of) (?:the |this )?term|"
         rf"(?:the )?week {_BREAK_UP}", _last_week_of_term),
    rule(r"(?:before|by) (?:the )?end of (?:the |this )?term|(?:the )?rest of (?:the |"
         r"this )?term|this term",
         _this_term),
    rule(rf"(?:the )?(?:last )?day (?:before )?{_BREAK_UP} for {_HOLIDAY}", _last_day_before),
    rule(rf"(?:the )?last (?:school )?day of (?:the |this )?term|"
         rf"(?:the )?(?:last )?day {_BREAK_UP}",
         _last_day_of_term),
    rule(r"(?:the )?end of (?:the |this )?term", _last_week_of_term),
    rule(r"next term|(?:in )?the spring term|in the new term", _after_term),
    rule(rf"(?:in|over|during|through|at(?= (?:the )?(?:christmas|easter|half))) {_HOLIDAY}",
         _during),
    rule(r"(?:the )?(?P<name>(?:february |october |may )?half[ -]?term|"
         r"halfterm)(?: (?:holidays?|week|break))?",
         _during),
    rule(r"(?:the )?(?P<name>christmas|easter|summer) (?:holidays?|hols|break)", _during),
)  # fmt: skip
