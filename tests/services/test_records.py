"""A parent's ways back to a record: the conversation, the link, the reference; and what they do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.casework.kinds import CaseStatus
from assistant.services.add_to_case import add_to_case
from assistant.services.begin_follow_up import begin_follow_up
from assistant.services.case_lists import list_cases
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, NotPossibleNow, TextTooLong
from assistant.services.find_records import find_records
from assistant.services.forget_conversation import forget_conversation
from assistant.services.open_link import open_link
from assistant.services.receipts import link_of_receipt, receipt_for
from assistant.services.start_conversation import start_conversation
from assistant.services.take_turn import MOST_CHARACTERS
from assistant.services.unlock_record import unlock_record
from assistant.services.view_case import view_case
from assistant.services.withdraw_case import withdraw_case
from assistant.store.tables import RecordNote
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.services.bookings import book
from tests.services.filings import (
    CHAIR,
    CLERK,
    HEAD,
    PARENT,
    STATEMENT,
    address_of,
    file_case,
    mail,
    rows_of,
)
from tests.services.policing import take

pytestmark = ON_SQLITE


def test_the_secret_link_opens_its_record_and_no_other(desk: Desk) -> None:
    case, meeting = file_case(desk), book(desk, "meeting")
    for receipt in (case, meeting):
        opened = open_link(desk, token=receipt.token)
        assert opened is not None
        assert (opened.kind, opened.reference) == (receipt.kind, receipt.reference)


@pytest.mark.parametrize("token", ["", "x" * 22, "\0", "\ud800", "a" * 5000])
def test_a_wrong_link_opens_nothing(desk: Desk, token: str) -> None:
    file_case(desk)
    assert open_link(desk, token=token) is None


def test_staff_notes_are_not_on_the_parents_page(desk: Desk) -> None:
    case = file_case(desk)
    with desk.unit_of_work() as work:
        note = RecordNote(
            id="n",
            idempotency_key="n",
            record_kind="case",
            record_id=case.id,
            author=HEAD,
            written_at=desk.clock.now(),
        )
        work.seal(note, "words", "A staff note")
        work.session.add(note)
        work.commit(unrecorded="a test")
    opened = open_link(desk, token=case.token)
    assert opened is not None
    assert opened.words == (STATEMENT,)


@pytest.mark.parametrize("clue", [PARENT.phone, "+44 7700 900123", "O.Quill@HOME.example "])
def test_a_reference_and_a_contact_unlock_a_record_in_this_conversation(
    desk: Desk, clue: str
) -> None:
    case = file_case(desk)
    conversation, _token = start_conversation(desk)
    spoken = case.reference.lower().replace("-", " ")
    found = unlock_record(desk, conversation_id=conversation, reference=spoken, contact_clue=clue)
    assert found is not None
    assert [each.reference for each in find_records(desk, conversation_id=conversation)] == [
        found.reference
    ]


@pytest.mark.parametrize("clue", ["", "900123", "07700 900124", "other@home.example", "\0", "@"])
def test_a_wrong_contact_unlocks_nothing(desk: Desk, clue: str) -> None:
    case = file_case(desk)
    conversation, _token = start_conversation(desk)
    for reference in (case.reference, "SG-000-000-000", "nonsense"):
        assert (
            unlock_record(
                desk, conversation_id=conversation, reference=reference, contact_clue=clue
            )
            is None
        )
    assert find_records(desk, conversation_id=conversation) == []


def test_records_stand_the_newest_first(desk: Desk) -> None:
    conversation, _token = start_conversation(desk)
    file_case(desk, conversation_id=conversation)
    pass_time(desk, minutes=5)
    book(desk, "meeting", conversation_id=conversation)
    kinds = [each.kind for each in find_records(desk, conversation_id=conversation)]
    assert kinds == ["meeting", "complaint"]


def mail_to_parent(desk: Desk) -> list[str]:
    return [subject for to, subject, _ in mail(desk) if to == PARENT.email]


def test_a_follow_up_of_a_post_is_nowhere_for_the_parent_before_its_first_letter(
    desk: Desk,
) -> None:
    conversation, _token = start_conversation(desk)
    theirs = file_case(desk, conversation_id=conversation)
    sent = len(mail_to_parent(desk))
    beside = {"staff_id": HEAD, "reference": theirs.reference, "idempotency_key": "beside"}
    begun = begin_follow_up(desk, **beside, words="A post about 4B.")
    status = {"status": CaseStatus.INVESTIGATING, "why": "We look.", "idempotency_key": "look"}
    change_status(desk, staff_id=HEAD, reference=begun.reference, **status)
    clue = {"reference": begun.reference, "contact_clue": PARENT.phone}
    found = {
        "in the chat": [each.id for each in find_records(desk, conversation_id=conversation)],
        "by its reference": unlock_record(desk, conversation_id=conversation, **clue),
        "by its link": open_link(desk, token=begun.token),
        "by its receipt": link_of_receipt(desk, receipt=receipt_for(desk, begun.id)),
        "by e-mail": len(mail_to_parent(desk)) - sent,
    }
    assert found == {
        "in the chat": [theirs.id],
        "by its reference": None,
        "by its link": None,
        "by its receipt": None,
        "by e-mail": 0,
    }
    take(desk, begun.reference)
    told = [each.reference for each in find_records(desk, conversation_id=conversation)]
    assert set(told) == {begun.reference, theirs.reference}
    assert link_of_receipt(desk, receipt=receipt_for(desk, begun.id)) == begun.token


def test_a_record_outlives_its_conversation(desk: Desk) -> None:
    conversation, _token = start_conversation(desk)
    case = file_case(desk, conversation_id=conversation)
    forget_conversation(desk, conversation)
    assert open_link(desk, token=case.token) is not None


def test_a_withdrawal_is_confirmed_in_writing_and_happens_once(desk: Desk) -> None:
    case = file_case(desk)
    for _twice in range(2):
        receipt = withdraw_case(desk, case_id=case.id, idempotency_key="w")
        assert receipt.status == "withdrawn"
    written = [body for to, _subject, body in mail(desk) if to == PARENT.email]
    assert len([body for body in written if "withdrawn" in body]) == 1


def test_what_is_finished_cannot_be_withdrawn(desk: Desk) -> None:
    case = file_case(desk)
    withdraw_case(desk, case_id=case.id, idempotency_key="one")
    with pytest.raises(NotPossibleNow):
        withdraw_case(desk, case_id=case.id, idempotency_key="two")


def test_an_unknown_case_is_not_here(desk: Desk) -> None:
    with pytest.raises(NotHere):
        withdraw_case(desk, case_id="none", idempotency_key="w")
    with pytest.raises(NotHere):
        add_to_case(desk, case_id="none", words="more", idempotency_key="w")


def test_added_words_reach_the_case_once(desk: Desk) -> None:
    case = file_case(desk)
    with ThreadPoolExecutor(4) as pool:
        for done in [
            pool.submit(add_to_case, desk, case_id=case.id, words="And again.", idempotency_key="a")
            for _ in range(8)
        ]:
            done.result()
    opened = open_link(desk, token=case.token)
    assert opened is not None
    assert opened.words == (STATEMENT, "And again.")
    assert len([to for to, _s, _b in mail(desk) if to == address_of(desk, HEAD)]) == 2


def test_more_words_than_can_be_stored_are_refused_whole(desk: Desk) -> None:
    case = file_case(desk)
    with pytest.raises(TextTooLong):
        add_to_case(desk, case_id=case.id, words="x" * (MOST_CHARACTERS + 1), idempotency_key="a")


def test_naming_the_handler_later_takes_the_case_away_from_them(desk: Desk) -> None:
    case = file_case(desk)
    view_case(desk, HEAD, case.reference)
    add_to_case(desk, case_id=case.id, words="Mrs Ashworth shouted at me too.", idempotency_key="a")
    with pytest.raises(NotHere):
        view_case(desk, HEAD, case.reference)
    assert list_cases(desk, HEAD).rows == ()
    for reader in (CHAIR, CLERK):
        assert view_case(desk, reader, case.reference).row.handler_label == (
            "Dr Siddiqui, chair of governors, through the clerk"
        )
    told = [to for to, _subject, _body in mail(desk)]
    assert told.count(address_of(desk, HEAD)) == 1  # of the first filing, not of what came later
    assert told.count(address_of(desk, CHAIR)) >= 1


def test_naming_somebody_else_changes_no_reader(desk: Desk) -> None:
    case = file_case(desk)
    add_to_case(desk, case_id=case.id, words="Mr Bennett saw it.", idempotency_key="a")
    assert view_case(desk, HEAD, case.reference).readers == case.readers


def test_words_added_to_a_moved_case_still_find_the_next_handler(desk: Desk) -> None:
    case = file_case(desk)
    for number, words in enumerate(("Mrs Ashworth did.", "Dr Siddiqui knew.")):
        add_to_case(desk, case_id=case.id, words=words, idempotency_key=str(number))
    opened = open_link(desk, token=case.token)
    assert opened is not None
    assert opened.handler == "Ms Whitaker, clerk to governors"


def test_the_parent_sees_the_status_that_staff_set(desk: Desk) -> None:
    case = file_case(desk)
    change_status(
        desk,
        staff_id=HEAD,
        reference=case.reference,
        status=CaseStatus.ACKNOWLEDGED,
        idempotency_key="s",
        why="Rang the parent.",
    )
    opened = open_link(desk, token=case.token)
    assert opened is not None
    assert opened.status_label == "Acknowledged"
    assert "Rang" not in str(opened)
    assert rows_of(desk.unit_of_work, RecordNote) == 0
