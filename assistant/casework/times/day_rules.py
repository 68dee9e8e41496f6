"""Rules for days named from where we stand: tomorrow, Thursday week, early next week, asap."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.casework.times.asking import EVERY_OTHER_WEEK, HAS_PASSED
from assistant.casework.times.clock_rules import (
    NUMBER,
    Found,
    Rule,
    number,
    rule,
)
from assistant.casework.times.day_parts import PARTS
from assistant.casework.times.shapes import (
    DAY_END,
    Anything,
    Days,
    Hours,
    Puzzle,
    Scene,
    Token,
    Weekday,
)
from assistant.casework.times.spellings import WEEKDAYS

WEEK = timedelta(days=7)
_FRIDAY = 4
OPEN_END = timedelta(days=13)
"""From the first to the last of the 14 days that "from Thursday" runs when no end is said."""

_DAY = rf"(?P<day>{'|'.join(WEEKDAYS)})"
_PART = {"morning": (480, 720), "afternoon": (720, 1020), "evening": (1020, 1200),
         "night": (1020, 1200)}  # fmt: skip


def one_day(day: date, *, unsure: bool = False) -> Days:
    """Make the days of a single date."""
    return Days(day, day, unsure=unsure)


def monday_of(day: date) -> date:
    """Give the Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def school_week(monday: date, *, unsure: bool = False) -> Days:
    """Make Monday to Friday of a week, which a weekday may narrow."""
    return Days(monday, monday + timedelta(days=4), scope=True, unsure=unsure)


def coming(index: int, today: date) -> date:
    """Give the next such weekday after today: said on a Tuesday, "Tuesday" is in a week."""
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)


def this_week(scene: Scene) -> Days:
    """Make the school week we are in; at the weekend, doubtfully, the one that comes."""
    monday = monday_of(scene.today)
    if scene.today.weekday() > _FRIDAY:
        return school_week(monday + WEEK, unsure=True)
    return school_week(monday)


def _tomorrow(_: Found, scene: Scene) -> list[Token] | None:
    return [one_day(scene.today + timedelta(days=1))]


def _today(_: Found, scene: Scene) -> list[Token] | None:
    return [one_day(scene.today)]


def _part_of_today(found: Found, scene: Scene) -> list[Token] | None:
    start, end = _PART[found["part"]]
    return [one_day(scene.today), Hours(start, end)]


def _tonight(_: Found, scene: Scene) -> list[Token] | None:
    return [one_day(scene.today), Hours(17 * 60, 20 * 60)]


def _after_next_day(_: Found, scene: Scene) -> list[Token] | None:
    return [one_day(scene.today + timedelta(days=2))]


def _weekday(found: Found, _: Scene) -> list[Token] | None:
    return [Weekday(WEEKDAYS.index(found["day"]))]


def _nth_from_there(found: Found, _: Scene) -> list[Token] | None:
    """Read the day of "the last Friday before half term": the nearest one to it is meant."""
    return [Weekday(WEEKDAYS.index(found["day"] or found["other"]))]


def _weekdays(found: Found, _: Scene) -> list[Token] | None:
    return [Weekday(WEEKDAYS.index(found["day"]), many=True)]


def _this_weekday(found: Found, scene: Scene) -> list[Token] | None:
    index = WEEKDAYS.index(found["day"])
    if index == scene.today.weekday():
        return [one_day(scene.today, unsure=True)]
    return [one_day(coming(index, scene.today))]


def _next_weekday(found: Found, scene: Scene) -> list[Token] | None:
    index = WEEKDAYS.index(found["day"])
    day = monday_of(scene.today) + WEEK + timedelta(days=index)
    return [one_day(day, unsure=day != coming(index, scene.today))]


def _in_days(found: Found, scene: Scene) -> list[Token] | None:
    amount = found["amount"]
    days = 2 if "couple" in amount else number(amount) if amount not in {"a", "an"} else 1
    return [one_day(scene.today + timedelta(days=days), unsure="couple" in amount)]


def _gone_by(_: Found, __: Scene) -> list[Token] | None:
    return [Puzzle(HAS_PASSED)]


def _soon(_: Found, scene: Scene) -> list[Token] | None:
    """Give the rest of today and the next school day."""
    following = scene.calendar.school_days_from(scene.today + timedelta(days=1), 1)[0]
    if scene.now.hour * 60 >= DAY_END:
        return [Days(following, following, soon=True)]
    return [Days(scene.today, following, soon=True)]


def _anything(_: Found, __: Scene) -> list[Token] | None:
    return [Anything()]


def _early_or_late(found: Found, scene: Scene) -> list[Token] | None:
    """Read "late Friday", and "early tomorrow morning" with the hours of "early morning"."""
    named, tomorrow = found["any_day"], one_day(scene.today + timedelta(days=1))
    day: Token = tomorrow if named == "tomorrow" else Weekday(WEEKDAYS.index(named))
    if found["part"]:
        start, end = PARTS[f"{found['when']} {found['part']}"]
        return [day, Hours(start, end)]
    start, end = PARTS["first thing" if found["when"] == "early" else "late afternoon"]
    return [day, Hours(start, end, unsure=True)]


def _early_or_late_today(found: Found, scene: Scene) -> list[Token] | None:
    return [one_day(scene.today), Hours(*PARTS[f"{found['when']} {found['part']}"])]


def _every_other(_: Found, __: Scene) -> list[Token] | None:
    return [Puzzle(EVERY_OTHER_WEEK)]


DAY_RULES: tuple[Rule, ...] = (
    rule(rf"(?:the )?last {_DAY}(?= before)|(?:the )?first {_DAY.replace('day>', 'other>')}"
         r"(?= after)", _nth_from_there),
    rule(rf"last (?:{_DAY}|week|month|night|term|year)|yesterday", _gone_by),
    rule(rf"(?:in )?(?P<amount>{NUMBER}|a couple of) days?(?:'? time| from now|s time)", _in_days),
    rule(rf"in (?P<amount>{NUMBER}|a|a couple of) days?", _in_days),
    rule(rf"(?P<when>early|late) (?:on )?(?P<any_day>{'|'.join(WEEKDAYS)}|tomorrow)"
         r"(?: (?P<part>morning|afternoon|evening))?", _early_or_late),
    rule(rf"every (?:other|second) (?:{_DAY}|week)", _every_other),
    rule(r"(?:the )?day after tomorrow|overmorrow|(?:the )?day after next", _after_next_day),
    rule(r"(?:the )?(?:tomorrow)", _tomorrow),
    rule(r"(?P<when>early|late) this (?P<part>morning|afternoon|evening)", _early_or_late_today),
    rule(r"(?:later )?this (?P<part>morning|afternoon|evening|night)", _part_of_today),
    rule(r"today (?P<part>morning|afternoon|evening|night)", _part_of_today),
    rule(r"tonight|the neet|later tonight", _tonight),
    rule(r"(?:(?:by |before )?(?:the )?(?:end|close) of (?:play|business)|"
         rf"by (?:the )?end of (?:the )?day)(?! (?:on )?(?:the )?(?:{'|'.join(WEEKDAYS)}|tom|\d))|"
         r"later (?:on )?today|rest of (?:the )?day|today|later on|later(?! (?:than|this|next|"
         r"in))", _today),
    rule(rf"(?:this|this coming|the coming|coming) {_DAY}(?: coming)?", _this_weekday),
    rule(r"(?:but )?(?:not|nothing) (?:too |very |that |really )?early"
         r"(?! (?:doors|morning|on|next|this))",
         lambda _, __: [Hours(9 * 60, DAY_END, unsure=True)]),
    rule(rf"(?:the )?(?:next) {_DAY}", _next_weekday),
    rule(rf"{_DAY} (?:after next)", lambda found, scene: [
        one_day(coming(WEEKDAYS.index(found["day"]), scene.today) + WEEK, unsure=True)]),
    rule(rf"(?:every|each|any|most|all|a|some) {_DAY}(?:s|'s)?", _weekdays),
    rule(rf"{_DAY}s(?!')", _weekdays),
    rule(rf"{_DAY}(?:'s)?", _weekday),
    rule(r"a\.?s\.?a\.?p(?: (?:that )?you(?:'?ve| have| can)(?: got| do)?)?|"
         r"as soon as (?:possible|poss|you can)|straight away|right away|immediately|"
         r"urgently|now|right now|at once|first available|earliest(?: you have| possible)?|"
         r"as early as possible|"
         r"soon as(?: possible| poss| you can)?(?=\s*(?:$|[,.;!?]|please|ta\b))",
         _soon),
    rule(r"whenever(?! (?:i|we|he|she|they|my|his|her|their|the|our)\b)|"
         r"any (?:other )?(?:day|weekday|school day)(?: of the week| at all)?|"
         r"(?:(?:one|any|either) of )?the other days|"
         r"every (?:day|weekday)|"
         r"(?:i'?m |im )?(?:easy|flexible|not fussed|not bothered)|week ?days?|school days|"
         r"no preference|any ?when|any(?=\s*$)|"
         r"when(?:ever)? (?:you|it|they) (?:can|want|like|suits?)(?: you)?|i don'?t mind|dont mind|"
         r"anything|up to you|your choice|"
         r"you choose",
         _anything),
)  # fmt: skip
