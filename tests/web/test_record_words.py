"""What a parent reads about their record."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.casework.school import load_school
from assistant.services.shapes import DeadlineView, RecordView
from assistant.web.record_words import can_cancel, can_withdraw, next_steps, notice

SCHOOL = load_school("primary")
TODAY = date(2026, 11, 24)
MADE = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


def a_meeting(status: str = "booked", mode: str = "in_person") -> RecordView:
    return RecordView(
        "meeting", "m1", "TG-7K2M-9QXR", status, "Booked", "a meeting", "staff", MADE,
        starts_at=datetime(2026, 11, 25, 15, 30, tzinfo=UTC), host_name="Mr Bennett", mode=mode,
        place="the meeting room",
    )  # fmt: skip


def a_case(status: str = "received", deadlines: tuple[DeadlineView, ...] = ()) -> RecordView:
    return RecordView(
        "complaint", "c1", "TG-7K2M-9QXR", status, "Received", "Complaint", "complaint", MADE,
        handler="the headteacher", deadlines=deadlines,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("in_person", "You meet Mr Bennett at the meeting room."),
        ("phone", "Mr Bennett rings you."),
        ("video", "You talk with Mr Bennett by video call."),
    ],
)
def test_a_booked_meeting_says_when_and_how_you_meet(mode: str, said: str) -> None:
    (step,) = next_steps(a_meeting(mode=mode), SCHOOL, TODAY)
    assert (step.when, step.what) == ("Wednesday 25 November 2026, 3.30pm", said)


def test_nothing_happens_next_with_a_cancelled_meeting_or_a_withdrawn_case() -> None:
    assert next_steps(a_meeting("cancelled"), SCHOOL, TODAY) == ()
    assert next_steps(a_case("withdrawn"), SCHOOL, TODAY) == ()


def test_the_dates_of_a_case_come_in_order_as_promises() -> None:
    dates = (
        DeadlineView("Reply", date(2026, 12, 15), ""),
        DeadlineView("Acknowledge", date(2026, 12, 1), ""),
    )
    steps = next_steps(a_case(deadlines=dates), SCHOOL, TODAY)
    assert [step.when for step in steps] == [
        "By Tuesday 1 December 2026",
        "By Tuesday 15 December 2026",
    ]
    assert steps[1].what == "The school gives you its answer."


def test_a_date_that_has_passed_says_so_and_what_to_do() -> None:
    dates = (DeadlineView("Reply", date(2026, 11, 23), ""),)
    (step,) = next_steps(a_case(deadlines=dates), SCHOOL, TODAY)
    assert f"That day has passed: ring {SCHOOL.phone}." in step.what


def test_a_case_without_dates_still_says_what_to_do() -> None:
    (step,) = next_steps(a_case(), SCHOOL, TODAY)
    assert SCHOOL.phone in step.what


def test_only_an_open_case_can_be_withdrawn() -> None:
    assert can_withdraw(a_case())
    assert not can_withdraw(a_case("closed"))
    assert not can_withdraw(a_meeting())


def test_the_page_never_confirms_what_did_not_happen() -> None:
    assert notice("cancelled", a_meeting("booked")) is None
    assert notice("withdrawn", a_case("received")) is None
    assert notice("<script>", a_case()) is None
    assert notice("cancelled", a_meeting("cancelled")) is not None


def test_a_meeting_can_be_cancelled_until_it_starts() -> None:
    meeting = a_meeting()
    assert can_cancel(meeting, MADE)
    assert meeting.starts_at is not None
    assert not can_cancel(meeting, meeting.starts_at)
    assert not can_cancel(a_meeting("cancelled"), MADE)


def test_the_parent_is_told_who_has_a_case_that_went_to_safeguarding() -> None:
    (step,) = next_steps(a_case("diverted"), SCHOOL, TODAY)
    assert "safeguarding lead" in step.what


def test_a_date_that_the_school_has_kept_is_no_longer_promised() -> None:
    dates = (
        DeadlineView("Acknowledge", date(2026, 12, 1), ""),
        DeadlineView("Reply", date(2026, 12, 15), ""),
    )
    assert len(next_steps(a_case("acknowledged", dates), SCHOOL, TODAY)) == 1
    (answered,) = next_steps(a_case("outcome_sent", dates), SCHOOL, TODAY)
    assert "next step" in answered.what


def test_a_date_to_come_is_told_as_something_to_come() -> None:
    dates = (DeadlineView("Decide the appeal", date(2026, 12, 8), ""),)
    (step,) = next_steps(a_case(deadlines=dates), SCHOOL, TODAY)
    assert step.what == "Somebody who had no part in it decides about what you asked."
