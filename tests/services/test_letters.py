"""Parent and staff write to each other; notes never cross."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from assistant.casework.kinds import CaseStatus
from assistant.services.add_note import add_note
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.errors import NotHere
from assistant.services.open_link import open_link
from assistant.services.receipts import keep_missing_receipts, link_of_receipt, receipt_for
from assistant.services.view_case import view_case
from assistant.services.write_to_parent import write_to_parent
from assistant.store.letter_tables import ReceiptOfCase
from tests.databases import ON_SQLITE
from tests.desks import stored
from tests.services.filings import HEAD, PARENT, SENCO, file_case, mail

pytestmark = ON_SQLITE

WORDS = "We will ring you on Friday about the rain."


def write(desk: Desk, reference: str, staff_id: str = HEAD, key: str = "letter") -> None:
    write_to_parent(
        desk,
        staff_id=staff_id,
        reference=reference,
        template="",
        words=WORDS,
        idempotency_key=key,
    )


def test_the_receipt_opens_the_case_and_is_stored_nowhere(desk: Desk) -> None:
    case = file_case(desk)
    receipt = receipt_for(desk, case.id)
    assert link_of_receipt(desk, receipt=receipt.lower()) == case.token
    kept = stored(desk.unit_of_work, "receipt_of_case", "case_file", "outbox", "history_event")
    assert receipt not in kept
    assert receipt.replace("-", "") not in kept
    assert all(receipt not in body for _, _, body in mail(desk))


def test_a_case_of_before_there_were_receipts_gets_its_own(desk: Desk) -> None:
    case = file_case(desk)
    with desk.unit_of_work() as work:
        work.session.execute(delete(ReceiptOfCase))
        work.commit(unrecorded="as before there were receipts")
    assert link_of_receipt(desk, receipt=receipt_for(desk, case.id)) is None
    assert (keep_missing_receipts(desk), keep_missing_receipts(desk)) == (1, 0)
    assert link_of_receipt(desk, receipt=receipt_for(desk, case.id)) == case.token


def test_the_reference_and_a_receipt_of_no_case_open_nothing(desk: Desk) -> None:
    case = file_case(desk)
    assert link_of_receipt(desk, receipt=case.reference) is None
    assert link_of_receipt(desk, receipt=receipt_for(desk, "0" * 32)) is None


def test_a_letter_is_on_the_parents_page_once_and_the_mail_says_only_that_it_is_there(
    desk: Desk,
) -> None:
    case = file_case(desk)
    for _ in range(2):
        write(desk, case.reference)
    record = open_link(desk, token=case.token)
    assert record
    assert [letter.words for letter in record.letters] == [WORDS]
    told = [body for to, _, body in mail(desk) if to == PARENT.email and "has written" in body]
    assert len(told) == 1
    assert "rain" not in told[0]
    assert f"/r/{case.token}" in told[0]
    assert WORDS not in stored(desk.unit_of_work, "letter", "outbox")


def test_staff_see_on_the_timeline_what_was_written(desk: Desk) -> None:
    case = file_case(desk)
    write(desk, case.reference)
    assert WORDS in [each.words for each in view_case(desk, HEAD, case.reference).timeline]


def test_a_parent_who_called_mail_unsafe_gets_none_and_staff_are_told_to_ring(desk: Desk) -> None:
    unsafe = type(PARENT)(PARENT.name, PARENT.phone, PARENT.email, safe=False)
    case = file_case(desk, contact=unsafe)
    write(desk, case.reference)
    assert PARENT.email not in [to for to, _, _ in mail(desk)]
    entries = [each.words for each in view_case(desk, HEAD, case.reference).timeline]
    assert any("Ring the parent" in words for words in entries)


def test_nobody_behind_the_wall_writes_to_the_parent(desk: Desk) -> None:
    case = file_case(desk)
    with pytest.raises(NotHere):
        write(desk, case.reference, SENCO)


def test_notes_reasons_needs_and_names_of_writers_never_cross_to_the_parent(desk: Desk) -> None:
    case = file_case(desk)
    add_note(
        desk, staff_id=HEAD, reference=case.reference, words="CANARY note", idempotency_key="n"
    )
    change_status(
        desk,
        staff_id=HEAD,
        reference=case.reference,
        status=CaseStatus.ACKNOWLEDGED,
        why="CANARY reason",
        idempotency_key="s",
    )
    write(desk, case.reference)
    shown = repr(open_link(desk, token=case.token)) + repr(
        [each for each in mail(desk) if each[0] == PARENT.email]
    )
    assert WORDS in shown
    assert "CANARY" not in shown
    assert HEAD not in shown
