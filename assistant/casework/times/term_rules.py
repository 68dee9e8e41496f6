"""Rules for the school's own calendar: half term, the last week of term, before Christmas."""

from __future__ import annotations

from datetime import timedelta

from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.day_rules import OPEN_END, monday_of, one_day
from assistant.casework.times.holiday_words import HOLIDAY, holiday_of, unknown_date
from assistant.casework.times.school_breaks import Holiday, holidays
from assistant.casework.times.shapes import Days, Scene, Token, days_between
from assistant.casework.times.spellings import WEEKDAYS

_FRIDAY = 4
_ONE = timedelta(days=1)


def _before(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene, begun=False)
    if not one:
        return unknown_date()
    return [Days(scene.today, one.last_before, scope=True, edge="end")]


def _during(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene)
    if not one:
        return unknown_date()
    closed = days_between(one.last_before + _ONE, one.first_after - _ONE)
    weekdays = [day for day in closed if day.weekday() <= _FRIDAY]
    return [Days(weekdays[0], weekdays[-1], scope=True)]


def _term_end(scene: Scene) -> Holiday | None:
    found = holidays(scene.calendar, scene.today)
    return next((one for one in found if one.name() != "half term"), None)


def _last_week_of_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    if not one:
        return unknown_date()
    return [Days(monday_of(one.last_before), one.last_before, scope=True)]


def _week_before(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene, begun=False)
    if not one:
        return unknown_date()
    return [Days(monday_of(one.last_before), one.last_before, scope=True)]


def _last_day_before(found: Found, scene: Scene) -> list[Token] | None:
    one = holiday_of(found, scene, begun=False)
    return [one_day(one.last_before)] if one else unknown_date()


def _inset_day(_: Found, scene: Scene) -> list[Token] | None:
    coming = scene.calendar.next_inset(scene.today)
    return [one_day(coming)] if coming else unknown_date()


def _last_weekday_of_term(found: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    if not one:
        return unknown_date()
    back = (one.last_before.weekday() - WEEKDAYS.index(found["day"])) % 7
    return [one_day(one.last_before - timedelta(days=back))]


def _last_day_of_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    return [one_day(one.last_before)] if one else unknown_date()


def _this_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    return [Days(scene.today, one.last_before, scope=True)] if one else unknown_date()


def _after_term(_: Found, scene: Scene) -> list[Token] | None:
    one = _term_end(scene)
    if not one:
        return unknown_date()
    return [Days(one.first_after, one.first_after + OPEN_END, scope=True, edge="start")]


_BREAK_UP = r"(?:we|they|the kids|kids|school|schools) breaks? up"

TERM_RULES: tuple[Rule, ...] = (
    rule(rf"(?:any time )?(?:before|this side of|by) {HOLIDAY}"
         r"(?! (?:eve|day|play|fair|concert|party|dinner|do)\b)",
         _before),
    rule(rf"(?:any time )?(?:before|by the time) {_BREAK_UP}(?: for {HOLIDAY})?", _before),
    rule(r"(?:on )?(?:the |an )?(?:next )?(?:inset|baker|staff training)(?: day)?", _inset_day),
    rule(rf"(?:the )?(?:last )?week before {HOLIDAY}", _week_before),
    rule(rf"(?:the )?last (?P<day>{'|'.join(WEEKDAYS)}) of (?:the |"
         rf"this )?term", _last_weekday_of_term),
    rule(r"(?:the )?last week (?:of|before the end of) (?:the |this )?term|"
         rf"(?:the )?week {_BREAK_UP}", _last_week_of_term),
    rule(r"(?:before|by) (?:the )?end of (?:the |this )?term|(?:the )?rest of (?:the |"
         r"this )?term|this term",
         _this_term),
    rule(rf"(?:the )?(?:last )?day (?:before )?{_BREAK_UP} for {HOLIDAY}", _last_day_before),
    rule(rf"(?:the )?last (?:school )?day of (?:the |this )?term|"
         rf"(?:the )?(?:last )?day {_BREAK_UP}",
         _last_day_of_term),
    rule(r"(?:the )?end of (?:the |this )?term", _last_week_of_term),
    rule(r"next term|(?:in )?the spring term|in the new term", _after_term),
    rule(rf"(?:in|over|during|through|at(?= (?:the )?(?:christmas|easter|half))) {HOLIDAY}",
         _during),
    rule(r"(?:the )?(?P<name>(?:february |october |may )?half[ -]?term|"
         r"halfterm)(?: (?:holidays?|week|break))?",
         _during),
    rule(r"(?:the )?(?P<name>christmas|easter|summer) (?:holidays?|hols|break)", _during),
)  # fmt: skip
