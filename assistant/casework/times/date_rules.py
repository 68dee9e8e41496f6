"""Rules for dates of the calendar: 4/12, the 4th or 5th of December, early next month.

Dates are day/month and mean the next such date; one that is long gone this year is doubtful.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from assistant.casework.times.asking import NO_SUCH_DATE
from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.day_rules import monday_of, one_day, school_week
from assistant.casework.times.month_rules import MONTH_RULES, NTH_RULES
from assistant.casework.times.shapes import Days, Link, Puzzle, Scene, Token
from assistant.casework.times.spelling import MONTHS, words
from assistant.casework.times.week_parts import part_of_week

DECEMBER = 12
_CENTURY = 100
_LAST_HOUR = 12
LONG_WAIT = timedelta(days=240)
"""A date without a year that is further off than this was perhaps meant as a past one."""

_ORDINALS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
    "twentieth"
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_ORDINAL = rf"(?:(?:3[01]|[12]\d|0?[1-9])\s?(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_YEAR = r"(?:,? ?(?P<year>20\d\d))?"


def next_date(day: int, month: int, today: date) -> date | None:
    """Give the next such date, today included; ``None`` for a date that no year has."""
    for year in range(today.year, today.year + 9):
        if 1 <= month <= DECEMBER and 1 <= day <= calendar.monthrange(year, month)[1]:
            found = date(year, month, day)
            if found >= today:
                return found
    return None


def next_day_number(day: int, today: date) -> date | None:
    """Give the next date with that day number, today included."""
    for ahead in range(13):
        year, month = divmod(today.month - 1 + ahead, 12)
        year += today.year
        if day <= calendar.monthrange(year, month + 1)[1]:
            found = date(year, month + 1, day)
            if found >= today:
                return found
    return None


def _dated(day: int, month: int, year: str | None, scene: Scene) -> Days | Puzzle:
    if year:
        return _full_date(day, month, int(year) + (2000 if int(year) < _CENTURY else 0))
    found = next_date(day, month, scene.today)
    if found is None:
        return Puzzle(NO_SUCH_DATE)
    return one_day(found, unsure=found - scene.today > LONG_WAIT)


def _full_date(day: int, month: int, year: int) -> Days | Puzzle:
    try:
        return one_day(date(year, month, day))
    except ValueError:
        return Puzzle(NO_SUCH_DATE)


def _digits(text: str) -> int:
    return _ORDINALS.index(text) + 1 if text in _ORDINALS else int(re.sub(r"\D", "", text))


def _month_number(name: str) -> int:
    return MONTHS.index(name) + 1


def _slashes(found: Found, scene: Scene) -> list[Token] | None:
    return [_dated(int(found["day"]), int(found["number"]), found["year"], scene)]


def _iso(found: Found, _: Scene) -> list[Token] | None:
    return [_full_date(int(found["day"]), int(found["number"]), int(found["year"]))]


def _named(found: Found, scene: Scene) -> list[Token] | None:
    month = _month_number(found["month"])
    return [_dated(_digits(found["day"]), month, found["year"], scene)]


def _several_named(found: Found, scene: Scene) -> list[Token] | None:
    """Read days that share one month: "4th or 5th of December", "4-8 December"."""
    month = _month_number(found["month"])
    numbers = [_digits(text) for text in re.findall(_NUMBER, found["list"])]
    dates = [_dated(day, month, found["year"], scene) for day in numbers]
    joiner = "to" if re.search(r"-|\bto\b|until", found["list"]) else "or"
    tokens: list[Token] = [dates[0]]
    for day in dates[1:]:
        tokens += [Link(joiner), day]
    return tokens


def _ordinal(found: Found, scene: Scene) -> list[Token] | None:
    day = next_day_number(_digits(found["day"]), scene.today)
    return [_numbered(day) if day else Puzzle(NO_SUCH_DATE)]


def _numbered(day: date) -> Days:
    return Days(day, day, numbered=True)


def _day_number(found: Found, scene: Scene) -> list[Token] | None:
    """Take a number too large for a clock as the day of the month."""
    number = int(found["day"])
    day = next_day_number(number, scene.today) if number > _LAST_HOUR else None
    return [_numbered(day)] if day else None


def _week_of(found: Found, scene: Scene) -> list[Token] | None:
    text = found["number"]
    if text:
        made = _dated(int(found["day"]), int(text), None, scene)
    elif found["month"]:
        made = _dated(_digits(found["day"]), _month_number(found["month"]), None, scene)
    else:
        day = next_day_number(_digits(found["day"]), scene.today)
        made = one_day(day) if day else Puzzle(NO_SUCH_DATE)
    if not isinstance(made, Days):
        return [made]
    part = "mid" if (found["part"] or "").endswith("week") else found["part"]
    return [part_of_week(school_week(monday_of(made.first)), part)]


_SEPARATOR = r"(?: ?(?:-|/|,|or|and|to|until|or the|and the|to the|until the|, the) ?)"

DATE_RULES: tuple[Rule, ...] = (
    rule(r"(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)", _iso),
    rule(
        r"(?:(?:the )?(?P<part>mid ?-?week|start|beginning|middle|mid|end|early|late|early part|"
        r"latter part)(?: of| in)?,? ?(?:the )?)?"
        rf"(?:w/c|wc|week commencing|week beginning|w/b|week starting|(?:the )?week of)"
        rf"(?: monday)? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?:/(?P<number>\d\d?)|(?: of)? {_MONTH})?",
        _week_of,
    ),
    *NTH_RULES,
    rule(
        rf"(?:the )?(?P<list>{_NUMBER}(?:{_SEPARATOR}{_NUMBER})+)(?: of)? {_MONTH}{_YEAR}",
        _several_named,
    ),
    rule(r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})(?P<year>)(?= (?:at|@) \d)", _slashes),
    rule(r"(?P<day>\d{1,2})/(?P<number>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?", _slashes),
    rule(
        r"(?P<day>\d{1,2})(?P<mark>[.-])(?P<number>\d{1,2})(?P=mark)(?P<year>20\d\d|\d\d)", _slashes
    ),
    rule(rf"(?:the )?(?P<day>{_ORDINAL}|{_NUMBER})(?: of)? {_MONTH}{_YEAR}", _named),
    rule(
        rf"(?:the )?(?:3[2-9]|[4-9]\d)(?:(?:st|nd|rd|th)(?: of)?(?: (?:{'|'.join(MONTHS)}))?"
        rf"| (?:of )?(?:{'|'.join(MONTHS)}))",
        lambda _, __: [Puzzle(NO_SUCH_DATE)],
    ),
    rule(
        rf"{_MONTH} (?:the )?(?P<list>{_NUMBER}(?: ?(?:,|or|and|, or) ?{_NUMBER})+)"
        rf"(?! ?(?:am|pm|o'clock|[:.]\d)){_YEAR}",
        _several_named,
    ),
    rule(rf"{_MONTH} (?:the )?(?P<day>{_ORDINAL})(?! week){_YEAR}", _named),
    rule(
        rf"{_MONTH} (?P<day>3[01]|[12]\d|[1-9])(?![\d:.]|\s?(?:am|pm|o'clock|-|ish|days|"
        rf"weeks)){_YEAR}",
        _named,
    ),
    *MONTH_RULES,
    rule(
        rf"(?:(?:the )?(?=\d)|the )(?P<day>{_ORDINAL})(?! (?:week|thing|day|lesson|"
        rf"period|time|half|term|one|"
        rf"option|choice|slot|child|person|year|class|floor|name|offence|warning|place|parent|school))",
        _ordinal,
    ),
)

DAY_NUMBER_RULES: tuple[Rule, ...] = (
    rule(r"(?:the )?(?P<day>3[01]|[12]\d)(?![:.]\d)", _day_number),
)
