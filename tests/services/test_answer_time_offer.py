"""The parent takes the other time, or leaves it, or is too late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from icalendar import Calendar
from sqlalchemy import select

from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.expire_time_offers import expire_time_offers
from assistant.services.live_time_offers import live_time_offers
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.shapes import MeetingReceipt
from assistant.store.ledger import HistoryEvent, Outbox
from tests.databases import AT_LENGTH_ON_BOTH
from tests.desks import pass_time
from tests.services.bookings import HALF_PAST_NINE, HOST, book, count, free_on_wednesday
from tests.services.filings import address_of, mail
from tests.services.offers import (
    FRIDAY_NOON,
    TEN,
    THURSDAY_NOON,
    answer,
    booked,
    held,
    propose,
    states,
)

pytestmark = AT_LENGTH_ON_BOTH

THREADS = 8


def sequences(desk: Desk) -> set[tuple[str, int]]:
    """Return method and SEQUENCE of every calendar message."""
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(Outbox).where(Outbox.calendar.is_not(None)))
        told = [Calendar.from_ical(work.unseal(row, "calendar")) for row in rows]
    return {(str(each["method"]), int(each.events[0]["sequence"])) for each in told}


def test_taking_it_moves_the_meeting_as_a_move_does(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    moved = answer(desk, meeting, propose(desk, meeting), accept=True)
    assert (moved.starts_at, moved.token, moved.reference) == (
        TEN,
        meeting.token,
        meeting.reference,
    )
    assert booked(desk, meeting)[0] == TEN
    assert (len(booked(desk, meeting)), held(desk)) == (4, 0)
    assert sequences(desk) == {("REQUEST", 0), ("REQUEST", 1)}
    assert states(desk) == ["accepted"]
    assert live_time_offers(desk, meeting.id) == ()


def test_leaving_it_frees_the_time_and_tells_who_proposed_it(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    kept = answer(desk, meeting, propose(desk, meeting), accept=False)
    assert kept.starts_at == THURSDAY_NOON
    assert (held(desk), states(desk)) == (0, ["declined"])
    assert TEN in free_on_wednesday(desk)
    told = [body for to, _, body in mail(desk) if to == address_of(desk, HOST)]
    assert any("does not suit the parent" in body for body in told)


@pytest.mark.parametrize("accept", [True, False])
def test_the_same_answer_twice_changes_nothing(desk: Desk, accept: bool) -> None:  # noqa: FBT001 - a parameter
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id = propose(desk, meeting)
    first = answer(desk, meeting, offer_id, accept=accept)
    events, letters = count(desk, HistoryEvent), count(desk, Outbox)
    assert answer(desk, meeting, offer_id, accept=accept) == first
    assert answer(desk, meeting, offer_id, accept=accept, key="another page") == first
    assert (count(desk, HistoryEvent), count(desk, Outbox)) == (events, letters)


def test_the_other_answer_comes_too_late(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id = propose(desk, meeting)
    answer(desk, meeting, offer_id, accept=False)
    with pytest.raises(SlotTaken):
        answer(desk, meeting, offer_id, accept=True, key="changed my mind")
    assert booked(desk, meeting)[0] == THURSDAY_NOON


def test_an_offer_ends_by_the_machines_clock_and_its_time_is_named_among_the_free_ones(
    desk: Desk,
) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id = propose(desk, meeting)
    pass_time(desk, hours=19, minutes=44)  # one minute before six in the morning
    assert expire_time_offers(desk) == 0
    pass_time(desk, minutes=1)
    assert live_time_offers(desk, meeting.id) == ()
    with pytest.raises(SlotTaken) as refusal:
        answer(desk, meeting, offer_id, accept=True)
    assert len(refusal.value.alternatives) == 3
    assert answer(desk, meeting, offer_id, accept=False).starts_at == THURSDAY_NOON


def test_an_offer_nobody_answered_is_settled_and_who_made_it_is_told_once(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    propose(desk, meeting)
    pass_time(desk, hours=20)
    assert (expire_time_offers(desk), expire_time_offers(desk)) == (1, 0)
    assert (states(desk), held(desk)) == (["expired"], 0)
    told = [body for to, _, body in mail(desk) if to == address_of(desk, HOST)]
    assert len([body for body in told if "was not answered" in body]) == 1


def test_an_offer_opens_for_its_own_meeting_only(desk: Desk) -> None:
    mine, other = book(desk, "mine", THURSDAY_NOON), book(desk, "other", FRIDAY_NOON)
    offer_id = propose(desk, mine)
    for accept in (True, False):
        with pytest.raises(SlotTaken):
            answer(desk, other, offer_id, accept=accept)
        with pytest.raises(SlotTaken):
            answer(desk, mine, "0" * 32, accept=accept)
    assert states(desk) == ["open"]


def test_the_offer_of_a_cancelled_meeting_is_gone(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id = propose(desk, meeting)
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
    with pytest.raises(MeetingGone):
        answer(desk, meeting, offer_id, accept=True)
    assert (held(desk), booked(desk, meeting)) == (0, [])


def test_a_time_that_overlaps_the_own_one_can_be_taken(desk: Desk) -> None:
    meeting = book(desk, "mine", HALF_PAST_NINE)
    later = HALF_PAST_NINE.replace(minute=35)
    answer(desk, meeting, propose(desk, meeting, later), accept=True)
    assert (booked(desk, meeting)[0], len(booked(desk, meeting)), held(desk)) == (later, 4, 0)


def test_eight_yes_at_once_move_the_meeting_once(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id, together = propose(desk, meeting), Barrier(THREADS)

    def yes(number: int) -> MeetingReceipt:
        together.wait()
        return answer(desk, meeting, offer_id, accept=True, key=f"page {number}")

    with ThreadPoolExecutor(THREADS) as pool:
        receipts = list(pool.map(yes, range(THREADS)))
    assert {receipt.starts_at for receipt in receipts} == {TEN}
    assert sequences(desk) == {("REQUEST", 0), ("REQUEST", 1)}
    assert (len(booked(desk, meeting)), held(desk)) == (4, 0)


def test_yes_races_with_cancelling_and_no_cell_is_left_behind(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id, together = propose(desk, meeting), Barrier(2)

    def yes() -> None:
        together.wait()
        try:
            answer(desk, meeting, offer_id, accept=True)
        except MeetingGone:
            return

    def off() -> None:
        together.wait()
        cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(yes), pool.submit(off)]:
            future.result()
    assert (held(desk), booked(desk, meeting)) == (0, [])
    assert states(desk) in (["accepted"], ["withdrawn"])


def test_yes_races_with_bookings_of_the_same_time_and_keeps_it(desk: Desk) -> None:
    meeting = book(desk, "mine", THURSDAY_NOON)
    offer_id, together = propose(desk, meeting), Barrier(THREADS)

    def act(number: int) -> datetime | None:
        together.wait()
        try:
            if number == 0:
                return answer(desk, meeting, offer_id, accept=True).starts_at
            return book(desk, f"rival {number}", TEN).starts_at
        except SlotTaken:
            return None

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(act, range(THREADS)))
    assert results == [TEN] + [None] * (THREADS - 1)
    assert booked(desk, meeting)[0] == TEN
