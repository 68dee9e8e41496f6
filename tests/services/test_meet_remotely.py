"""A meeting in person is held by phone or video once its parent is asked not to come in."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import MeetingMode
from assistant.casework.policy_steps import RestrictedUse
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.meet_remotely import meet_remotely, visits_booked, visits_closed_until
from assistant.services.meeting_errors import SlotTaken
from assistant.services.open_link import open_link
from assistant.services.shapes import Contact
from assistant.services.view_meeting import view_meeting
from assistant.store.ledger import HistoryEvent
from tests.desks import pass_time
from tests.services.bookings import HALF_PAST_NINE, book
from tests.services.filings import CHAIR, HEAD, HEADS_HUSBAND, HEADS_PA, PARENT, mail
from tests.services.policing import END, close, follow_up

PHONE, VIDEO = MeetingMode.PHONE, MeetingMode.VIDEO
OTHER = Contact("Lee", "07700 900124")
LATER, LATEST = HALF_PAST_NINE.replace(hour=10), HALF_PAST_NINE.replace(hour=11)


def hold(desk: Desk, reference: str, staff_id: str = HEAD, mode: MeetingMode = PHONE) -> None:
    meet_remotely(desk, staff_id=staff_id, reference=reference, mode=mode, idempotency_key="k")


def test_what_is_booked_is_listed_and_changed_at_its_time_and_everybody_is_told(
    desk: Desk,
) -> None:
    case = follow_up(desk)
    met = book(desk, "visit", host_id=HEAD, contact=PARENT)
    book(desk, "call", LATER, host_id=HEAD, contact=PARENT, mode=PHONE)
    book(desk, "stranger", LATEST, host_id=HEAD, contact=OTHER)
    book(desk, "not hers to see", contact=PARENT)
    close(desk, case.reference, what=RestrictedUse.VISITS)
    listed = visits_booked(desk, HEAD, case.reference)
    assert [row.reference for row in listed] == [met.reference]
    before = len(mail(desk))
    pass_time(desk, minutes=1)
    for _ in range(2):
        hold(desk, met.reference)
    record = open_link(desk, token=met.token)
    assert record
    assert (record.starts_at, record.mode) == (HALF_PAST_NINE, "phone")
    assert visits_booked(desk, HEAD, case.reference) == ()
    assert {to for to, _, _ in mail(desk)[before:]} >= {PARENT.email}
    moves = [e for e in view_meeting(desk, HEAD, met.reference).timeline if "moved" in e.title]
    assert len(moves) == 1
    with desk.unit_of_work(read_only=True) as work:
        (actor,) = {
            event.actor
            for event in work.session.query(HistoryEvent).filter_by(kind="meeting.moved")
        }
    assert actor == HEAD


def test_a_parent_who_may_come_in_is_not_sent_to_the_phone(desk: Desk) -> None:
    met = book(desk, "visit", host_id=HEAD, contact=PARENT)
    with pytest.raises(NotPossibleNow):
        hold(desk, met.reference)
    case = follow_up(desk)
    close(desk, case.reference, what=RestrictedUse.VISITS)
    with pytest.raises(NotPossibleNow):
        hold(desk, met.reference, mode=MeetingMode.IN_PERSON)
    with pytest.raises(NotHere):
        hold(desk, met.reference, CHAIR)


def test_over_a_case_about_the_head_neither_she_nor_those_near_her_learn_of_it(
    desk: Desk,
) -> None:
    met = book(desk, "visit", host_id=HEAD, contact=PARENT)
    case = follow_up(desk, subjects=frozenset({HEAD}))
    close(desk, case.reference, staff_id=CHAIR, what=RestrictedUse.VISITS)
    assert visits_closed_until(desk, CHAIR, PARENT) == END
    for walled in (HEAD, HEADS_HUSBAND, HEADS_PA):
        assert visits_closed_until(desk, walled, PARENT) is None
    with pytest.raises(NotPossibleNow):
        hold(desk, met.reference)
    assert visits_closed_until(desk, CHAIR, OTHER) is None


def test_where_the_host_does_not_meet_so_then_the_nearest_times_come_along(desk: Desk) -> None:
    case = follow_up(desk)
    host = "ms-begum"
    met = book(desk, "visit", host_id=host, contact=PARENT)
    close(desk, case.reference, what=RestrictedUse.VISITS)
    with pytest.raises(SlotTaken) as taken:
        hold(desk, met.reference, host, VIDEO)
    assert all(VIDEO in slot.modes for slot in taken.value.alternatives)
    record = open_link(desk, token=met.token)
    assert record
    assert record.mode == "in_person"
