"""Rules for the school's own calendar: half term, first week back, after Christmas.

A holiday is a run of at least four weekdays on which the calendar says that school is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.casework.times.asking import UNKNOWN_DATE
from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.date_rules import next_date
from assistant.casework.times.day_rules import OPEN_END, monday_of, one_day
from assistant.casework.times.shapes import Days, Puzzle, Scene, SchoolDays, Token, days_between
from assistant.casework.times.spelling import WEEKDAYS

_HORIZON = 330
_FRIDAY = 4
_SHORTEST = 4
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """A stretch without school. ``last_before`` and ``first_after`` are school days."""

    last_before: date
    first_after: date

    def name(self) -> str:
        """Say which holiday of the English school year it is."""
        closed = days_between(self.last_before + _ONE, self.first_after - _ONE)
        if any((day.month, day.day) == (12, 25) for day in closed):
            return "christmas"
        if any((day.month, day.day) == (8, 1) for day in closed):
            return "summer"
        if closed[0].month in (3, 4):
            return "easter"
        return "half term"


def holidays(calendar: SchoolDays, today: date) -> list[Holiday]:
    """List the holidays that begin or are under way from today, soonest first."""
    found: list[Holiday] = []
    closed: list[date] = []
    for day in days_between(today, today + timedelta(days=_HORIZON)):
        if day.weekday() > _FRIDAY:
            continue
        if not calendar.is_school_day(day):
            closed.append(day)
            continue
        if len(closed) >= _SHORTEST:
            found.append(Holiday(_school_day_before(calendar, closed[0]), day))
        closed = []
    return found


def _school_day_before(calendar: SchoolDays, day: date) -> date:
    earlier = [day - timedelta(days=number) for number in range(1, 90)]
    return next((day for day in earlier if calendar.is_school_day(day)), day - _ONE)


def _holiday(name: str, scene: Scene) -> Holiday | None:
    wanted = {"the holidays": "", "holidays": ""}.get(name, name)
    return next(
        (
            one
            for one in holidays(scene.calendar, scene.today)
            if not wanted or one.name() == wanted
        ),
        None,
    )


def _unknown() -> list[Token]:
    return [Puzzle(UNKNOWN_DATE)]


def _name(found: Found) -> str:
    said = found.groupdict().get("name") or ""
    for name in ("half term", "christmas", "easter", "summer"):
        if name in said.replace("-", " ").replace("halfterm", "half term"):
            return name
    return ""


def _before(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    return [Days(scene.today, one.last_before)] if one else _unknown()


def _after(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    return [Days(one.first_after, one.first_after + OPEN_END)] if one else _unknown()


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


def _term_end(scene: Scene) -> Holiday | None:
    return next(
        (one for one in holidays(scene.calendar, scene.today) if one.name() != "half term"), None
    )


def _last_week_of_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    if not one:
        return _unknown()
    return [Days(monday_of(one.last_before), one.last_before, scope=True)]


def _week_before(found: Found, scene: Scene) -> list[Token] | None:
    one = _holiday(_name(found), scene)
    if not one:
        return _unknown()
    return [Days(monday_of(one.last_before), one.last_before, scope=True)]


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
    return [Days(one.first_after, one.first_after + OPEN_END, scope=True)]


_FEASTS = {"christmas eve": (24, 12), "christmas day": (25, 12), "boxing day": (26, 12),
           "new year'?s eve": (31, 12), "new year'?s day": (1, 1)}  # fmt: skip


def _feast(found: Found, scene: Scene) -> list[Token] | None:
    said = found["name"].replace("years", "year's").replace("'", "'?")
    day = next_date(*_FEASTS[said], scene.today)
    return [one_day(day)] if day else None


_HOLIDAY = (r"(?:the |this )?(?P<name>(?:february |october |may |whitsun )?half[ -]?term|halfterm|"
            r"christmas|easter|summer|holidays|hols|(?<=the )break)(?: (?:holidays?|hols|break|"
            r"week))?")  # fmt: skip
_BREAK_UP = r"(?:we|they|the kids|kids|school|schools) breaks? up"
_THEY_GO_BACK = (r"(?:we|they|the kids|school|the children|term) "
                 r"(?:goe?s?|gets?|are|comes?|starts?|is)(?: back)?(?: again)?")  # fmt: skip
_GO_BACK = rf"(?:when|once|after) {_THEY_GO_BACK}"

TERM_RULES: tuple[Rule, ...] = (
    rule(rf"(?:any time )?(?:before|this side of|by) {_HOLIDAY}(?! (?:eve|day|play|fair|concert|"
         rf"party|dinner|do)\b)",
         _before),
    rule(rf"(?:any time )?(?:before|by the time) {_BREAK_UP}", _before),
    rule(rf"(?:any time )?(?:after|the other side of) {_HOLIDAY}(?! (?:eve|day|play|fair|"
         rf"concert|party|dinner|do)\b)",
         _after),
    rule(r"(?:on )?(?:the |an )?(?:next )?(?:inset|baker|staff training)(?: day)?", _inset_day),
    rule(rf"(?:on )?the day {_THEY_GO_BACK}", _first_day_back),
    rule(_GO_BACK, _after),
    rule(r"(?:in |after |by )?(?:the )?new year(?:'?s)?(?!['s]* (?:eve|day))", _after),
    rule(rf"(?:the )?(?:first|1st) week (?:back|(?:back )?after {_HOLIDAY}|of (?:next|"
         rf"the new) term|"
         r"of the spring term|(?:of|in) january)|(?:the )?week (?:we|they) go back",
         _first_week_back),
    rule(r"(?:the )?(?:second|2nd) week (?:back|of (?:next|the new) term)", _second_week_back),
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
    rule(rf"(?P<name>{'|'.join(_FEASTS)})", _feast),
)  # fmt: skip
