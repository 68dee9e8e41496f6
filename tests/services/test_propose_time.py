"""Another time, proposed from the desk: what may be proposed, by whom, and who waits for what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.policy_steps import RestrictedUse
from assistant.services.answer_time_offer import answer_time_offer
from assistant.services.desk import Desk
from assistant.services.errors import NotHere
from assistant.services.hand_over_meeting import hand_over_meeting
from assistant.services.list_due import list_due
from assistant.services.live_time_offers import live_time_offers
from assistant.services.meeting_errors import MeetingGone, SlotTaken, VisitNotAllowed
from assistant.services.propose_time import propose_time, times_to_propose
from assistant.services.shapes import Contact, MeetingReceipt
from assistant.services.view_meeting import view_meeting
from tests.databases import AT_LENGTH_ON_BOTH
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, PARENT, book
from tests.services.filings import CHAIR, HEAD, file_case, mail
from tests.services.policing import close

pytestmark = AT_LENGTH_ON_BOTH

TODAY, TEN = date(2026, 11, 24), london("2026-11-25T10:00")


def propose(desk: Desk, receipt: MeetingReceipt, key: str = "p", by: str = HOST) -> None:
    propose_time(desk, staff_id=by, reference=receipt.reference, starts_at=TEN, idempotency_key=key)


def days(desk: Desk, receipt: MeetingReceipt, since: date = TODAY) -> list[str]:
    times = times_to_propose(desk, HOST, receipt.reference, since=since).times
    return list(dict.fromkeys(f"{to_london(start):%a %d}" for start, _end in times))


def test_the_hosts_own_free_times_of_three_days_are_shown(desk: Desk) -> None:
    booked = book(desk, "key")
    view = times_to_propose(desk, HOST, booked.reference, since=TODAY)
    starts = [start for start, _end in view.times]
    assert starts == sorted(starts)
    assert TEN in starts
    assert HALF_PAST_NINE not in starts
    assert days(desk, booked) == ["Tue 24", "Wed 25", "Thu 26"]
    assert days(desk, booked, date(2026, 11, 27)) == ["Fri 27", "Mon 30", "Tue 01"]


def test_a_time_that_leaves_no_hour_to_answer_is_not_shown_and_cannot_be_proposed(
    desk: Desk,
) -> None:
    booked = book(desk, "key")
    first = times_to_propose(desk, HOST, booked.reference, since=date(2026, 1, 1)).times[0][0]
    assert first == london("2026-11-24T15:30")  # four hours' notice and one to answer
    pass_time(desk, hours=20, minutes=50)
    with pytest.raises(SlotTaken):
        propose(desk, booked)


def test_only_the_mode_of_the_meeting_is_asked_for(desk: Desk) -> None:
    evening = london("2026-11-26T17:30")
    talk = book(desk, "key", evening, host_id="mr-mensah", mode=MeetingMode.PHONE)
    late = [
        start for start, _ in times_to_propose(desk, "mr-mensah", talk.reference, since=TODAY).times
    ]
    assert london("2026-11-25T18:00") in late
    visit = book(desk, "visit", TEN, host_id="mr-mensah")
    seen = [
        start
        for start, _ in times_to_propose(desk, "mr-mensah", visit.reference, since=TODAY).times
    ]
    assert london("2026-11-25T18:00") not in seen


def test_the_parent_is_asked_and_everybody_at_the_desk_sees_what_waits(desk: Desk) -> None:
    booked = book(desk, "key")
    pass_time(desk, minutes=1)
    propose(desk, booked)
    letters = [body for to, _subject, body in mail(desk) if to == PARENT.email]
    assert "Wednesday 25 November, 10am" in letters[-1]
    proposal = view_meeting(desk, HOST, booked.reference).row.proposal
    assert proposal is not None
    assert proposal.starts_at == TEN
    assert list_due(desk, HOST).meetings[0].proposal == proposal
    assert proposal.answer_by > desk.clock.now()


def test_sent_twice_the_parent_is_asked_once(desk: Desk) -> None:
    booked = book(desk, "key")
    propose(desk, booked)
    mailed = len(mail(desk))
    propose(desk, booked)
    assert len(mail(desk)) == mailed
    assert len(live_time_offers(desk, booked.id)) == 1


def test_a_yes_moves_the_meeting_and_nothing_waits_any_more(desk: Desk) -> None:
    booked = book(desk, "key")
    propose(desk, booked)
    (offer,) = live_time_offers(desk, booked.id)
    moved = answer_time_offer(
        desk, offer_id=offer.id, meeting_id=booked.id, accept=True, idempotency_key="a"
    )
    assert moved.starts_at == TEN
    assert view_meeting(desk, HOST, booked.reference).row.proposal is None


def test_handing_the_meeting_over_takes_the_proposal_back_and_frees_its_time(desk: Desk) -> None:
    booked = book(desk, "key")
    propose(desk, booked)
    hand_over_meeting(
        desk,
        staff_id=HOST,
        reference=booked.reference,
        to="mr-mensah",
        why="Away.",
        idempotency_key="h",
    )
    assert live_time_offers(desk, booked.id) == ()
    book(desk, "the time is free again", TEN)


def test_to_everybody_else_the_meeting_is_not_there(desk: Desk) -> None:
    booked = book(desk, "key")
    missing = "SG-000-000-000"
    for person in desk.school.people:
        if person.id == HOST:
            continue
        answers = set()
        for reference in (booked.reference, missing):
            with pytest.raises(NotHere) as unseen:
                times_to_propose(desk, person.id, reference, since=TODAY)
            with pytest.raises(NotHere) as refused:
                propose_time(
                    desk,
                    staff_id=person.id,
                    reference=reference,
                    starts_at=TEN,
                    idempotency_key="p",
                )
            answers |= {str(unseen.value), str(refused.value)}
        assert len(answers) == 1


def test_a_meeting_that_has_begun_is_not_moved_by_a_proposal(desk: Desk) -> None:
    booked = book(desk, "key")
    pass_time(desk, days=2)
    with pytest.raises(MeetingGone):
        times_to_propose(desk, HOST, booked.reference, since=TODAY)
    with pytest.raises(MeetingGone):
        propose(desk, booked)


def test_a_parent_who_cannot_be_written_to_is_to_be_rung(desk: Desk) -> None:
    unsafe = Contact("Sam Parent", "07700 900123", "sam@parent.example", safe=False)
    booked = book(desk, "key", contact=unsafe)
    assert not times_to_propose(desk, HOST, booked.reference, since=TODAY).parent_is_told


def test_a_proposal_that_was_not_answered_waits_no_longer(desk: Desk) -> None:
    booked = book(desk, "key", HALF_PAST_NINE + timedelta(days=14))
    propose_time(
        desk,
        staff_id=HOST,
        reference=booked.reference,
        starts_at=TEN + timedelta(days=14),
        idempotency_key="p",
    )
    assert list_due(desk, HOST).meetings[0].proposal is not None
    pass_time(desk, days=9)
    assert list_due(desk, HOST).meetings[0].proposal is None


def test_a_host_who_may_not_know_that_visits_are_closed_proposes_as_ever_and_the_yes_is_refused(
    desk: Desk,
) -> None:
    when = london("2026-12-01T13:00")
    visit = book(desk, "visit", when, host_id=HEAD)
    about_the_host = file_case(desk, contact=PARENT, subjects=frozenset({HEAD}))
    close(desk, about_the_host.reference, staff_id=CHAIR, what=RestrictedUse.VISITS)
    other = times_to_propose(desk, HEAD, visit.reference, since=TODAY).times[0][0]
    propose_time(
        desk, staff_id=HEAD, reference=visit.reference, starts_at=other, idempotency_key="p"
    )
    (offer,) = live_time_offers(desk, visit.id)
    with pytest.raises(VisitNotAllowed):
        answer_time_offer(
            desk, offer_id=offer.id, meeting_id=visit.id, accept=True, idempotency_key="a"
        )
    assert view_meeting(desk, HEAD, visit.reference).row.starts_at == visit.starts_at
