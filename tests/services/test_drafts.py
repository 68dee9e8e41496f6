"""A draft of a booking: kept sealed, held, booked once, and gone when nobody wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.casework.kinds import MeetingMode
from assistant.services.book_draft import book_draft
from assistant.services.change_draft import change_draft
from assistant.services.clear_draft import clear_draft
from assistant.services.desk import Desk
from assistant.services.draft_answers import Answers
from assistant.services.drafts import DraftGone
from assistant.services.errors import NotPossibleNow
from assistant.services.find_records import find_records
from assistant.services.hold_draft_time import hold_draft_time
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken, VisitNotAllowed
from assistant.services.open_draft import open_draft
from assistant.services.purge_drafts import purge_drafts
from assistant.services.shapes import Needs
from assistant.services.start_conversation import start_conversation
from assistant.services.start_draft import start_draft
from assistant.store.ledger import HistoryEvent
from assistant.store.meeting_tables import Cell, Meeting
from tests.databases import ON_SQLITE
from tests.desks import pass_time, stored
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, book, count, free_on_wednesday
from tests.services.drafting import FILLED, drafted, ready
from tests.services.policing import close_visits

pytestmark = ON_SQLITE

TEN = london("2026-11-25T10:00")


def test_a_draft_gives_back_what_was_put_in(desk: Desk) -> None:
    view = open_draft(desk, token=ready(desk))
    assert view.answers.starts_at == HALF_PAST_NINE
    assert view.answers.without_time() == FILLED


def test_the_same_key_is_the_same_draft(desk: Desk) -> None:
    token = drafted(desk)
    change_draft(desk, token=token, change=lambda answers: replace(answers, note="Another."))
    assert drafted(desk) == token
    assert open_draft(desk, token=token).answers.note == "Another."
    assert drafted(desk, "another") != token


def test_the_database_holds_neither_the_words_nor_the_token(desk: Desk) -> None:
    token = drafted(desk)
    rows = stored(desk.unit_of_work, "meeting_draft")
    assert token not in rows
    assert "reading" not in rows
    assert "Sam" not in rows
    assert len(token) >= 22


@pytest.mark.parametrize("token", ["", "abc", "x" * 500, "\x00", "é"])
def test_another_token_opens_nothing(desk: Desk, token: str) -> None:
    drafted(desk)
    with pytest.raises(DraftGone):
        open_draft(desk, token=token)


def test_a_chosen_time_is_held_for_the_draft_alone(desk: Desk) -> None:
    token = ready(desk)
    held = open_draft(desk, token=token)
    assert held.answers.held_until == desk.clock.now() + timedelta(minutes=10)
    assert HALF_PAST_NINE not in free_on_wednesday(desk)
    assert HALF_PAST_NINE in free_on_wednesday(desk, held.holder)


def test_another_time_takes_the_place_of_the_first(desk: Desk) -> None:
    token = ready(desk)
    hold_draft_time(desk, token=token, starts_at=TEN)
    assert HALF_PAST_NINE in free_on_wednesday(desk)
    assert TEN not in free_on_wednesday(desk)


def test_a_time_that_is_given_up_is_free_at_once(desk: Desk) -> None:
    change_draft(desk, token=ready(desk), change=Answers.without_host)
    assert HALF_PAST_NINE in free_on_wednesday(desk)


def test_a_taken_time_comes_with_three_others_and_loses_nothing(desk: Desk) -> None:
    token = drafted(desk)
    book(desk, "faster")
    with pytest.raises(SlotTaken) as refusal:
        hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)
    assert len(refusal.value.alternatives) == 3
    assert open_draft(desk, token=token).answers == FILLED


@pytest.mark.parametrize(
    "when", ["2026-11-24T09:00", "2026-11-28T10:00", "2027-03-28T01:30", "2027-10-31T01:30"]
)
def test_a_time_that_was_never_free_is_gone_too(desk: Desk, when: str) -> None:
    with pytest.raises(SlotTaken):
        hold_draft_time(desk, token=drafted(desk), starts_at=london(when))


def test_nobody_can_be_held_about_themselves(desk: Desk) -> None:
    token = drafted(desk, meant=(FILLED.host_id,))
    with pytest.raises(HostNotAllowed):
        hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)


def test_room_and_interpreter_are_held_with_the_host(desk: Desk) -> None:
    token = drafted(desk, needs=Needs(interpreter="Urdu", step_free=True))
    hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)
    with desk.unit_of_work(read_only=True) as work:
        held = set(work.session.scalars(select(Cell.resource)))
    assert {f"staff:{FILLED.host_id}", "interpreter:mrs-rehman"} < held
    assert len(held) == 3
    meeting_id = book_draft(desk, token=token).id
    with desk.unit_of_work(read_only=True) as work:
        assert work.session.get_one(Meeting, meeting_id).interpreter_id == "mrs-rehman"


def test_a_time_without_an_interpreter_is_gone_and_others_come_along(desk: Desk) -> None:
    needs = Needs(interpreter="Urdu")
    book(desk, "elsewhere", host_id="mr-mensah", needs=needs)
    token = drafted(desk, needs=needs)
    with pytest.raises(SlotTaken) as refusal:
        hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)
    assert refusal.value.alternatives
    for slot in refusal.value.alternatives:
        hold_draft_time(desk, token=token, starts_at=slot.starts_at)


def test_by_phone_no_room_is_held(desk: Desk) -> None:
    token = drafted(desk, mode=MeetingMode.PHONE.value)
    hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)
    with desk.unit_of_work(read_only=True) as work:
        assert set(work.session.scalars(select(Cell.resource))) == {f"staff:{FILLED.host_id}"}


def test_who_may_not_come_in_is_refused_before_a_time_is_held(desk: Desk) -> None:
    token = drafted(desk)
    until = desk.clock.now().date() + timedelta(days=30)
    close_visits(desk, contact=FILLED.contact, until=until)
    with pytest.raises(VisitNotAllowed):
        hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)
    assert open_draft(desk, token=token).answers == FILLED
    assert count(desk, Cell) == 0


def test_a_draft_is_booked_once_and_empties(desk: Desk) -> None:
    token = ready(desk)
    receipt = book_draft(desk, token=token)
    assert book_draft(desk, token=token) == receipt
    assert count(desk, Meeting) == 1
    view = open_draft(desk, token=token)
    assert (view.receipt, view.answers) == (receipt, Answers())


def test_a_booked_draft_takes_no_more_answers(desk: Desk) -> None:
    token = ready(desk)
    book_draft(desk, token=token)
    change_draft(desk, token=token, change=lambda answers: replace(answers, note="Too late."))
    assert open_draft(desk, token=token).answers == Answers()


def test_the_meeting_has_what_was_typed(desk: Desk) -> None:
    receipt = book_draft(desk, token=ready(desk))
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get_one(Meeting, receipt.id)
        assert work.unseal(meeting, "note") == FILLED.words()
        assert work.unseal_json(meeting, "child")["class_name"] == "4B"
        assert work.unseal_json(meeting, "needs")["supporter"] is True
        assert work.unseal_json(meeting, "contact")["safe"] is True


def test_a_draft_without_a_time_is_not_booked(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow):
        book_draft(desk, token=drafted(desk))


def test_a_process_that_dies_between_booking_and_emptying_books_nothing_twice(desk: Desk) -> None:
    token = ready(desk)
    view = open_draft(desk, token=token)
    answers = view.answers
    assert answers.starts_at
    book(
        desk,
        view.holder,
        answers.starts_at,
        contact=answers.contact,
        note=answers.words(),
        holder=view.holder,
    )
    book_draft(desk, token=token)
    assert count(desk, Meeting) == 1


def test_a_time_whose_hold_ran_out_is_still_booked_when_nobody_took_it(desk: Desk) -> None:
    token = ready(desk)
    pass_time(desk, minutes=11)
    assert book_draft(desk, token=token).starts_at == HALF_PAST_NINE


def test_a_time_that_was_lost_with_its_hold_keeps_what_was_typed(desk: Desk) -> None:
    token = ready(desk)
    pass_time(desk, minutes=11)
    book(desk, "faster")
    with pytest.raises(SlotTaken):
        book_draft(desk, token=token)
    assert open_draft(desk, token=token).answers.note == FILLED.note
    assert count(desk, Meeting) == 1


def test_a_draft_of_the_chat_books_for_its_conversation(desk: Desk) -> None:
    conversation, _ = start_conversation(desk)
    token = start_draft(desk, idempotency_key="chat", answers=FILLED, conversation_id=conversation)
    hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)
    receipt = book_draft(desk, token=token)
    assert [one.id for one in find_records(desk, conversation_id=conversation)] == [receipt.id]


def test_a_conversation_that_is_not_there_is_no_error(desk: Desk) -> None:
    token = start_draft(desk, idempotency_key="k", answers=FILLED, conversation_id="0" * 32)
    assert open_draft(desk, token=token).conversation_id is None


def test_deleting_leaves_neither_words_nor_hold(desk: Desk) -> None:
    token = ready(desk)
    clear_draft(desk, token=token)
    clear_draft(desk, token=token)
    assert (count(desk, Cell), stored(desk.unit_of_work, "meeting_draft")) == (0, "[]")
    with pytest.raises(DraftGone):
        open_draft(desk, token=token)


def test_deleting_after_the_booking_keeps_the_meeting(desk: Desk) -> None:
    token = ready(desk)
    book_draft(desk, token=token)
    clear_draft(desk, token=token)
    assert count(desk, Meeting) == 1
    assert HALF_PAST_NINE not in free_on_wednesday(desk)


def test_a_draft_left_lying_is_gone_and_then_purged(desk: Desk) -> None:
    token = drafted(desk)
    pass_time(desk, hours=23)
    assert purge_drafts(desk) == 0
    kept = drafted(desk, "fresh")
    pass_time(desk, hours=2)
    with pytest.raises(DraftGone):
        open_draft(desk, token=token)
    assert purge_drafts(desk) == 1
    assert purge_drafts(desk) == 0
    assert open_draft(desk, token=kept).answers == FILLED


def test_a_purge_says_how_many_and_nothing_else(desk: Desk) -> None:
    drafted(desk)
    pass_time(desk, hours=25)
    purge_drafts(desk)
    with desk.unit_of_work(read_only=True) as work:
        event = work.session.scalars(
            select(HistoryEvent).where(HistoryEvent.kind == "drafts.purged")
        ).one()
        assert event.target_id == ""


def test_touching_a_draft_keeps_it(desk: Desk) -> None:
    token = drafted(desk)
    pass_time(desk, hours=20)
    change_draft(desk, token=token, change=lambda answers: answers)
    pass_time(desk, hours=20)
    assert open_draft(desk, token=token).answers == FILLED
