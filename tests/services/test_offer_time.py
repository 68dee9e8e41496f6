"""Another time is offered, kept, and never promised to two."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.casework.kinds import TimeOfferKind
from assistant.casework.school_shapes import Relationship
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.live_time_offers import live_time_offers
from assistant.services.meeting_errors import HostNotAllowed, MeetingGone, SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.services.offer_time import offer_time
from assistant.services.shapes import Contact
from assistant.services.time_offers import WAITING_LIST
from assistant.store.ledger import Outbox
from tests.databases import AT_LENGTH_ON_BOTH
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, PARENT, book, count, free_on_wednesday
from tests.services.filings import mail
from tests.services.offers import FRIDAY_NOON, TEN, THURSDAY_NOON, held, offers, propose, states

pytestmark = AT_LENGTH_ON_BOTH

STRANGER = "miss-kaur"


def test_the_time_is_kept_for_the_parent_and_nobody_else_can_book_it(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    propose(desk, meeting)
    assert TEN not in free_on_wednesday(desk)
    with pytest.raises(SlotTaken):
        book(desk, "somebody else", TEN)
    assert held(desk) == 4


def test_the_parent_reads_what_is_offered_and_until_when(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id = propose(desk, meeting)
    (view,) = live_time_offers(desk, meeting.id)
    assert (view.id, view.kind, view.starts_at) == (offer_id, "proposed", TEN)
    assert view.ends_at - view.starts_at == timedelta(minutes=15)
    assert view.expires_at == TEN - timedelta(hours=4), "the host's notice"
    ((address, subject, body),) = [each for each in mail(desk) if "asks if another" in each[2]]
    assert (address, subject) == (PARENT.email, f"A message from {desk.school.short_name}")
    assert "asks if another time" in body
    assert "Wednesday 25 November, 10am to 10.15am" in body
    assert "until Wednesday 25 November, 6am" in body
    assert "your meeting stays on Thursday 26 November, 12 noon to 12.15pm" in body
    assert f"/r/{meeting.token}" in body


def test_a_far_time_is_kept_for_three_days_and_an_earlier_one_for_one(desk: Desk) -> None:
    meeting = book(desk, "mine", london("2026-12-10T12:00"))
    propose(desk, meeting, london("2026-12-09T12:00"))
    earlier = {"kind": TimeOfferKind.EARLIER, "made_by": WAITING_LIST, "idempotency_key": "e"}
    offer_time(desk, meeting_id=meeting.id, starts_at=london("2026-12-08T16:00"), **earlier)  # type: ignore[arg-type]
    ends = {view.kind: view.expires_at for view in live_time_offers(desk, meeting.id)}
    assert ends["proposed"] == desk.clock.now() + timedelta(hours=72)
    assert ends["earlier"] == desk.clock.now() + timedelta(hours=24)


def test_no_offer_outlives_the_meeting_that_it_would_move(desk: Desk) -> None:
    meeting = book(desk, "mine", HALF_PAST_NINE)
    propose(desk, meeting, FRIDAY_NOON)
    (view,) = live_time_offers(desk, meeting.id)
    assert view.expires_at == HALF_PAST_NINE


def test_a_time_that_leaves_no_hour_to_answer_is_not_offered(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    pass_time(desk, hours=6)  # a quarter past four: eight o'clock less four hours is far enough
    assert propose(desk, meeting, london("2026-11-25T08:00"))
    pass_time(desk, hours=13, minutes=20)  # 5.35 in the morning: ten less four is too close
    with pytest.raises(SlotTaken) as refusal:
        propose(desk, meeting, TEN, "too close")
    assert len(refusal.value.alternatives) == 3


def test_nothing_is_written_to_a_parent_whose_address_is_not_safe(desk: Desk) -> None:
    meeting = book(desk, "mine", contact=Contact("Sam", "07700 900123", "s@x.example", safe=False))
    before = count(desk, Outbox)
    propose(desk, meeting)
    assert count(desk, Outbox) == before
    assert len(live_time_offers(desk, meeting.id)) == 1


def test_a_repeated_key_makes_one_offer_and_one_letter(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    assert propose(desk, meeting) == propose(desk, meeting)
    assert len(offers(desk)) == 1
    assert len([body for _, _, body in mail(desk) if "asks if another" in body]) == 1


def test_a_new_proposal_takes_the_place_of_the_one_before(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    propose(desk, meeting)
    second = propose(desk, meeting, FRIDAY_NOON, "again")
    assert [view.id for view in live_time_offers(desk, meeting.id)] == [second]
    assert states(desk) == ["open", "withdrawn"]
    assert TEN in free_on_wednesday(desk)


def test_a_proposal_that_is_refused_leaves_the_one_before_standing(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    first = propose(desk, meeting)
    book(desk, "other", FRIDAY_NOON)
    with pytest.raises(SlotTaken):
        propose(desk, meeting, FRIDAY_NOON, "again")
    assert [view.id for view in live_time_offers(desk, meeting.id)] == [first]


def test_a_time_may_overlap_the_meetings_own(desk: Desk) -> None:
    meeting = book(desk, "mine", HALF_PAST_NINE)
    propose(desk, meeting, HALF_PAST_NINE + timedelta(minutes=5))
    assert held(desk) == 1, "all but the cells that the meeting has itself"


def test_an_offer_counts_against_the_days_cap_so_that_it_can_be_kept(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    for hour in ("09:00", "09:30", "11:00", "11:30"):
        book(desk, hour, london(f"2026-11-25T{hour}"))
    propose(desk, meeting)
    with pytest.raises(SlotTaken):
        book(desk, "the sixth", london("2026-11-25T12:30"))


def test_cancelling_takes_the_offer_back_in_the_same_breath(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    propose(desk, meeting)
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
    assert states(desk) == ["withdrawn"]
    assert held(desk) == 0
    assert live_time_offers(desk, meeting.id) == ()


def test_moving_takes_the_offer_back(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    propose(desk, meeting)
    move_meeting(desk, meeting_id=meeting.id, starts_at=FRIDAY_NOON, idempotency_key="m")
    assert states(desk) == ["withdrawn"]
    assert held(desk) == 0


@pytest.mark.parametrize("made_by", [STRANGER, "nobody-of-that-name"])
def test_who_may_not_see_the_meeting_finds_none(desk: Desk, made_by: str) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    for meeting_id in (meeting.id, "0" * 32):
        with pytest.raises(MeetingGone):
            offer_time(
                desk,
                meeting_id=meeting_id,
                starts_at=TEN,
                kind=TimeOfferKind.PROPOSED,
                made_by=made_by,
                idempotency_key="key",
            )
    assert offers(desk) == []


def test_the_wall_is_asked_again_for_the_host(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON, subjects=frozenset({STRANGER}))
    tie = Relationship(HOST, STRANGER, "partners")
    married = replace(desk, school=replace(desk.school, relationships=(tie,)))
    with pytest.raises(HostNotAllowed):
        offer_time(
            married,
            meeting_id=meeting.id,
            starts_at=TEN,
            kind=TimeOfferKind.EARLIER,
            made_by=WAITING_LIST,
            idempotency_key="key",
        )
    assert held(desk) == 0
