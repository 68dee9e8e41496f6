"""Rules for feasts and bank holidays of England: Boxing Day, Good Friday, the bank holiday."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.date_rules import next_date
from assistant.casework.times.day_rules import one_day
from assistant.casework.times.shapes import Days, Scene, Token

_MONDAY, _SATURDAY = 0, 5
_MAY, _AUGUST, _DECEMBER = 5, 8, 12

_FEASTS = {"christmas eve": (24, 12), "christmas day": (25, 12), "boxing day": (26, 12),
           "new year'?s eve": (31, 12), "new year'?s day": (1, 1)}  # fmt: skip
_EASTER_DAYS = {"good friday": -2, "easter saturday": -1, "easter sunday": 0, "easter monday": 1}
"""Days from Easter Sunday."""


def easter_sunday(year: int) -> date:
    """Give the date of Easter in the Gregorian calendar (the Church's tables)."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    step = moon - weekday
    month = 3 + (step + 40) // 44
    return date(year, month, step + 28 - 31 * (month // 4))


def bank_holidays(year: int) -> list[date]:
    """List the bank holidays of England in a year, those in lieu of a weekend included."""
    easter = easter_sunday(year)
    moving = [easter + timedelta(days=step) for step in (-2, 1)]
    mondays = [_monday_from(date(year, _MAY, 1)), _monday_from(date(year, _MAY, 25)),
               _monday_from(date(year, _AUGUST, 25))]  # fmt: skip
    return sorted([_in_lieu(date(year, 1, 1)), *moving, *mondays, *_christmas(year)])


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _in_lieu(day: date) -> date:
    return _monday_from(day) if day.weekday() >= _SATURDAY else day


def _christmas(year: int) -> list[date]:
    first = _in_lieu(date(year, _DECEMBER, 25))
    second = _in_lieu(date(year, _DECEMBER, 26))
    return [first, second + timedelta(days=1) if second == first else second]


def _next_bank_holiday(scene: Scene, month: int = 0) -> date:
    years = (scene.today.year, scene.today.year + 1)
    found = [day for year in years for day in bank_holidays(year) if day >= scene.today]
    return next(day for day in found if not month or day.month == month)


def _bank_holiday(found: Found, scene: Scene) -> list[Token] | None:
    month = {"may": _MAY, "may day": _MAY, "august": _AUGUST}.get(found["which"] or "", 0)
    return [one_day(_next_bank_holiday(scene, month))]


def _bank_holiday_weekend(_: Found, scene: Scene) -> list[Token] | None:
    """Give Saturday to the Monday that is the bank holiday, or Good Friday to Easter Monday."""
    day = _next_bank_holiday(scene)
    first = day - timedelta(days=2) if day.weekday() == _MONDAY else day
    last = day if day.weekday() == _MONDAY else day + timedelta(days=3)
    return [Days(first, last, scope=True)]


def _feast(found: Found, scene: Scene) -> list[Token] | None:
    said = found["name"].replace("years", "year's").replace("'", "'?")
    day = next_date(*_FEASTS[said], scene.today)
    return [one_day(day)] if day else None


def _at_easter(found: Found, scene: Scene) -> list[Token] | None:
    step = timedelta(days=_EASTER_DAYS[found["name"]])
    years = (scene.today.year, scene.today.year + 1)
    days = (easter_sunday(year) + step for year in years)
    return [one_day(next(day for day in days if day >= scene.today))]


_BANK_HOLIDAY = r"(?:the |this |next )?(?:(?P<which>may day|may|august) )?bank ?hol(?:iday|s)?"

FEAST_RULES: tuple[Rule, ...] = (
    rule(rf"{_BANK_HOLIDAY} weekend", _bank_holiday_weekend),
    rule(rf"{_BANK_HOLIDAY}(?: monday)?", _bank_holiday),
    rule(rf"(?P<name>{'|'.join(_EASTER_DAYS)})", _at_easter),
    rule(rf"(?P<name>{'|'.join(_FEASTS)})", _feast),
)
