"""What would come of a change of hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.availability.effects import Booked, fits, left_outside, never_offered
from assistant.casework.host_hours import Closed, DayException, HostHours
from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.school_shapes import Availability, MeetingRules
from assistant.casework.slots import Diary
from tests.instants import london

RULES = MeetingRules((Role.TEACHER,), 30, 10, 0, 60, 5)
PHONE, VIDEO = MeetingMode.PHONE, MeetingMode.VIDEO
GATE = Closed(None, time(15), time(15, 30))
SESSION = Closed(date(2026, 12, 9), time(15, 30), time(17, 30))
TODAY = date(2026, 11, 24)


def on_phone(weekday: int, start: time, end: time) -> Availability:
    return Availability("me", weekday, start, end, (PHONE,))


HOURS = HostHours("me", (on_phone(1, time(15, 30), time(17)),), (), (GATE, SESSION), RULES)
TALK = Booked("SG-1", london("2026-12-08T16:00"), london("2026-12-08T16:30"), PHONE)


def test_a_meeting_is_left_outside_by_a_shorter_day_a_lost_mode_or_a_blocked_date() -> None:
    shorter = replace(HOURS, pattern=(on_phone(1, time(15, 30), time(16, 25)),))
    by_video = replace(HOURS, pattern=(replace(HOURS.pattern[0], modes=(VIDEO,)),))
    blocked = replace(
        HOURS,
        exceptions=(DayException(TALK.starts_at.date(), time(16), time(17), free=False, modes=()),),
    )
    for after in (shorter, by_video, blocked, replace(HOURS, pattern=())):
        assert left_outside(HOURS, after, [TALK]) == (TALK,)
    assert left_outside(HOURS, HOURS, [TALK]) == ()


def test_no_tuesdays_except_one_leaves_the_meeting_of_that_day_inside() -> None:
    other = TALK._replace(reference="SG-2", starts_at=london("2026-12-01T16:00"))
    other = other._replace(ends_at=other.starts_at + timedelta(minutes=30))
    except_the_8th = DayException(
        date(2026, 12, 8), time(15, 30), time(17), free=True, modes=(PHONE,)
    )
    after = replace(HOURS, pattern=(), exceptions=(except_the_8th,))
    assert left_outside(HOURS, after, [other, TALK]) == (other,)


def test_a_meeting_that_was_outside_already_is_not_named_again() -> None:
    evening = TALK._replace(
        starts_at=london("2026-12-08T19:00"), ends_at=london("2026-12-08T19:30")
    )
    assert left_outside(HOURS, replace(HOURS, pattern=()), [evening]) == ()


def test_a_meeting_of_the_old_length_stays_inside_when_only_the_length_changes() -> None:
    longer = replace(HOURS, rules=replace(RULES, minutes=60))
    assert left_outside(HOURS, longer, [TALK]) == ()


@given(
    st.builds(time, st.integers(8, 18), st.sampled_from(range(0, 60, 5))),
    st.sampled_from([date(2026, 12, 8), date(2026, 12, 9), date(2027, 3, 30)]),
)
def test_whatever_can_be_booked_lies_within_the_hours(start: time, day: date) -> None:
    pattern = tuple(on_phone(weekday, start, time(20)) for weekday in range(5))
    hours = replace(HOURS, pattern=pattern)
    for slot in Diary(hours, (), london("2026-11-24T10:15")).opening(day):
        assert fits(hours, Booked("SG-1", slot.starts_at, slot.ends_at, PHONE))


def test_gates_and_staff_sessions_are_said_never_to_be_offered() -> None:
    wide = replace(
        HOURS,
        pattern=(
            on_phone(0, time(14), time(16)),
            on_phone(1, time(14), time(16)),
            on_phone(2, time(15, 30), time(17)),
        ),
    )
    assert never_offered(wide, TODAY) == (
        "3pm to 3.30pm is gate time, so it is not offered on Monday and Tuesday.",
        "Wednesday 9 December, 3.30pm to 5.30pm, is a staff session, so it is not offered.",
    )
    assert never_offered(wide, date(2026, 12, 10))[1:] == ()


def test_times_in_which_no_meeting_fits_are_named() -> None:
    short = replace(HOURS, pattern=(on_phone(3, time(9, 5), time(9, 40)),))
    assert never_offered(short, TODAY) == (
        (
            "Thursday, 9.05am to 9.40am: no meeting of 30 minutes that starts on a quarter hour "
            "fits, so parents are not shown these times."
        ),
    )
    joined = (on_phone(3, time(9), time(9, 20)), on_phone(3, time(9, 20), time(9, 40)))
    assert never_offered(replace(HOURS, pattern=joined), TODAY) == ()
