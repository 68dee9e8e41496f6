"""Due dates against a second calendar that shares no code with ours: England's own holidays."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

from assistant.casework.calendar import SchoolCalendar
from assistant.casework.deadlines import Deadline, after_pause, deadlines_for, is_late
from assistant.casework.kinds import ClockType, Role
from assistant.casework.school import load_school
from assistant.casework.school_shapes import Stage

SCHOOL = load_school("primary")
CALENDAR = SchoolCalendar.from_school(SCHOOL)
BANK = holidays.country_holidays("GB", subdiv="ENG", years=range(2026, 2029))
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 9, 1), date(2027, 12, 31)
GENERATED = 10_000
SEED = 20261218


def pupils_come(day: date) -> bool:
    for term in SCHOOL.terms:
        away = term.half_term_start <= day <= term.half_term_end
        if term.start <= day <= term.end and not away:
            return day.isoweekday() <= 5 and day not in BANK and day not in SCHOOL.inset
    return False


def counted(day: date, clock: ClockType) -> bool:
    if clock is ClockType.CALENDAR_DAYS:
        return True
    if clock is ClockType.WORKING_DAYS:
        return day.isoweekday() <= 5 and day not in BANK
    return pupils_come(day)


def by_hand(received: date, days: int, clock: ClockType) -> date:
    day = received
    while clock is not ClockType.CALENDAR_DAYS and not pupils_come(day):
        day += DAY
    while days:
        day += DAY
        days -= counted(day, clock)
    return day


def any_moment(chance: random.Random) -> datetime:
    day = FIRST + chance.randrange((LAST - FIRST).days) * DAY
    minutes = timedelta(minutes=chance.randrange(24 * 60))
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/London")) + minutes


def test_ten_thousand_dates_are_those_of_the_other_calendar() -> None:
    chance, wrong = random.Random(SEED), []  # noqa: S311 - generated days, no secret
    for _ in range(GENERATED):
        at, clock, days = any_moment(chance), chance.choice([*ClockType]), chance.randint(0, 40)
        stage = Stage("stage", "Stage", Role.HEADTEACHER, days, days, clock)
        due = deadlines_for(stage, at, CALENDAR)[1].due_on
        if due != by_hand(at.date(), days, clock):
            wrong.append((at, clock, days, due))
    assert wrong == []


def test_a_pause_moves_a_date_by_the_days_that_it_stood_still() -> None:
    chance, wrong = random.Random(SEED), []  # noqa: S311 - generated days, no secret
    for _ in range(GENERATED):
        clock, days = chance.choice([*ClockType]), chance.randint(1, 30)
        received = FIRST + chance.randrange((LAST - FIRST).days) * DAY
        due_on = by_hand(received, days, clock)
        paused_on = received + chance.randint(0, (due_on - received).days) * DAY
        resumed_on = paused_on + chance.randint(1, 60) * DAY
        due = Deadline("Reply", due_on, clock, days, "Why.")
        spans = ((due_on - paused_on).days + 1) if due_on > paused_on else 1
        left = sum(counted(paused_on + step * DAY, clock) for step in range(1, spans))
        moved = after_pause(due, paused_on, resumed_on, CALENDAR)
        if moved.due_on != by_hand(resumed_on, left, clock):
            wrong.append((received, paused_on, resumed_on, clock, moved))
    assert wrong == []


def test_a_complaint_of_the_last_day_of_term_paused_over_christmas() -> None:
    formal = SCHOOL.stage("formal")
    at = datetime(2026, 12, 18, 17, 0, tzinfo=ZoneInfo("Europe/London"))
    reply = deadlines_for(formal, at, CALENDAR)[1]
    moved = after_pause(reply, date(2027, 1, 11), date(2027, 1, 18), CALENDAR)
    assert (reply.due_on, moved.due_on) == (date(2027, 1, 25), date(2027, 2, 1))
    assert moved.sum == (
        f"{reply.sum} Paused on Monday 11 January 2027 with 10 school days left. "
        "Taken up again on Monday 18 January 2027. "
        "10 school days after that is Monday 1 February 2027. Not counted: weekends."
    )


def test_a_date_that_had_passed_before_the_pause_stays() -> None:
    due = Deadline("Reply", date(2027, 1, 8), ClockType.SCHOOL_DAYS, 5, "Why.")
    assert after_pause(due, date(2027, 1, 11), date(2027, 1, 18), CALENDAR) is due


def test_three_months_are_calendar_months_and_the_last_day_is_in_time() -> None:
    assert not is_late(date(2026, 8, 24), date(2026, 11, 24), 3)
    assert is_late(date(2026, 8, 23), date(2026, 11, 24), 3)
    assert not is_late(date(2026, 11, 30), date(2027, 2, 28), 3)
    assert is_late(date(2026, 11, 30), date(2027, 3, 1), 3)
