"""Which earlier times are news."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.casework.earlier import days_before, news
from assistant.casework.kinds import MeetingMode
from assistant.casework.slots import Slot
from tests.instants import london


def slot(wall: str) -> Slot:
    start = london(wall)
    return Slot("mr-bennett", start, start + timedelta(minutes=15), (MeetingMode.PHONE,))


TUESDAY_LATE = slot("2026-11-24T17:00")
WEDNESDAY_EARLY = slot("2026-11-25T08:00")
WEDNESDAY_NINE = slot("2026-11-25T09:00")
THURSDAY = slot("2026-11-26T08:00")
SLOTS = [TUESDAY_LATE, WEDNESDAY_EARLY, WEDNESDAY_NINE, THURSDAY]


def test_a_time_on_the_meetings_own_day_is_not_worth_a_move() -> None:
    meeting = london("2026-11-25T16:00")
    assert list(days_before(SLOTS, meeting)) == [TUESDAY_LATE]


def test_the_day_is_londons() -> None:
    just_after_midnight = london("2026-06-25T00:30")  # still the 24th in UTC
    summer = [slot("2026-06-24T17:00"), slot("2026-06-25T00:15")]
    assert list(days_before(summer, just_after_midnight)) == summer[:1]


def test_what_a_parent_could_have_had_already_is_no_news() -> None:
    passed_by = {TUESDAY_LATE.starts_at, WEDNESDAY_EARLY.starts_at}
    assert list(news(SLOTS, passed_by, frozenset())) == [WEDNESDAY_NINE, THURSDAY]


def test_nobody_is_asked_twice_about_one_day() -> None:
    asked_on = {date(2026, 11, 25)}
    assert list(news(SLOTS, frozenset(), asked_on)) == [TUESDAY_LATE, THURSDAY]
