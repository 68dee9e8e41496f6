"""A parent who may not come in is met by phone or video, with the same courtesy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.casework.kinds import MeetingMode
from assistant.services.desk import Desk
from assistant.services.meeting_errors import VisitNotAllowed
from assistant.services.move_meeting import move_meeting
from assistant.services.shapes import Contact, Needs
from assistant.services.visit_restrictions import (
    refusal_of_visit,
    restriction_for,
)
from assistant.store.meeting_tables import Meeting
from tests.databases import ON_SQLITE
from tests.desks import pass_time, stored
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, PARENT, book, count
from tests.services.filings import HEAD
from tests.services.policing import REASON, close_visits, decide, use_of

pytestmark = ON_SQLITE

SAME_PERSON = [
    Contact("S", "+44 7700 900123"),
    Contact("Somebody Else", "07700-900-123", "other@home.example"),
    Contact("", "", " SAM@Parent.example "),
]


def restrict(desk: Desk, key: str = "visits", *, days: int = 30, contact: Contact = PARENT) -> str:
    until = desk.clock.now().date() + timedelta(days=days)
    return close_visits(desk, key, contact=contact, until=until)


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
    reference = restrict(desk)
    use = use_of(desk, reference).id
    for _ in range(2):
        decide(desk, reference, restriction_id=use, staff_id=HEAD)
    assert restriction_for(desk, PARENT) is None
    assert book(desk, "key").mode == "in_person"


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


def test_nothing_readable_is_stored_of_the_parent_or_the_reason(desk: Desk) -> None:
    restrict(desk)
    text = stored(desk.unit_of_work, "visit_restriction", "history_detail")
    for secret in ("Sam", "07700", "900123", "parent.example", REASON):
        assert secret not in text
