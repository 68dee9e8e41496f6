"""Rooms and interpreters are booked with the host, in one transaction, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.slots import Slot
from assistant.casework.times import Window
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.hold_slot import hold_slot
from assistant.services.meeting_errors import SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.services.offer_slots import offer_slots
from assistant.services.shapes import MeetingReceipt, Needs
from assistant.store.meeting_tables import Cell, Meeting
from tests.databases import AT_LENGTH_ON_BOTH
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, book, count

pytestmark = AT_LENGTH_ON_BOTH

URDU, POLISH, BSL = Needs(interpreter="Urdu"), Needs(interpreter="Polish"), Needs(interpreter="BSL")
STEP_FREE = Needs(step_free=True)
SENCO, DEPUTY, PASTORAL = "mrs-okafor", "mr-mensah", "mrs-doyle"
IN_PERSON, PHONE, VIDEO = MeetingMode.IN_PERSON, MeetingMode.PHONE, MeetingMode.VIDEO
WEDNESDAY = Window(london("2026-11-25T08:00"), london("2026-11-25T18:00"))
TEN = london("2026-11-25T10:00")


def free(
    desk: Desk, host: str, needs: Needs, mode: MeetingMode | None = None, on: Window = WEDNESDAY
) -> Sequence[Slot]:
    """Return every free slot of a host on a day."""
    offer = offer_slots(desk, host_ids=[host], windows=[on], mode=mode, needs=needs, limit=1000)
    return offer.matching


def modes_at(desk: Desk, host: str, start: datetime, needs: Needs) -> tuple[MeetingMode, ...]:
    """Return in which ways the host can be met at a start."""
    found = (slot.modes for slot in free(desk, host, needs) if slot.starts_at == start)
    return next(found, ())


def meeting(desk: Desk, receipt: MeetingReceipt) -> Meeting:
    with desk.unit_of_work(read_only=True) as work:
        return work.session.get_one(Meeting, receipt.id)


def resources(desk: Desk) -> set[str]:
    """Return the keys of which any cell is taken."""
    with desk.unit_of_work(read_only=True) as work:
        return set(work.session.scalars(select(Cell.resource).distinct()))


def test_an_urdu_request_is_offered_only_when_host_and_interpreter_are_free(desk: Desk) -> None:
    offered = free(desk, SENCO, URDU)
    assert offered
    for slot in offered:  # of the SENCO's long day only the interpreter's morning
        start, end = to_london(slot.starts_at), to_london(slot.ends_at)
        assert "09:00" <= f"{start:%H:%M}" < f"{end:%H:%M}" <= "12:00"
        assert VIDEO not in slot.modes
    assert len(free(desk, SENCO, Needs())) > len(offered)
    friday = Window(london("2026-12-04T08:00"), london("2026-12-04T18:00"))
    assert free(desk, SENCO, URDU, on=friday) == []


def test_sign_language_is_a_language_like_others(desk: Desk) -> None:
    assert free(desk, SENCO, BSL)
    assert all(PHONE not in slot.modes for slot in free(desk, SENCO, BSL))
    assert book(desk, "key", TEN, host_id=SENCO, needs=BSL).status == "booked"
    assert "interpreter:mr-kelly" in resources(desk)


@pytest.mark.parametrize("needs", [POLISH, Needs(interpreter="not said")])
def test_a_language_that_the_school_arranges_takes_no_time_away(desk: Desk, needs: Needs) -> None:
    assert free(desk, SENCO, needs) == free(desk, SENCO, Needs())
    receipt = book(desk, "key", TEN, host_id=SENCO, needs=needs)
    assert meeting(desk, receipt).interpreter_id is None


def test_a_second_urdu_booking_then_is_refused_with_another_host_and_given_alternatives(
    desk: Desk,
) -> None:
    first = book(desk, "one", TEN, host_id=SENCO, needs=URDU)
    assert meeting(desk, first).interpreter_id == "mrs-rehman"
    with pytest.raises(SlotTaken) as refusal:
        book(desk, "other", TEN, host_id=DEPUTY, needs=URDU)
    alternatives = refusal.value.alternatives
    assert len(alternatives) == 3
    offered = {slot.starts_at for slot in free(desk, DEPUTY, URDU)}
    assert {slot.starts_at for slot in alternatives} <= offered
    assert all(slot.modes == (IN_PERSON,) for slot in alternatives)
    assert book(desk, "english", TEN, host_id=DEPUTY).status == "booked"
    assert count(desk, Meeting) == 2


def test_two_hosts_and_one_room_without_steps(desk: Desk) -> None:
    first = book(desk, "one", TEN, host_id=SENCO, needs=STEP_FREE)
    assert first.place == "Thornleigh Green Primary, the meeting room beside the main office"
    with pytest.raises(SlotTaken) as refusal:
        book(desk, "other", TEN, host_id=DEPUTY, needs=STEP_FREE)
    assert all(abs(slot.starts_at - TEN) >= timedelta(minutes=30) for slot in
               refusal.value.alternatives)  # fmt: skip
    assert modes_at(desk, DEPUTY, TEN, STEP_FREE) == (PHONE, VIDEO)
    assert book(desk, "phone", TEN, host_id=DEPUTY, needs=STEP_FREE, mode=PHONE).mode == "phone"


def test_who_can_climb_steps_leaves_the_room_without_them_to_others(desk: Desk) -> None:
    book(desk, "one", TEN, host_id=SENCO)
    assert IN_PERSON in modes_at(desk, DEPUTY, TEN, STEP_FREE)
    assert resources(desk) == {f"staff:{SENCO}", "room:rainbow-room"}
    second = book(desk, "two", TEN, host_id=DEPUTY)
    assert "beside the main office" in second.place


def test_when_every_room_is_taken_phone_and_video_are_left(desk: Desk) -> None:
    book(desk, "one", TEN, host_id=SENCO)
    book(desk, "two", TEN, host_id=DEPUTY)
    assert modes_at(desk, PASTORAL, TEN, Needs()) == (PHONE, VIDEO)
    with pytest.raises(SlotTaken):
        book(desk, "three", TEN, host_id=PASTORAL)
    by_phone = book(desk, "four", TEN, host_id=PASTORAL, mode=PHONE)
    assert (meeting(desk, by_phone).room_id, by_phone.place[:8]) == (None, "By phone")


def test_the_buffer_holds_for_the_room_and_the_interpreter_too(desk: Desk) -> None:
    book(desk, "one", TEN, host_id=SENCO, needs=replace(URDU, step_free=True))
    after = TEN + timedelta(minutes=20)  # the meeting is over, its buffer of ten minutes is not
    assert modes_at(desk, HOST, after + timedelta(minutes=10), STEP_FREE) != (PHONE, VIDEO)
    with pytest.raises(SlotTaken):
        book(desk, "room", after, host_id=HOST, needs=STEP_FREE)
    with pytest.raises(SlotTaken):
        book(desk, "interpreter", after, host_id=HOST, needs=URDU, mode=PHONE)


def test_a_school_that_lists_no_rooms_meets_in_its_meeting_place(desk: Desk) -> None:
    without = replace(desk, school=replace(desk.school, rooms=()))
    receipt = book(without, "key", TEN, host_id=SENCO)
    assert receipt.place == f"Thornleigh Green Primary, {desk.school.meeting_place}"
    assert resources(desk) == {f"staff:{SENCO}"}


def test_a_school_without_a_step_free_room_offers_phone_and_video(desk: Desk) -> None:
    stairs = tuple(room for room in desk.school.rooms if not room.step_free)
    upstairs = replace(desk, school=replace(desk.school, rooms=stairs))
    assert modes_at(upstairs, SENCO, TEN, STEP_FREE) == (PHONE, VIDEO)


def test_a_hold_keeps_its_room_and_interpreter_until_the_booking(desk: Desk) -> None:
    needs = replace(URDU, step_free=True)
    slot = next(slot for slot in free(desk, SENCO, needs) if slot.starts_at == TEN)
    hold_slot(desk, holder="one", slot=slot, needs=needs)
    assert modes_at(desk, DEPUTY, TEN, STEP_FREE) == (PHONE, VIDEO)
    assert modes_at(desk, DEPUTY, TEN, URDU) == ()
    receipt = book(desk, "key", TEN, host_id=SENCO, holder="one")  # asked for nothing any more
    assert "beside the main office" in receipt.place
    assert resources(desk) == {f"staff:{SENCO}", "room:meeting-room"}


def test_a_hold_by_phone_takes_no_room(desk: Desk) -> None:
    slot = next(slot for slot in free(desk, SENCO, Needs()) if slot.starts_at == TEN)
    hold_slot(desk, holder="one", slot=slot, mode=PHONE)
    assert resources(desk) == {f"staff:{SENCO}"}


def test_an_expired_hold_gives_room_and_interpreter_to_the_next_taker(desk: Desk) -> None:
    needs = replace(URDU, step_free=True)
    slot = next(slot for slot in free(desk, SENCO, needs) if slot.starts_at == TEN)
    hold_slot(desk, holder="one", slot=slot, needs=needs)
    pass_time(desk, minutes=11)
    assert book(desk, "key", TEN, host_id=DEPUTY, needs=needs).status == "booked"
    with desk.unit_of_work(read_only=True) as work:
        assert {cell.meeting_id is None for cell in work.session.scalars(select(Cell)) if
                not cell.resource.startswith("staff:")} == {False}  # fmt: skip


def test_cancelling_frees_host_room_and_interpreter(desk: Desk) -> None:
    receipt = book(desk, "key", TEN, host_id=SENCO, needs=URDU)
    cancel_meeting(desk, meeting_id=receipt.id, idempotency_key="off")
    assert count(desk, Cell) == 0
    assert book(desk, "other", TEN, host_id=DEPUTY, needs=URDU).status == "booked"


def test_moving_chooses_room_and_interpreter_anew(desk: Desk) -> None:
    first = book(desk, "one", TEN, host_id=SENCO, needs=URDU)
    half_past_ten = TEN + timedelta(minutes=30)
    book(desk, "two", half_past_ten, host_id=DEPUTY)
    moved = move_meeting(desk, meeting_id=first.id, starts_at=half_past_ten, idempotency_key="move")
    assert "Rainbow" in first.place
    assert "beside the main office" in moved.place
    assert meeting(desk, moved).interpreter_id == "mrs-rehman"
    assert book(desk, "three", TEN, host_id=PASTORAL, needs=URDU).status == "booked"


def test_a_move_needs_the_interpreter_too(desk: Desk) -> None:
    first = book(desk, "one", TEN, host_id=SENCO, needs=URDU)
    with pytest.raises(SlotTaken) as refusal:
        move_meeting(
            desk, meeting_id=first.id, starts_at=london("2026-11-25T14:00"), idempotency_key="m"
        )
    assert all(f"{to_london(slot.starts_at):%H}" < "12" or to_london(slot.starts_at).weekday() != 2
               for slot in refusal.value.alternatives)  # fmt: skip
    assert meeting(desk, first).starts_at == TEN


def test_a_meeting_in_person_may_move_to_the_phone(desk: Desk) -> None:
    first = book(desk, "one", TEN, host_id=SENCO)
    moved = move_meeting(
        desk, meeting_id=first.id, starts_at=TEN, idempotency_key="move", mode=PHONE
    )
    assert (moved.mode, moved.starts_at) == ("phone", TEN)
    assert resources(desk) == {f"staff:{SENCO}"}


def test_what_a_meeting_says_of_its_time_is_what_its_cells_say(desk: Desk) -> None:
    needs = replace(URDU, step_free=True)
    booked = [
        book(desk, "one", TEN, host_id=SENCO, needs=needs),
        book(desk, "two", HALF_PAST_NINE),
        book(desk, "three", london("2026-11-25T11:00"), host_id=DEPUTY, mode=PHONE),
    ]
    move_meeting(desk, meeting_id=booked[1].id, starts_at=TEN, idempotency_key="move")
    with desk.unit_of_work(read_only=True) as work:
        for receipt in booked:
            row = work.session.get_one(Meeting, receipt.id)
            keys = {f"staff:{row.host_id}"}
            keys |= {f"room:{row.room_id}"} if row.room_id else set()
            keys |= {f"interpreter:{row.interpreter_id}"} if row.interpreter_id else set()
            instants = [row.starts_at + step * timedelta(minutes=5) for step in range(row.cells)]
            mine = select(Cell.resource, Cell.instant).where(Cell.meeting_id == row.id)
            expected = {(key, instant) for key in keys for instant in instants}
            assert {(key, at) for key, at in work.session.execute(mine)} == expected


def race(desk: Desk, hosts: Sequence[str], each: int, **wish: object) -> list[MeetingReceipt]:
    """Let parents race for one time with several hosts; return the receipts of the winners.

    A loser must lose by ``SlotTaken``: anything else fails the test.
    """
    together = Barrier(len(hosts) * each)

    def attempt(number: int) -> MeetingReceipt | None:
        together.wait()
        try:
            return book(desk, f"parent {number}", TEN, host_id=hosts[number % len(hosts)], **wish)
        except SlotTaken:
            return None

    with ThreadPoolExecutor(len(hosts) * each) as pool:
        results = list(pool.map(attempt, range(len(hosts) * each)))
    return [receipt for receipt in results if receipt]


def test_parents_race_for_one_interpreter_through_several_hosts_and_one_wins(desk: Desk) -> None:
    won = race(desk, [SENCO, DEPUTY, PASTORAL], 5, needs=URDU)
    assert len(won) == 1
    assert count(desk, Meeting) == 1


def test_parents_race_for_two_rooms_through_several_hosts_and_two_win(desk: Desk) -> None:
    won = race(desk, [SENCO, DEPUTY, PASTORAL, HOST, "mrs-ashworth"], 3)
    assert len({receipt.host_name for receipt in won}) == len(won) == 2
    assert len({receipt.place for receipt in won}) == 2


def test_holders_who_trade_places_over_expired_holds_never_wait_in_a_circle(desk: Desk) -> None:
    """Each books where the other's hold has expired, so that both drop both holds."""
    hosts = [SENCO, DEPUTY]
    for holder, host in zip(("a", "b"), hosts, strict=True):
        slot = next(slot for slot in free(desk, host, Needs(), PHONE) if slot.starts_at == TEN)
        hold_slot(desk, holder=holder, slot=slot, mode=PHONE)
    pass_time(desk, minutes=11)
    together = Barrier(2)

    def attempt(holder: str, host: str) -> MeetingReceipt:
        together.wait()
        return book(desk, holder, TEN, host_id=host, mode=PHONE, holder=holder)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(attempt, ("a", "b"), reversed(hosts)))
    assert {receipt.status for receipt in results} == {"booked"}
    assert count(desk, Cell) == 2 * 6
