"""Handing a meeting over: the wall, the time, who sees it, who hears of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from icalendar import Calendar
from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.school_shapes import Relationship
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, ServiceError
from assistant.services.hand_over_meeting import hand_over_meeting
from assistant.services.list_due import list_due
from assistant.services.meeting_errors import (
    HostBusy,
    HostNotAllowed,
    MeetingGone,
    SlotTaken,
)
from assistant.services.move_meeting import move_meeting
from assistant.services.shapes import Contact, MeetingReceipt, Needs
from assistant.services.view_meeting import view_meeting
from assistant.services.view_takers import view_takers
from assistant.store.ledger import HistoryEvent, Outbox
from assistant.store.meeting_tables import Cell, Meeting, MeetingAccess
from tests.databases import AT_LENGTH_ON_BOTH
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, PARENT, book, count
from tests.services.filings import address_of, mail

pytestmark = AT_LENGTH_ON_BOTH

DEPUTY, SENCO, HEAD, HEADS_HUSBAND = "mr-mensah", "mrs-okafor", "mrs-ashworth", "mr-rigby"
CHAIR, VICE_CHAIR, CLERK = "dr-siddiqui", "mr-thorpe", "ms-whitaker"
MISSING = "SG-000-000-000"
SIX = london("2026-11-26T18:00")


def hand(desk: Desk, receipt: MeetingReceipt, to: str, by: str = HOST, key: str = "hand") -> None:
    hand_over_meeting(
        desk,
        staff_id=by,
        reference=receipt.reference,
        to=to,
        why="I am out on a course that day.",
        idempotency_key=key,
    )


def with_the_chair(desk: Desk) -> MeetingReceipt:
    return book(
        desk,
        "chair",
        SIX,
        host_id=CHAIR,
        channel=Channel.GOVERNORS,
        subjects=frozenset({HEAD}),
    )


def cells_of(desk: Desk, meeting_id: str) -> dict[str, int]:
    with desk.unit_of_work(read_only=True) as work:
        found: dict[str, int] = {}
        for cell in work.session.scalars(select(Cell).where(Cell.meeting_id == meeting_id)):
            found[cell.resource] = found.get(cell.resource, 0) + 1
        return found


def grants(desk: Desk, meeting_id: str) -> dict[str, str]:
    with desk.unit_of_work(read_only=True) as work:
        mine = select(MeetingAccess).where(MeetingAccess.meeting_id == meeting_id)
        return {grant.staff_id: grant.why for grant in work.session.scalars(mine)}


def host_of(desk: Desk, meeting_id: str) -> str:
    with desk.unit_of_work(read_only=True) as work:
        return work.session.get_one(Meeting, meeting_id).host_id


def invitations(desk: Desk) -> list[tuple[str, str, int]]:
    """Return recipient, method and sequence of every calendar message."""
    with desk.unit_of_work(read_only=True) as work:
        found = []
        for row in work.session.scalars(select(Outbox)):
            calendar = Calendar.from_ical(work.unseal(row, "calendar"))
            sent = work.unseal(row, "recipient"), str(calendar["method"])
            found.append((*sent, int(calendar.events[0]["sequence"])))
        return found


def test_the_time_goes_from_the_old_hosts_diary_to_the_new_ones(desk: Desk) -> None:
    booked = book(desk, "key")
    hand(desk, booked, DEPUTY)
    assert host_of(desk, booked.id) == DEPUTY
    taken = cells_of(desk, booked.id)
    assert f"staff:{HOST}" not in taken
    assert taken[f"staff:{DEPUTY}"] == 5  # his buffer is ten minutes, hers was five
    book(desk, "again", HALF_PAST_NINE)


def test_the_room_stays_with_the_meeting_and_keeps_the_colleagues_buffer_too(desk: Desk) -> None:
    booked = book(desk, "key")
    hand(desk, booked, DEPUTY)
    assert set(cells_of(desk, booked.id).values()) == {5}
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get_one(Meeting, booked.id)
    assert (meeting.cells, meeting.place) == (5, booked.place)
    assert f"room:{meeting.room_id}" in cells_of(desk, booked.id)


def test_a_room_that_is_wanted_right_after_does_not_hinder(desk: Desk) -> None:
    booked = book(desk, "key", needs=Needs(step_free=True))
    book(desk, "next", HALF_PAST_NINE + timedelta(minutes=20), needs=Needs(step_free=True))
    hand(desk, booked, DEPUTY)
    assert host_of(desk, booked.id) == DEPUTY
    assert set(cells_of(desk, booked.id).values()) == {4}  # as it was booked


def test_the_old_host_can_see_it_no_longer_and_the_new_one_can(desk: Desk) -> None:
    booked = book(desk, "key")
    hand(desk, booked, DEPUTY)
    assert list_due(desk, HOST).meetings == ()
    with pytest.raises(NotHere):
        view_meeting(desk, HOST, booked.reference)
    view = view_meeting(desk, DEPUTY, booked.reference)
    assert view.readers == ("Mr Mensah, deputy headteacher",)
    assert view.timeline[-1].title == (
        "Mr Bennett, class teacher, handed the meeting over to Mr Mensah, deputy headteacher"
    )
    assert view.timeline[-1].words == "I am out on a course that day."


def test_the_clerk_keeps_a_governors_meeting_in_sight(desk: Desk) -> None:
    booked = with_the_chair(desk)
    hand(desk, booked, VICE_CHAIR, by=CLERK)
    assert grants(desk, booked.id) == {VICE_CHAIR: "host", CLERK: "clerk"}
    hand(desk, booked, CLERK, by=VICE_CHAIR, key="on")
    assert grants(desk, booked.id) == {CLERK: "host"}
    hand(desk, booked, CHAIR, by=CLERK, key="back")
    assert grants(desk, booked.id) == {CHAIR: "host", CLERK: "clerk"}


def test_calendars_lose_and_gain_it_and_the_parent_hears_with_whom_it_is(desk: Desk) -> None:
    booked = book(desk, "key")
    pass_time(desk, minutes=1)
    hand(desk, booked, DEPUTY)
    sent = [each for each in invitations(desk) if each[2] > 0]
    assert sorted(sent) == sorted(
        [
            (address_of(desk, HOST), "CANCEL", 1),
            (address_of(desk, DEPUTY), "REQUEST", 1),
            (PARENT.email, "REQUEST", 1),
        ]
    )
    words = {to: body for to, _subject, body in mail(desk)}
    assert words[PARENT.email].startswith("Your meeting is now with Mr Mensah: Wednesday 25")
    assert words[address_of(desk, DEPUTY)].startswith("A meeting with you is booked: Wednesday")
    old = words[address_of(desk, HOST)]
    assert old.startswith("A meeting with you is now with a colleague: Wednesday")
    assert "/desk/" not in old  # the page is closed to them by now
    assert not any("course" in body for body in words.values())


def test_a_parent_whose_mail_is_read_by_others_is_not_written_to(desk: Desk) -> None:
    unsafe = Contact("Sam Parent", "07700 900123", "sam@parent.example", safe=False)
    booked = book(desk, "key", contact=unsafe)
    assert not view_takers(desk, HOST, booked.reference).parent_is_told
    hand(desk, booked, DEPUTY)
    assert unsafe.email not in [to for to, _subject, _body in mail(desk)]
    last = view_meeting(desk, DEPUTY, booked.reference).timeline[-1]
    assert last.words.endswith("Ring them and say who they will meet.")


def test_a_governors_meeting_goes_to_governance_alone_and_is_noted_for_the_panel(
    desk: Desk,
) -> None:
    booked = with_the_chair(desk)
    for employee in (DEPUTY, HOST, "mrs-okafor"):
        with pytest.raises(HostNotAllowed):
            hand(desk, booked, employee, by=CLERK)
    hand(desk, booked, VICE_CHAIR, by=CLERK)
    with desk.unit_of_work(read_only=True) as work:
        last = work.events_of("meeting", booked.id)[-1]
    assert (last.details["host"], last.details["ineligible_for_panel"]) == (VICE_CHAIR, True)


def test_a_teachers_meeting_is_never_handed_to_a_governor(desk: Desk) -> None:
    booked = book(desk, "key", london("2026-11-25T17:00"))
    with pytest.raises(HostNotAllowed):
        hand(desk, booked, CHAIR)
    assert host_of(desk, booked.id) == HOST


@pytest.mark.parametrize("about", [HEAD, HEADS_HUSBAND, DEPUTY])
def test_nobody_behind_the_wall_is_named_or_taken(desk: Desk, about: str) -> None:
    booked = book(desk, "key", subjects=frozenset({about}))
    named = {taker.staff_id for taker in view_takers(desk, HOST, booked.reference).takers}
    walled = {HEAD: [HEAD, HEADS_HUSBAND, "mr-lund"], HEADS_HUSBAND: [HEAD, HEADS_HUSBAND]}
    for hidden in walled.get(about, [about]):
        assert hidden not in named
        with pytest.raises(HostNotAllowed) as refusal:
            hand(desk, booked, hidden)
        with pytest.raises(HostNotAllowed) as unknown:
            hand(desk, booked, "nobody-at-all")
        assert str(refusal.value) == str(unknown.value)
    assert host_of(desk, booked.id) == HOST


def test_a_tie_declared_after_the_booking_counts(desk: Desk) -> None:
    booked = book(desk, "key", subjects=frozenset({"miss-kaur"}))
    ties = (*desk.school.relationships, Relationship(DEPUTY, "miss-kaur", "cousins"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    with pytest.raises(HostNotAllowed):
        hand(later, booked, DEPUTY)


def test_everybody_but_its_readers_gets_the_answer_of_a_missing_meeting(desk: Desk) -> None:
    hidden = with_the_chair(desk)
    missing = replace(hidden, reference=MISSING)
    for person in desk.school.people:
        if person.id in {CHAIR, CLERK}:
            continue
        answers = set()
        for receipt in (hidden, missing):
            with pytest.raises(NotHere) as refusal:
                hand(desk, receipt, VICE_CHAIR, by=person.id)
            with pytest.raises(NotHere) as unseen:
                view_takers(desk, person.id, receipt.reference)
            answers |= {str(refusal.value), str(unseen.value)}
        assert len(answers) == 1


def test_a_colleague_who_is_busy_is_named_with_their_nearest_times_and_nothing_changes(
    desk: Desk,
) -> None:
    booked = book(desk, "key")
    book(desk, "other", HALF_PAST_NINE + timedelta(minutes=5), host_id=DEPUTY)
    before = cells_of(desk, booked.id), count(desk, HistoryEvent), count(desk, Outbox)
    with pytest.raises(HostBusy) as refusal:
        hand(desk, booked, DEPUTY)
    nearest = [f"{to_london(slot.starts_at):%a %H:%M}" for slot in refusal.value.nearest]
    assert nearest == ["Wed 09:00", "Wed 10:15", "Wed 10:30"]
    assert (cells_of(desk, booked.id), count(desk, HistoryEvent), count(desk, Outbox)) == before
    takers = {
        each.staff_id: each.is_free for each in view_takers(desk, HOST, booked.reference).takers
    }
    assert takers[DEPUTY] is False
    assert takers[SENCO] is True


def test_those_who_are_free_come_first(desk: Desk) -> None:
    booked = book(desk, "key")
    free = [each.is_free for each in view_takers(desk, HOST, booked.reference).takers]
    assert free == sorted(free, reverse=True)
    assert {True, False} == set(free)


def test_a_mode_that_the_colleague_does_not_offer_then_is_not_free(desk: Desk) -> None:
    evening = london("2026-11-25T17:00")
    booked = book(desk, "key", evening, mode=MeetingMode.VIDEO)
    takers = {
        each.staff_id: each.is_free for each in view_takers(desk, HOST, booked.reference).takers
    }
    assert takers[DEPUTY] is True
    assert takers["ms-begum"] is False  # the office does not meet by video


def test_a_full_day_is_not_free(desk: Desk) -> None:
    booked = book(desk, "key")
    for step in range(5):
        book(
            desk,
            f"kaur {step}",
            HALF_PAST_NINE + timedelta(minutes=60 + 20 * step),
            host_id="miss-kaur",
        )
    with pytest.raises(HostBusy):
        hand(desk, booked, "miss-kaur")


def test_a_hold_of_a_parent_who_is_choosing_makes_the_colleague_busy_until_it_ends(
    desk: Desk,
) -> None:
    from assistant.casework.times import Window
    from assistant.services.hold_slot import hold_slot
    from assistant.services.offer_slots import offer_slots

    booked = book(desk, "key")
    window = Window(HALF_PAST_NINE, HALF_PAST_NINE + timedelta(minutes=5))
    slot = offer_slots(desk, host_ids=[DEPUTY], windows=[window]).matching[0]
    hold_slot(desk, holder="somebody", slot=slot)
    with pytest.raises(HostBusy):
        hand(desk, booked, DEPUTY)
    pass_time(desk, hours=1)
    hand(desk, booked, DEPUTY)
    assert cells_of(desk, booked.id)[f"staff:{DEPUTY}"] == 5


def test_sent_twice_it_is_handed_over_once_and_the_second_is_no_error(desk: Desk) -> None:
    booked = book(desk, "key")
    for _twice in range(2):
        hand(desk, booked, DEPUTY)
    assert len(invitations(desk)) == 2 + 3
    with pytest.raises(NotHere):  # the key answers for him alone
        hand(desk, booked, DEPUTY, by=SENCO)


def test_a_meeting_that_has_begun_or_was_cancelled_stays_where_it_is(desk: Desk) -> None:
    booked, cancelled = book(desk, "key"), book(desk, "two", london("2026-11-25T11:00"))
    cancel_meeting(desk, meeting_id=cancelled.id, idempotency_key="c")
    with pytest.raises(MeetingGone):
        hand(desk, cancelled, DEPUTY)
    pass_time(desk, days=2)
    with pytest.raises(MeetingGone):
        hand(desk, booked, DEPUTY)


def test_the_parent_can_still_move_and_cancel_it(desk: Desk) -> None:
    booked = book(desk, "key")
    hand(desk, booked, DEPUTY)
    ten = london("2026-11-25T10:00")
    moved = move_meeting(desk, meeting_id=booked.id, starts_at=ten, idempotency_key="m")
    assert (moved.host_name, moved.starts_at) == ("Mr Mensah", ten)
    assert set(cells_of(desk, booked.id)) >= {f"staff:{DEPUTY}"}
    cancel_meeting(desk, meeting_id=booked.id, idempotency_key="c")
    assert cells_of(desk, booked.id) == {}


def attempt(act: object, *arguments: object) -> str:
    try:
        act(*arguments)  # type: ignore[operator]
    except (HostBusy, SlotTaken):
        return "refused"
    except ServiceError as problem:
        return type(problem).__name__
    return "done"


@pytest.mark.parametrize("turn", range(5))
def test_a_hand_over_and_a_booking_of_the_new_host_at_once_exactly_one_wins(
    desk: Desk, turn: int
) -> None:
    booked = book(desk, "key")
    start = Barrier(2)

    def hand_it() -> str:
        start.wait()
        return attempt(hand, desk, booked, DEPUTY)

    def book_it() -> str:
        start.wait()
        late = HALF_PAST_NINE + timedelta(minutes=5 * (turn % 3))
        return attempt(lambda: book(desk, "rival", late, host_id=DEPUTY))

    with ThreadPoolExecutor(2) as pool:
        outcomes = [done.result() for done in (pool.submit(hand_it), pool.submit(book_it))]
    assert sorted(outcomes) == ["done", "refused"]
    with desk.unit_of_work(read_only=True) as work:
        his = select(Cell.meeting_id).where(Cell.resource == f"staff:{DEPUTY}").distinct()
        assert len(work.session.scalars(his).all()) == 1
    assert f"staff:{host_of(desk, booked.id)}" in cells_of(desk, booked.id)


def test_two_who_hand_to_each_other_at_once_wait_and_do_not_deadlock(desk: Desk) -> None:
    mine = book(desk, "mine")
    his = book(desk, "his", london("2026-11-25T11:00"), host_id=DEPUTY)
    start = Barrier(2)

    def hand_it(receipt: MeetingReceipt, by: str, to: str) -> str:
        start.wait()
        return attempt(hand, desk, receipt, to, by)

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(hand_it, mine, HOST, DEPUTY), pool.submit(hand_it, his, DEPUTY, HOST)]
        assert [each.result() for each in both] == ["done", "done"]
    assert (host_of(desk, mine.id), host_of(desk, his.id)) == (DEPUTY, HOST)
