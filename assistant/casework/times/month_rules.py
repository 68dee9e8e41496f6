"""Rules for months and their parts: early next month, the last Friday of the month."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.day_rules import one_day
from assistant.casework.times.shapes import Days, Scene, Token
from assistant.casework.times.spelling import MONTHS
from assistant.casework.times.spellings import WEEKDAYS

_MONTH_PARTS = {"early": "early", "beginning": "early", "start": "early", "mid": "mid",
                "middle": "mid", "late": "end", "later": "end", "end": "end", "back end": "end",
                "very end": "end"}  # fmt: skip
_PART = (r"(?P<part>early|mid|late|later|(?:the )?(?:beginning|start|middle|very end|back end|end))"
         r"(?: (?:of|in))?[ -]")  # fmt: skip
_WHICH_MONTH = (
    rf"(?:the )?(?P<which>{'|'.join(MONTHS)}|next month|this month|following month|month)"
)


def _month_span(which: str, today: date) -> tuple[date, date]:
    if which in MONTHS:
        month = MONTHS.index(which) + 1
        year = today.year + (month < today.month)
    else:
        ahead = which.startswith(("next", "following"))
        year, index = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        month = index + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _month(found: Found, scene: Scene) -> list[Token] | None:
    first, last = _month_span(found["which"], scene.today)
    return [Days(first, last, scope=True)]


def _part_of_month(found: Found, scene: Scene) -> list[Token] | None:
    first, last = _month_span(found["which"], scene.today)
    part = _MONTH_PARTS[found["part"].removeprefix("the ")]
    if part == "early":
        return [Days(first, first.replace(day=10), scope=True)]
    if part == "mid":
        return [Days(first.replace(day=11), first.replace(day=20), scope=True)]
    return [Days(last - timedelta(days=4), last, scope=True)]


def _nth_weekday(found: Found, scene: Scene) -> list[Token] | None:
    """Find the first Monday in December, the last Friday of the month."""
    first, last = _month_span(found["which"], scene.today)
    index = WEEKDAYS.index(found["weekday"])
    if found["nth"] == "last":
        return [one_day(last - timedelta(days=(last.weekday() - index) % 7))]
    weeks = ("first", "second", "third", "fourth").index(found["nth"])
    return [one_day(first + timedelta(days=(index - first.weekday()) % 7 + 7 * weeks))]


def _nth_week(found: Found, scene: Scene) -> list[Token] | None:
    """Give seven days of a month: its first week is the 1st to the 7th."""
    first, last = _month_span(found["which"], scene.today)
    if found["nth"] == "last":
        return [Days(last - timedelta(days=6), last, scope=True, unsure=True)]
    start = first + timedelta(days=7 * ("first", "second", "third", "fourth").index(found["nth"]))
    return [Days(start, start + timedelta(days=6), scope=True, unsure=True)]


NTH_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:the )?(?P<nth>first|second|third|fourth|last) (?P<weekday>{'|'.join(WEEKDAYS)}) "
        rf"(?:of|in) {_WHICH_MONTH}",
        _nth_weekday,
    ),
    rule(
        rf"(?:the )?(?P<nth>first|second|third|fourth|last) week (?:of|in) {_WHICH_MONTH}",
        _nth_week,
    ),
)

MONTH_RULES: tuple[Rule, ...] = (
    rule(rf"{_PART}{_WHICH_MONTH}", _part_of_month),
    rule(rf"(?:in |during )?{_WHICH_MONTH.replace('|month)', ')')}(?! (?:term|time))", _month),
)
