"""A copy of one person's data: what it leaves out, who sees it, and what is noted."""

from __future__ import annotations

import json

import pytest

from assistant.casework.kinds import CaseStatus
from assistant.casework.masking import Ruling, RulingKind
from assistant.casework.policy_steps import PolicyStep
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.disclosures import DisclosureUnclear
from assistant.services.draft_disclosure import view_draft
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.open_disclosure import open_disclosure, view_disclosure
from assistant.services.persons_records import choose_records, propose_records
from assistant.services.record_links import CASE
from assistant.services.recuse import recuse
from assistant.services.revoke_access import revoke_access
from assistant.services.seal_disclosure import seal_disclosure
from assistant.services.shapes import Contact
from tests.desks import pass_time, stored
from tests.services.bookings import book
from tests.services.disclosing import (
    DPO,
    OTTOLINE,
    begin_part,
    events,
    note,
    proposed,
    request_data,
    rule,
    seal,
)
from tests.services.filings import CHAIR, CLERK, HEAD, PARENT, SENCO, file_case
from tests.services.policing import follow_up, take

BRAM = Contact("Bram Quill", PARENT.phone, PARENT.email, safe=True)

pytestmark = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)


def test_a_meeting_is_proposed_and_copied_with_its_note(desk: Desk) -> None:
    asked = request_data(desk)
    meeting = book(desk, "theirs", host_id=HEAD, contact=PARENT)
    begin_part(desk, asked.reference, meeting.reference)
    assert meeting.reference in proposed(desk, asked.reference)
    (record,) = seal(desk, asked.reference).records
    assert record["what"] == "Meeting"
    assert record["facts"]["With"] == "Headteacher"


def test_a_complaint_about_the_head_changes_nothing_that_the_head_is_shown(desk: Desk) -> None:
    asked = request_data(desk)
    mine = file_case(desk, "mine")
    begin_part(desk, asked.reference, mine.reference)
    before = propose_records(desk, HEAD, asked.reference), view_draft(desk, HEAD, asked.reference)
    about_head = file_case(desk, "about the head", subjects=frozenset({HEAD}))
    note(desk, about_head.reference, "A note.", CHAIR)
    assert before == (
        propose_records(desk, HEAD, asked.reference),
        view_draft(desk, HEAD, asked.reference),
    )


def test_a_part_is_its_makers_alone(desk: Desk) -> None:
    asked = request_data(desk)
    begin_part(desk, asked.reference, file_case(desk).reference)
    assert view_disclosure(desk, DPO, asked.reference).person is None
    with pytest.raises(NotHere):
        view_draft(desk, DPO, asked.reference)


def test_a_record_that_was_closed_meanwhile_is_in_no_copy(desk: Desk) -> None:
    asked, case = request_data(desk), file_case(desk)
    begin_part(desk, asked.reference, asked.reference, case.reference)
    seen = view_draft(desk, HEAD, asked.reference).digest
    recuse(
        desk, staff_id=HEAD, reference=case.reference, why="A neighbour.", idempotency_key="back"
    )
    with pytest.raises(NotPossibleNow):
        seal_disclosure(desk, staff_id=HEAD, reference=asked.reference, digest=seen)
    assert case.reference not in json.dumps(seal(desk, asked.reference).records)
    assert proposed(desk, asked.reference) == {asked.reference}


def test_the_part_is_closed_with_the_request(desk: Desk) -> None:
    asked = request_data(desk)
    begin_part(desk, asked.reference, asked.reference)
    seen = view_draft(desk, HEAD, asked.reference).digest
    revoke_access(
        desk, staff_id=DPO, reference=asked.reference, of=HEAD, why="Done.", idempotency_key="end"
    )
    with pytest.raises(NotHere):
        seal_disclosure(desk, staff_id=HEAD, reference=asked.reference, digest=seen)


@pytest.mark.parametrize("reader", [SENCO, CLERK])
def test_the_request_opens_for_who_may_read_it_and_another_kind_of_case_for_nobody(
    desk: Desk, reader: str
) -> None:
    asked, complaint = request_data(desk), file_case(desk)
    with pytest.raises(NotHere):
        view_disclosure(desk, reader, asked.reference)
    with pytest.raises(NotHere):
        view_disclosure(desk, HEAD, complaint.reference)


def test_what_the_other_parent_sent_is_left_out_whole_though_phone_and_child_are_the_same(
    desk: Desk,
) -> None:
    asked = request_data(desk)
    his = file_case(desk, "his", contact=BRAM, statement="I want the child to live with me.")
    note(desk, his.reference, "He rang again.")
    begin_part(desk, asked.reference, asked.reference, his.reference)
    text = json.dumps(seal(desk, asked.reference).records)
    for told in (his.reference, "Bram", "live with me", "rang again"):
        assert told not in text
    with desk.unit_of_work(read_only=True) as work:
        assert "case.disclosed" not in [each.kind for each in work.events_of(CASE, his.id)]
    rule(desk, asked.reference, Ruling(RulingKind.RELEASE, f"{his.reference}-statement"))
    text = json.dumps(seal(desk, asked.reference).records)
    assert "live with me" in text
    assert "Bram" not in text


def test_what_was_passed_to_safeguarding_is_left_out(desk: Desk) -> None:
    asked, case = request_data(desk), file_case(desk)
    change_status(
        desk, staff_id=HEAD, reference=case.reference, status=CaseStatus.DIVERTED,
        why="A disclosure.", idempotency_key="divert",
    )  # fmt: skip
    begin_part(desk, asked.reference, asked.reference, case.reference)
    assert case.reference not in json.dumps(seal(desk, asked.reference).records)


def test_a_step_that_the_parent_is_not_told_of_is_in_no_copy_until_a_person_lets_it(
    desk: Desk,
) -> None:
    asked, case = request_data(desk), follow_up(desk)
    take(desk, case.reference, step=PolicyStep.POLICE, notice="")
    begin_part(desk, asked.reference, case.reference)
    (held,) = [
        each
        for record in view_draft(desk, HEAD, asked.reference).records
        for each in record.passages
        if each.withheld
    ]
    assert "Ask the police" in held.title
    text = json.dumps(seal(desk, asked.reference).records)
    for told in ("police", "not told", "Look again"):
        assert told not in text
    rule(desk, asked.reference, Ruling(RulingKind.RELEASE, held.key))
    assert "Ask the police" in json.dumps(seal(desk, asked.reference).records)


def test_a_ruling_without_reason_words_or_a_passage_of_the_draft_is_refused(desk: Desk) -> None:
    asked = request_data(desk)
    begin_part(desk, asked.reference, file_case(desk).reference)
    for wrong in (Ruling(RulingKind.HIDE), Ruling(RulingKind.WITHHOLD)):
        with pytest.raises(DisclosureUnclear):
            rule(desk, asked.reference, wrong)
    with pytest.raises(DisclosureUnclear):
        rule(desk, asked.reference)
    with pytest.raises(NotHere):
        rule(desk, asked.reference, Ruling(RulingKind.SHOW, "SG-000-000-000-1", "x"))


def test_what_nobody_looked_at_is_not_handed_over(desk: Desk) -> None:
    asked, case = request_data(desk), file_case(desk)
    begin_part(desk, asked.reference, case.reference)
    seen = view_draft(desk, HEAD, asked.reference).digest
    note(desk, case.reference, "Came in after the draft was read.")
    with pytest.raises(NotPossibleNow):
        seal_disclosure(desk, staff_id=HEAD, reference=asked.reference, digest=seen)
    choose_records(desk, staff_id=HEAD, reference=asked.reference, chosen=())
    with pytest.raises(NotPossibleNow):
        seal(desk, asked.reference)


def test_looking_twice_on_a_day_leaves_the_copy_as_it_was_read(desk: Desk) -> None:
    asked, case = request_data(desk), file_case(desk)
    begin_part(desk, asked.reference, case.reference)
    first = view_draft(desk, HEAD, asked.reference).digest
    pass_time(desk, hours=1)
    assert view_draft(desk, HEAD, asked.reference).digest == first


def test_every_step_is_in_the_history_of_the_part_and_of_the_record(desk: Desk) -> None:
    asked, case = request_data(desk), file_case(desk)
    begin_part(desk, asked.reference, case.reference)
    propose_records(desk, HEAD, asked.reference)
    digest = seal(desk, asked.reference).digest
    assert [each.kind for each in events(desk)] == [
        "disclosure.opened",
        "disclosure.chosen",
        "disclosure.searched",
        "disclosure.read",
        "disclosure.sealed",
    ]
    with desk.unit_of_work(read_only=True) as work:
        last = work.events_of(CASE, case.id)[-2:]
    assert [each.kind for each in last] == ["case.read", "case.disclosed"]
    assert last[-1].details["digest"] == digest
    assert view_disclosure(desk, HEAD, asked.reference).sealed[0][1] == digest


def test_nothing_of_it_lies_open_in_the_database(desk: Desk) -> None:
    asked = request_data(desk)
    case = file_case(desk)
    begin_part(desk, asked.reference, case.reference)
    rule(desk, asked.reference, Ruling(RulingKind.HIDE, "", "the rain"))
    seal(desk, asked.reference)
    kept = stored(desk.unit_of_work, "disclosure", "disclosure_ruling", "history_detail")
    for word in ("Quill", "passport", "the rain", "They wrote it"):
        assert word not in kept


def test_whose_it_is_needs_a_name_an_identity_and_a_reason(desk: Desk) -> None:
    asked = request_data(desk)
    for identity, why in (("", "Asked."), ("Passport.", " ")):
        with pytest.raises(DisclosureUnclear):
            open_disclosure(
                desk, staff_id=HEAD, reference=asked.reference, person=OTTOLINE,
                identity=identity, why=why,
            )  # fmt: skip
