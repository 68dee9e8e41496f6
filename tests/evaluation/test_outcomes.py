"""How a conversation ended, told from records and alerts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.evaluation.outcomes import Ending, Held, Step, ending_of, recipient

AT = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
MEETING = Held("meeting", "m1", "TG-1", "booked", "staff", starts_at=AT)
COMPLAINT = Held("complaint", "c1", "TG-2", "received", "complaint", "Mrs Okafor, headteacher")
BEFORE = replace(MEETING, earlier=True)


def turn(*records: Held, said: str = "yes", channel: str = "staff", expects: str | None = None,
         alerts: tuple[str, ...] = ()) -> Step:  # fmt: skip
    return Step(said, channel, expects, records, alerts)


def test_a_booked_meeting_is_a_meeting_with_its_channel() -> None:
    assert ending_of([turn(), turn(MEETING)]) == Ending("meeting", "staff")


def test_a_recorded_complaint_is_a_complaint() -> None:
    assert ending_of([turn(COMPLAINT, channel="complaint")]) == Ending("complaint", "complaint")


@pytest.mark.parametrize(
    "case",
    [
        replace(COMPLAINT, channel="governors"),
        replace(COMPLAINT, handler="Mr Bell, chair of governors, through the clerk"),
    ],
)
def test_a_complaint_that_went_to_the_governors_is_with_them(case: Held) -> None:
    assert ending_of([turn(case)]) == Ending("complaint", "governors")


def test_a_meeting_booked_and_cancelled_again_is_cancelled() -> None:
    gone = replace(MEETING, status="cancelled")
    assert ending_of([turn(MEETING), turn(gone)]) == Ending("cancelled", "staff")


def test_a_meeting_booked_and_cancelled_within_one_turn_is_cancelled() -> None:
    assert ending_of([turn(replace(MEETING, status="cancelled"))]).outcome == "cancelled"


def test_a_withdrawn_complaint_is_cancelled_with_complaint() -> None:
    before = replace(COMPLAINT, earlier=True)
    steps = [turn(before), turn(replace(before, status="withdrawn"))]
    assert ending_of(steps, [before]) == Ending("cancelled", "complaint")


def test_an_earlier_meeting_that_was_moved_is_rescheduled() -> None:
    moved = replace(BEFORE, starts_at=AT + timedelta(days=1))
    assert ending_of([turn(BEFORE), turn(moved)], [BEFORE]) == Ending("rescheduled", "staff")


def test_a_meeting_of_this_conversation_that_was_moved_is_still_a_meeting() -> None:
    moved = replace(MEETING, starts_at=AT + timedelta(days=1))
    assert ending_of([turn(MEETING), turn(moved)]).outcome == "meeting"


def test_an_earlier_meeting_that_nobody_touched_is_no_outcome() -> None:
    assert ending_of([turn(BEFORE, channel="smalltalk")], [BEFORE]) == Ending("none", None)


def test_an_earlier_meeting_cancelled_before_is_not_cancelled_again() -> None:
    gone = replace(BEFORE, status="cancelled")
    assert ending_of([turn(gone, channel="smalltalk")], [gone]).outcome == "none"


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        ("safeguarding", "safeguarding"),
        ("emergency", "emergency"),
        ("wellbeing", "wellbeing"),
        ("threat", "moderation"),
    ],
)
def test_an_alert_is_a_handoff_with_the_channel_of_its_kind(kind: str, channel: str) -> None:
    assert ending_of([turn(alerts=(kind,))]) == Ending("handoff", channel)


def test_a_meeting_booked_after_an_emergency_is_a_meeting() -> None:
    head = replace(MEETING, channel="headteacher")
    steps = [turn(alerts=("emergency",)), turn(head, alerts=("emergency",))]
    assert ending_of(steps) == Ending("meeting", "headteacher")


def test_a_disclosure_after_a_booking_is_a_handoff() -> None:
    steps = [turn(MEETING), turn(MEETING, alerts=("safeguarding",))]
    assert ending_of(steps) == Ending("handoff", "safeguarding")


@pytest.mark.parametrize("kind", ["call_back", "data_protection"])
def test_a_request_for_a_person_is_a_handoff_with_the_channel_of_the_turn(kind: str) -> None:
    request = Held(kind, "r1", "TG-3", "received", "statutory")
    assert ending_of([turn(request, channel="service")]) == Ending("handoff", "service")


def test_being_told_of_the_policy_is_a_signpost_also_when_the_parent_then_leaves() -> None:
    steps = [turn(channel="policy", said="what is the policy"),
             turn(channel="service", said="nah I'll think about it")]  # fmt: skip
    assert ending_of(steps) == Ending("signpost", "policy")


def test_the_last_place_named_is_the_signpost() -> None:
    steps = [turn(channel="policy", said="a"), turn(channel="statutory", said="b")]
    assert ending_of(steps).with_channel == "statutory"


def test_stopping_in_the_middle_of_a_form_is_none() -> None:
    steps = [turn(channel="staff", expects="child"), turn(channel="service", said="forget it")]
    assert ending_of(steps) == Ending("none", None)


def test_a_question_answered_within_a_form_does_not_make_a_signpost() -> None:
    steps = [turn(expects="when"), turn(channel="policy", expects="when", said="who reads it"),
             turn(channel="service", said="leave it")]  # fmt: skip
    assert ending_of(steps).outcome == "none"


def test_a_signpost_after_a_form_was_left_counts() -> None:
    steps = [turn(expects="child"), turn(channel="statutory", said="it is really the appeal")]
    assert ending_of(steps) == Ending("signpost", "statutory")


def test_only_a_greeting_is_none() -> None:
    assert ending_of([turn(channel="smalltalk", said="hello")]) == Ending("none", None)


def test_a_meeting_is_with_its_channel_whoever_hosts_it() -> None:
    assert recipient(replace(MEETING, handler="Mr Bell, chair of governors")) == "staff"
