"""What a parent's first words say exists already."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from assistant.casework.calendar import LONDON
from assistant.casework.kinds import Channel, Role
from assistant.evaluation.earlier import EarlierComplaint, EarlierMeeting, earlier_record
from tests.casework.test_times import CALENDAR, NOW


def found(text: str) -> EarlierMeeting | EarlierComplaint | None:
    return earlier_record(text, NOW, CALENDAR)


def thursday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("text", "role", "starts"),
    [
        ("I need to cancel my meeting with the class teacher on thursday at half three",
         Role.TEACHER, thursday(15, 30)),
        ("I've got a meeting with the headteacher on thursday at 4 and I need to move it",
         Role.HEADTEACHER, thursday(16)),
        ("can we move my thursday 9.30 appointment with the SENCO to monday afternoon?",
         Role.SENCO, thursday(9, 30)),
        ("cant make my appointment thurs 9am with the head, can i change it to friday",
         Role.HEADTEACHER, thursday(9)),
        ("we're booked in with the chair of governors on thursday at 5pm but I can't get off work",
         Role.CHAIR, thursday(17)),
        ("what time is my meeting with the deputy on thursday?", Role.DEPUTY, thursday(8)),
        ("my phone call with the head of year at 2 on thursday, no longer need it ta",
         Role.HEAD_OF_YEAR, thursday(14)),
    ],
)  # fmt: skip
def test_a_meeting_is_found_with_its_time_and_kind_of_person(
    text: str, role: Role, starts: datetime
) -> None:
    what = found(text)
    assert isinstance(what, EarlierMeeting)
    assert what.role is role
    assert what.windows[0].start == starts


def test_a_meeting_without_a_time_may_be_at_any_time() -> None:
    what = found("please cancel my appointment with his teacher")
    assert what == EarlierMeeting((), Role.TEACHER, Channel.STAFF)


@pytest.mark.parametrize(
    ("text", "days", "about_head"),
    [
        ("please withdraw my complaint, we've talked it over and it's sorted", 7, False),
        ("what's happening with the complaint I sent in last week", 7, False),
        ("I put a complaint in about the headteacher last month and heard nothing", 21, True),
        ("any news on my complaint? made it weeks ago", 21, False),
        ("can I drop the complaint i made yesterday", 1, False),
    ],
)
def test_a_complaint_is_found_with_its_age_and_whom_it_is_about(
    text: str, days: int, *, about_head: bool
) -> None:
    assert found(text) == EarlierComplaint(NOW - timedelta(days=days), about_head)


@pytest.mark.parametrize(
    "text",
    [
        "I want to make a complaint about the attendance letters",
        "I'd like to book an appointment with his teacher on thursday at 4",
        "can I have a meeting with the head, I can't make mornings",
        "my son was hit at lunch and nobody rang me",
        "formal complaint. now.",
        "can I move my daughter to the other class",
        "hello",
        "want to see his teacher about homework, hes getting detentions",
        "who deals with complaints about the head",
        "I need to change his lunch to packed lunch",
    ],
)
def test_somebody_who_comes_with_something_new_has_nothing_earlier(text: str) -> None:
    assert found(text) is None
