"""Booking on both databases, races included."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.references import normalise_reference
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken
from assistant.services.shapes import Contact, MeetingReceipt
from assistant.services.start_conversation import start_conversation
from assistant.store.ledger import HistoryEvent, Outbox
from assistant.store.meeting_tables import Cell, Meeting, MeetingAccess
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, book, count, free_on_wednesday

THREADS = 40
FIVE_MINUTES = timedelta(minutes=5)


def test_a_booked_meeting_has_a_reference_a_place_and_an_end(desk: Desk) -> None:
    receipt = book(desk, "key")
    assert normalise_reference(receipt.reference) == receipt.reference
    assert (receipt.host_name, receipt.host_role) == ("Mr Bennett", "class teacher")
    assert receipt.ends_at - receipt.starts_at == timedelta(minutes=15)
    assert receipt.status == "booked"
    assert receipt.place == "Thornleigh Green Primary, the Rainbow Room"


def test_a_booking_takes_its_time_the_buffer_after_it_and_a_room(desk: Desk) -> None:
    before = free_on_wednesday(desk)
    book(desk, "key")
    gone = set(before) - set(free_on_wednesday(desk))
    assert gone == {HALF_PAST_NINE + step * FIVE_MINUTES for step in (-3, 0, 3)}
    assert count(desk, Cell) == 2 * 4


def test_the_same_key_gives_the_same_receipt_and_books_once(desk: Desk) -> None:
    assert book(desk, "key") == book(desk, "key")
    assert count(desk, Meeting) == 1


def test_a_taken_slot_is_refused_with_the_three_nearest_alternatives(desk: Desk) -> None:
    book(desk, "one")
    with pytest.raises(SlotTaken, match="just gone") as refusal:
        book(desk, "other", HALF_PAST_NINE + FIVE_MINUTES)
    starts = [slot.starts_at for slot in refusal.value.alternatives]
    assert [f"{to_london(start):%H:%M}" for start in starts] == ["09:00", "10:00", "10:15"]
    assert count(desk, Meeting) == 1


@pytest.mark.parametrize(
    "starts_at",
    [
        london("2026-11-24T09:00"),
        london("2026-11-25T09:31"),
        london("2026-11-25T08:30"),
        london("2026-11-25T14:00"),
        london("2026-12-23T09:30"),
        london("2026-11-29T09:30"),
        london("2027-11-24T09:30"),
    ],
    ids=["past", "off the grid", "gate", "teaching", "holidays", "sunday", "beyond the horizon"],
)
def test_a_time_that_was_never_offered_cannot_be_booked(desk: Desk, starts_at: datetime) -> None:
    with pytest.raises(SlotTaken):
        book(desk, "key", starts_at)
    assert count(desk, Cell) == 0


@pytest.mark.parametrize(
    ("host", "about"),
    [
        (HOST, HOST),
        ("mrs-ashworth", "mr-rigby"),
        ("mr-lund", "mrs-ashworth"),
        ("mr-croft", "miss-kaur"),
        ("nobody", "miss-kaur"),
        ("ms-nair", "miss-kaur"),
    ],
    ids=["named", "married to them", "reads their mail", "assistant", "unknown", "no host"],
)
def test_the_wall_is_checked_again_when_booking(desk: Desk, host: str, about: str) -> None:
    with pytest.raises(HostNotAllowed):
        book(desk, "key", host_id=host, subjects=frozenset({about}))
    assert count(desk, Meeting) == 0


def test_the_daily_cap_is_kept(desk: Desk) -> None:
    for step in range(5):
        book(desk, f"key {step}", HALF_PAST_NINE + 4 * step * FIVE_MINUTES)
    with pytest.raises(SlotTaken):
        book(desk, "one too many", london("2026-11-25T15:30"))
    assert free_on_wednesday(desk) == []


def test_a_meeting_with_a_governor_goes_through_the_clerk(desk: Desk) -> None:
    start = london("2026-11-26T18:00")
    receipt = book(
        desk,
        "key",
        start,
        host_id="dr-siddiqui",
        channel=Channel.GOVERNORS,
        subjects=frozenset({"mrs-ashworth"}),
    )
    with desk.unit_of_work(read_only=True) as work:
        mine = select(MeetingAccess.staff_id).where(MeetingAccess.meeting_id == receipt.id)
        readers = set(work.session.scalars(mine))
        assert work.session.get_one(Meeting, receipt.id).through_clerk
    assert readers == {"dr-siddiqui", "ms-whitaker"}


def test_a_booking_writes_one_history_event_and_neutral_messages(desk: Desk) -> None:
    earlier = count(desk, HistoryEvent)
    receipt = book(desk, "key")
    assert count(desk, HistoryEvent) == earlier + 1
    with desk.unit_of_work(read_only=True) as work:
        rows = list(work.session.scalars(select(Outbox)))
        to = {work.unseal(row, "recipient") for row in rows}
        words = " ".join(
            row.subject + work.unseal(row, "body") + work.unseal(row, "calendar") for row in rows
        )
        assert work.first_wrong_event() is None
    assert to == {"sam@parent.example", "l.bennett@thornleighgreen.example"}
    assert receipt.reference in words
    for secret in ("Robin", "reading", "07700", "Sam Parent"):
        assert secret not in words


def test_a_parent_whose_mail_is_not_safe_gets_none(desk: Desk) -> None:
    book(desk, "key", contact=Contact("Sam", "", "sam@parent.example", safe=False))
    assert count(desk, Outbox) == 1


def test_nothing_readable_is_stored_of_the_parent(desk: Desk) -> None:
    receipt = book(desk, "key")
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get_one(Meeting, receipt.id)
        assert b"Robin" not in meeting.child
        assert work.unseal(meeting, "note") == "about reading at home"
    assert receipt.token not in repr(receipt)


def test_a_mode_that_the_host_does_not_offer_then_is_refused(desk: Desk) -> None:
    evening = london("2026-11-25T17:45")
    with pytest.raises(SlotTaken):
        book(desk, "key", evening, host_id="mrs-ashworth")
    assert (
        book(desk, "key", evening, host_id="mrs-ashworth", mode=MeetingMode.PHONE).mode == "phone"
    )


@pytest.mark.parametrize("offsets", [(0,), (0, 5, 10)], ids=["same start", "shifted starts"])
def test_forty_parents_race_for_one_slot_and_one_wins(desk: Desk, offsets: tuple[int, ...]) -> None:
    together = Barrier(THREADS)

    def attempt(number: int) -> MeetingReceipt | SlotTaken:
        start = HALF_PAST_NINE + timedelta(minutes=offsets[number % len(offsets)])
        together.wait()
        try:
            return book(desk, f"parent {number}", start)
        except SlotTaken as refusal:
            return refusal

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(attempt, range(THREADS)))
    won = [result for result in results if isinstance(result, MeetingReceipt)]
    lost = [result for result in results if isinstance(result, SlotTaken)]
    assert (len(won), len(lost)) == (1, THREADS - 1)
    assert all(len(refusal.alternatives) == 3 for refusal in lost)
    assert (count(desk, Meeting), count(desk, Cell)) == (1, 2 * 4)


def test_twins_with_one_key_race_and_get_one_receipt(desk: Desk) -> None:
    together = Barrier(8)

    def attempt(_number: int) -> MeetingReceipt:
        together.wait()
        return book(desk, "the same key")

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(attempt, range(8)))
    assert len({receipt.reference for receipt in receipts}) == 1
    assert count(desk, Meeting) == 1


def test_a_conversation_that_never_heard_of_its_booking_gets_it_again(desk: Desk) -> None:
    conversation_id, _ = start_conversation(desk)
    unheard = book(desk, "the turn whose process died", conversation_id=conversation_id)
    again = book(desk, "the next yes", conversation_id=conversation_id)
    assert (again.reference, again.token) == (unheard.reference, unheard.token)
    assert count(desk, Meeting) == 1
    other, _ = start_conversation(desk)
    with pytest.raises(SlotTaken):
        book(desk, "somebody else", conversation_id=other)


def test_a_time_that_was_called_off_can_be_booked_anew_in_the_same_conversation(
    desk: Desk,
) -> None:
    conversation_id, _ = start_conversation(desk)
    first = book(desk, "first", conversation_id=conversation_id)
    cancel_meeting(desk, meeting_id=first.id, idempotency_key="off")
    assert book(desk, "anew", conversation_id=conversation_id).reference != first.reference
