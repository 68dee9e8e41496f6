"""A case goes to the right person, once, sealed, with neutral mail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.references import normalise_reference
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from assistant.services.shapes import Child, Contact
from assistant.services.start_conversation import start_conversation
from assistant.store.ledger import Outbox
from assistant.store.tables import CaseAccess, CaseFile
from tests.desks import stored
from tests.services.filings import (
    BUSINESS_MANAGER,
    CHAIR,
    CHILD,
    CLERK,
    HEAD,
    HEADS_HUSBAND,
    HEADS_PA,
    OFFICE,
    PARENT,
    STATEMENT,
    VICE_CHAIR,
    address_of,
    file_case,
    mail,
    rows_of,
)


def readers(desk: Desk) -> set[str]:
    with desk.unit_of_work(read_only=True) as work:
        return set(work.session.scalars(select(CaseAccess.staff_id)))


def test_the_receipt_says_who_reads_it_and_by_when(desk: Desk) -> None:
    receipt = file_case(desk)
    assert normalise_reference(receipt.reference) == receipt.reference
    assert (receipt.kind, receipt.status) == ("complaint", "received")
    assert receipt.handler_label == "Mrs Ashworth, headteacher"
    assert receipt.readers == ("Mrs Ashworth, headteacher",)
    assert [(each.name, each.due_on) for each in receipt.deadlines] == [
        ("Acknowledge", date(2026, 12, 1)),
        ("Reply", date(2026, 12, 15)),
    ]


def test_the_same_key_gives_the_same_receipt_and_opens_one_case(desk: Desk) -> None:
    assert file_case(desk, "same") == file_case(desk, "same", statement="Another text")
    assert rows_of(desk.unit_of_work, CaseFile) == 1


def test_sixteen_sends_at_once_under_one_key_open_one_case(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: file_case(desk, "same"), range(16)))
    assert len({receipt.reference for receipt in receipts}) == 1
    assert rows_of(desk.unit_of_work, CaseFile) == 1
    assert rows_of(desk.unit_of_work, Outbox) == 2


def test_what_the_parent_wrote_is_nowhere_in_the_database_in_clear(desk: Desk) -> None:
    file_case(desk)
    secrets = [STATEMENT, CHILD, "An apology", "Quill", "07700", "o.quill", "Polish"]
    tables = ("case_file", "outbox", "history_event", "history_detail", "case_access")
    everything = stored(desk.unit_of_work, *tables)
    assert [secret for secret in secrets if secret in everything] == []
    assert HEAD in everything


def test_the_messages_say_nothing_of_the_matter(desk: Desk) -> None:
    receipt = file_case(desk)
    messages = mail(desk)
    assert {to for to, _subject, _body in messages} == {address_of(desk, HEAD), PARENT.email}
    for _to, subject, body in messages:
        for secret in ("Zephyrine", "Quill", "rain", "complaint", "Complaint", "4B"):
            assert secret not in (subject + body).replace(receipt.reference, "")
        assert receipt.reference in body


@pytest.mark.parametrize("contact", [Contact(), Contact(email="o@home.example", safe=False)])
def test_a_parent_who_gave_no_safe_address_gets_no_mail(desk: Desk, contact: Contact) -> None:
    file_case(desk, contact=contact)
    assert {to for to, _subject, _body in mail(desk)} == {address_of(desk, HEAD)}


def test_a_case_out_of_term_counts_from_the_first_day_back(desk: Desk) -> None:
    desk.clock.instant = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    receipt = file_case(desk)
    with desk.unit_of_work(read_only=True) as work:
        case = work.session.get_one(CaseFile, receipt.id)
        assert case.deemed_received_on == date(2027, 1, 5)
    assert all("5 January" in each.sum for each in receipt.deadlines)


def test_a_data_protection_request_does_not_wait_for_term(desk: Desk) -> None:
    desk.clock.instant = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    receipt = file_case(desk, kind=CaseKind.DATA_PROTECTION, channel=Channel.STATUTORY)
    assert receipt.handler_label == "Ms Nair, data protection officer"
    assert [each.due_on for each in receipt.deadlines] == [date(2026, 12, 29), date(2027, 1, 21)]


WHO_HANDLES = [
    pytest.param({}, HEAD, set(), id="a complaint"),
    pytest.param(
        {"kind": CaseKind.CONCERN, "channel": Channel.STAFF},
        "mr-bennett",
        set(),
        id="a concern goes to the class teacher",
    ),
    pytest.param(
        {"kind": CaseKind.CONCERN, "channel": Channel.STAFF, "subjects": frozenset({"mr-bennett"})},
        "miss-tomlin",
        set(),
        id="about the class teacher",
    ),
    pytest.param(
        {"kind": CaseKind.CONCERN, "channel": Channel.HEADTEACHER},
        HEAD,
        set(),
        id="a concern for the head",
    ),
    pytest.param(
        {"kind": CaseKind.CALL_BACK, "channel": Channel.SERVICE}, OFFICE, set(), id="a call-back"
    ),
    pytest.param({"channel": Channel.GOVERNORS}, CHAIR, {CLERK}, id="for the governors"),
    pytest.param({"subjects": frozenset({HEAD})}, CHAIR, {CLERK}, id="about the head"),
    pytest.param(
        {"subjects": frozenset({HEADS_HUSBAND})}, CHAIR, {CLERK}, id="about the head's husband"
    ),
    pytest.param(
        {"subjects": frozenset({HEADS_PA})}, CHAIR, {CLERK}, id="about a reader of the head's inbox"
    ),
    pytest.param({"subjects": frozenset({HEAD, CLERK})}, CHAIR, set(), id="about head and clerk"),
    pytest.param({"subjects": frozenset({"mrs-yusuf"})}, CHAIR, {CLERK}, id="about a governor"),
    pytest.param({"subjects": frozenset({VICE_CHAIR})}, CHAIR, {CLERK}, id="about the vice-chair"),
    pytest.param({"subjects": frozenset({CHAIR})}, CLERK, set(), id="about the chair"),
    pytest.param({"subjects": frozenset({HEAD, CHAIR})}, CLERK, set(), id="about head and chair"),
]


@pytest.mark.parametrize(("changed", "handler", "others"), WHO_HANDLES)
def test_the_right_person_handles_it_and_nobody_else_reads_it(
    desk: Desk, changed: dict[str, object], handler: str, others: set[str]
) -> None:
    receipt = file_case(desk, **changed)
    with desk.unit_of_work(read_only=True) as work:
        assert work.session.get_one(CaseFile, receipt.id).handler_id == handler
    assert readers(desk) == {handler} | others


def test_a_case_about_the_head_reaches_no_inbox_that_the_head_can_see(desk: Desk) -> None:
    file_case(desk, subjects=frozenset({HEAD}))
    walled = {HEAD, HEADS_HUSBAND, HEADS_PA, BUSINESS_MANAGER}
    assert not readers(desk) & walled
    assert not {to for to, _s, _b in mail(desk)} & {address_of(desk, each) for each in walled}


def test_a_case_that_nobody_at_school_is_free_of_names_the_contact_outside(desk: Desk) -> None:
    receipt = file_case(desk, subjects=frozenset({CHAIR, CLERK}))
    assert receipt.handler_label == desk.school.governance_contact
    assert receipt.readers == ()
    assert readers(desk) == set()


def test_the_conversation_finds_its_case(desk: Desk) -> None:
    mine, _token = start_conversation(desk)
    other, _token = start_conversation(desk)
    receipt = file_case(desk, conversation_id=mine)
    (found,) = find_records(desk, conversation_id=mine)
    assert (found.reference, found.kind, found.words) == (
        receipt.reference,
        "complaint",
        (STATEMENT,),
    )
    assert find_records(desk, conversation_id=other) == []


def test_a_case_without_a_known_class_still_has_a_handler(desk: Desk) -> None:
    receipt = file_case(desk, kind=CaseKind.CONCERN, channel=Channel.STAFF, child=Child("X"))
    assert receipt.handler_label == "Mrs Doyle, pastoral lead"
