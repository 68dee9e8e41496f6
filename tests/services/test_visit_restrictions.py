"""A parent who may not come in is met by phone or video, with the same courtesy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.casework.kinds import MeetingMode
from assistant.services.desk import Desk
from assistant.services.errors import NotHere
from assistant.services.lift_restriction import lift_restriction
from assistant.services.meeting_errors import VisitNotAllowed
from assistant.services.move_meeting import move_meeting
from assistant.services.restrict_visits import restrict_visits
from assistant.services.shapes import Contact, Needs
from assistant.services.visit_restrictions import (
    NotTheirsToDecide,
    RestrictionUnclear,
    refusal_of_visit,
    restriction_for,
)
from assistant.store.meeting_tables import Meeting
from tests.databases import ON_SQLITE
from tests.desks import pass_time, stored
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, PARENT, book, count

pytestmark = ON_SQLITE

HEAD, CLERK = "mrs-ashworth", "ms-whitaker"
REASON = "Threw a chair in the office on Monday."
SAME_PERSON = [
    Contact("S", "+44 7700 900123"),
    Contact("Somebody Else", "07700-900-123", "other@home.example"),
    Contact("", "", " SAM@Parent.example "),
]


def restrict(desk: Desk, key: str = "key", *, days: int = 30, **changes: object) -> str:
    until = desk.clock.now().date() + timedelta(days=days)
    wish = {"staff_id": HEAD, "contact": PARENT, "reason": REASON, "expires_on": until}
    return restrict_visits(desk, idempotency_key=key, **(wish | changes))  # type: ignore[arg-type]


def test_a_visit_is_refused_calmly_and_phone_and_video_are_offered_at_that_time(
    desk: Desk,
) -> None:
    restrict(desk)
    with pytest.raises(VisitNotAllowed, match="by phone or video call") as refusal:
        book(desk, "key")
    assert refusal.value.modes == (MeetingMode.PHONE, MeetingMode.VIDEO)
    assert "Nothing you wrote is lost" in str(refusal.value)
    assert count(desk, Meeting) == 0
    assert book(desk, "key", mode=MeetingMode.PHONE).status == "booked"


@pytest.mark.parametrize("contact", SAME_PERSON, ids=["+44", "phone alone", "e-mail alone"])
def test_they_are_known_by_phone_or_e_mail_however_it_is_written(
    desk: Desk, contact: Contact
) -> None:
    restrict(desk)
    with pytest.raises(VisitNotAllowed):
        book(desk, "key", contact=contact)


def test_nobody_else_is_refused(desk: Desk) -> None:
    restrict(desk)
    for number, contact in enumerate((Contact("Sam Parent"), Contact("Lee", "07700 900124"))):
        start = HALF_PAST_NINE + number * timedelta(hours=1)
        assert book(desk, f"key {number}", start, contact=contact).mode == "in_person"


def test_where_nothing_is_free_by_phone_then_the_nearest_times_are_offered(desk: Desk) -> None:
    restrict(desk)
    needs = Needs(interpreter="British Sign Language")  # in person or by video
    with pytest.raises(VisitNotAllowed) as refusal:
        book(desk, "key", london("2026-11-25T09:30"), host_id="ms-begum", needs=needs)
    assert (refusal.value.modes, refusal.value.alternatives) == ((), [])
    with pytest.raises(VisitNotAllowed) as refusal:
        book(desk, "key", london("2026-11-25T08:30"))  # the gates
    assert len(refusal.value.alternatives) == 3
    assert all(MeetingMode.IN_PERSON not in slot.modes for slot in refusal.value.alternatives)


def test_it_ends_after_its_last_day(desk: Desk) -> None:
    restrict(desk, days=1)
    pass_time(desk, days=1)
    assert restriction_for(desk, PARENT)
    pass_time(desk, days=1)
    assert restriction_for(desk, PARENT) is None


def test_it_ends_when_it_is_lifted(desk: Desk) -> None:
    made = restrict(desk)
    for _ in range(2):
        lift_restriction(desk, staff_id=CLERK, restriction_id=made, why="We talked.")
    assert restriction_for(desk, PARENT) is None
    assert book(desk, "key").mode == "in_person"
    with pytest.raises(NotHere):
        lift_restriction(desk, staff_id=CLERK, restriction_id="0" * 32)


def test_a_meeting_that_is_booked_stays_and_moves_only_to_the_phone(desk: Desk) -> None:
    booked = book(desk, "key")
    restrict(desk)
    wish = {"meeting_id": booked.id, "starts_at": HALF_PAST_NINE + timedelta(hours=1)}
    with pytest.raises(VisitNotAllowed) as refusal:
        move_meeting(desk, idempotency_key="one", **wish)  # type: ignore[arg-type]
    assert MeetingMode.PHONE in refusal.value.modes
    moved = move_meeting(desk, idempotency_key="two", mode=MeetingMode.PHONE, **wish)  # type: ignore[arg-type]
    assert (moved.mode, moved.place[:8]) == ("phone", "By phone")


def test_a_refusal_can_be_foreseen_before_anything_is_sent(desk: Desk) -> None:
    wish = {"contact": PARENT, "host_id": HOST, "starts_at": HALF_PAST_NINE}
    assert refusal_of_visit(desk, **wish) is None  # type: ignore[arg-type]
    restrict(desk)
    foreseen = refusal_of_visit(desk, **wish)  # type: ignore[arg-type]
    assert foreseen is not None
    assert foreseen.modes == (MeetingMode.PHONE, MeetingMode.VIDEO)


@pytest.mark.parametrize("staff_id", [HEAD, "mr-mensah", CLERK])
def test_head_deputy_and_clerk_decide(desk: Desk, staff_id: str) -> None:
    made = restrict(desk, staff_id=staff_id)
    found = restriction_for(desk, PARENT)
    assert found is not None
    assert (found.id, found.decided_by) == (made, staff_id)


@pytest.mark.parametrize("staff_id", [HOST, "mrs-yusuf", "ms-begum", "nobody"])
def test_nobody_else_decides(desk: Desk, staff_id: str) -> None:
    with pytest.raises(NotTheirsToDecide):
        restrict(desk, staff_id=staff_id)
    made = restrict(desk)
    with pytest.raises(NotTheirsToDecide):
        lift_restriction(desk, staff_id=staff_id, restriction_id=made)


@pytest.mark.parametrize(
    "changes",
    [{"reason": "  "}, {"days": -1}, {"contact": Contact("Sam Parent", "ring the office")}],
    ids=["no reason", "over already", "nothing to know them by"],
)
def test_a_restriction_needs_a_reason_an_end_and_somebody(
    desk: Desk, changes: dict[str, object]
) -> None:
    with pytest.raises(RestrictionUnclear):
        restrict(desk, **changes)  # type: ignore[arg-type]


def test_a_repeated_key_restricts_once(desk: Desk) -> None:
    assert restrict(desk) == restrict(desk)
    lift_restriction(desk, staff_id=HEAD, restriction_id=restrict(desk))
    assert restriction_for(desk, replace(PARENT, name="Sam")) is None


def test_nothing_readable_is_stored_of_the_parent_or_the_reason(desk: Desk) -> None:
    restrict(desk)
    text = stored(desk.unit_of_work, "visit_restriction", "history_detail")
    for secret in ("Sam", "07700", "900123", "parent.example", "chair"):
        assert secret not in text
