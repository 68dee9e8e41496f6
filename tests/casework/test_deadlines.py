"""Dates owed, and the sum behind each."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.calendar import SchoolCalendar, to_utc
from assistant.casework.deadlines import deadlines_for, deemed_received, extended
from assistant.casework.kinds import CaseKind, ClockType, Role
from assistant.casework.school import load_school
from assistant.casework.school_shapes import Stage
from tests.instants import london

SCHOOL = load_school("primary")
CALENDAR = SchoolCalendar.from_school(SCHOOL)
FORMAL = SCHOOL.first_stage(CaseKind.COMPLAINT)
LAST_EVENING_OF_TERM = london("2026-12-18T17:00")

instants = st.datetimes(
    datetime.fromisoformat("2026-09-01T00:00"),
    datetime.fromisoformat("2028-06-01T00:00"),
    timezones=st.just(UTC),
)
stages = st.builds(
    Stage,
    st.just("stage"),
    st.just("Stage"),
    st.just(Role.HEADTEACHER),
    st.integers(0, 10),
    st.integers(1, 40),
    st.sampled_from(ClockType),
)


def test_a_complaint_on_the_last_evening_of_term_is_due_after_the_holidays() -> None:
    acknowledge, reply = deadlines_for(FORMAL, LAST_EVENING_OF_TERM, CALENDAR)
    assert acknowledge.due_on == date(2027, 1, 11)
    assert reply.due_on == date(2027, 1, 25)
    assert acknowledge.sum == (
        "Received on Friday 18 December 2026. 5 school days after that is Monday 11 January 2027. "
        "Not counted: weekends; 21 December to 4 January "
        "(the school holidays, a bank holiday, a staff training day)."
    )


def test_a_complaint_in_the_holidays_counts_from_the_first_school_day_back() -> None:
    acknowledge, _ = deadlines_for(FORMAL, london("2026-12-19T09:00"), CALENDAR)
    assert acknowledge.due_on == date(2027, 1, 12)
    assert "when the school was closed, so it counts from Tuesday 5 January 2027" in acknowledge.sum


@pytest.mark.parametrize(
    ("lodged", "day_zero"),
    [
        (datetime.fromisoformat("2026-10-28T12:00"), date(2026, 11, 2)),
        (datetime.fromisoformat("2027-01-04T10:00"), date(2027, 1, 5)),
        (datetime.fromisoformat("2027-02-13T23:59"), date(2027, 2, 22)),
        (datetime.fromisoformat("2026-11-24T23:59"), date(2026, 11, 24)),
    ],
)
def test_out_of_term_means_the_first_school_day_back(lodged: datetime, day_zero: date) -> None:
    assert deemed_received(to_utc(lodged), CALENDAR) == day_zero


def test_just_before_midnight_in_summer_still_belongs_to_the_london_day() -> None:
    late = datetime(2027, 6, 15, 22, 59, tzinfo=UTC)
    assert deemed_received(late, CALENDAR) == date(2027, 6, 15)
    assert deemed_received(late.replace(hour=23), CALENDAR) == date(2027, 6, 16)


def test_a_data_protection_clock_does_not_stop_for_christmas() -> None:
    stage = SCHOOL.first_stage(CaseKind.DATA_PROTECTION)
    _, reply = deadlines_for(stage, london("2026-12-24T09:00"), CALENDAR)
    assert reply.due_on == date(2027, 1, 21)
    assert "Not counted" not in reply.sum


@pytest.mark.parametrize("month", range(1, 13))
def test_a_request_for_data_is_answered_within_the_month_of_the_law(month: int) -> None:
    received = date(2027, month, 28)
    stage = SCHOOL.first_stage(CaseKind.DATA_PROTECTION)
    _, reply = deadlines_for(stage, london(f"{received.isoformat()}T09:00"), CALENDAR)
    years, later = divmod(month, 12)
    assert reply.due_on <= date(2027 + years, later + 1, 28)


def test_a_data_protection_complaint_is_acknowledged_within_thirty_days_of_either_reading() -> None:
    stage = SCHOOL.first_stage(CaseKind.DATA_COMPLAINT)
    acknowledge, _ = deadlines_for(stage, london("2026-12-24T09:00"), CALENDAR)
    counted_with_the_day_of_receipt = (acknowledge.due_on - date(2026, 12, 24)).days + 1
    assert counted_with_the_day_of_receipt == 30


def test_an_extended_answer_says_so_in_its_sum() -> None:
    stage = SCHOOL.first_stage(CaseKind.DATA_PROTECTION)
    _, reply = deadlines_for(stage, london("2026-11-03T09:00"), CALENDAR)
    moved = extended(reply, 2, date(2026, 11, 20))
    assert (reply.due_on, moved.due_on) == (date(2026, 12, 1), date(2027, 2, 1))
    assert moved.sum.startswith(reply.sum)
    assert "Extended by 2 months on Friday 20 November 2026" in moved.sum


def test_beyond_the_published_terms_the_sum_says_what_was_assumed() -> None:
    _, reply = deadlines_for(FORMAL, london("2028-07-18T09:00"), CALENDAR)
    assert "has not published its terms" in reply.sum


@given(stages, instants)
def test_a_deadline_lies_the_promised_number_of_counted_days_after_day_zero(
    stage: Stage, received_at: datetime
) -> None:
    day_zero = deemed_received(received_at, CALENDAR, stage.clock)
    for deadline in deadlines_for(stage, received_at, CALENDAR):
        later = range(day_zero.toordinal() + 1, deadline.due_on.toordinal() + 1)
        counted = [CALENDAR.counts(date.fromordinal(day), stage.clock) for day in later]
        assert sum(counted) == deadline.days
        assert deadline.days == 0 or counted[-1]


@given(stages, instants, instants)
def test_whoever_complains_later_is_never_due_an_earlier_answer(
    stage: Stage, one: datetime, other: datetime
) -> None:
    earlier, later = sorted([one, other])
    for first, second in zip(
        deadlines_for(stage, earlier, CALENDAR), deadlines_for(stage, later, CALENDAR), strict=True
    ):
        assert first.due_on <= second.due_on
