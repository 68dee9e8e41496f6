"""A copy of one person's data: theirs alone, and only of what its maker may read."""

from __future__ import annotations

import json

from sqlalchemy import select

from assistant.casework.masking import Ruling, RulingKind
from assistant.security.sealing import key_of
from assistant.services.desk import Desk
from assistant.services.draft_disclosure import view_draft
from assistant.services.end_disclosure import end_disclosure
from assistant.services.open_disclosure import view_disclosure
from assistant.services.verify_history import verify_history
from assistant.services.write_to_parent import write_to_parent
from assistant.store.disclosure_tables import DisclosureRuling
from assistant.store.tables import CaseFile
from tests.desks import stored
from tests.services.disclosing import (
    DPO,
    begin_part,
    events,
    note,
    proposed,
    request_data,
    rule,
    seal,
)
from tests.services.filings import HEAD, PARENT, file_case


def test_the_copy_holds_words_notes_letters_dates_and_who_read_it_and_no_other_person(
    desk: Desk,
) -> None:
    asked = request_data(desk)
    case = file_case(desk, statement="Tyler Marsh pushed Zephyrine. Mrs Okafor saw it.")
    note(desk, case.reference, "Rang Kayleigh's mum on 07700 900999.")
    write_to_parent(
        desk, staff_id=HEAD, reference=case.reference, template="", words="We ring on Friday.",
        idempotency_key="letter",
    )  # fmt: skip
    begin_part(desk, asked.reference, case.reference)
    copy = seal(desk, asked.reference)
    text = json.dumps(copy.records)
    for kept in ("[a name] pushed Zephyrine. [SENCO] saw it.", "We ring on Friday.", PARENT.email):
        assert kept in text
    for gone in ("Tyler", "Marsh", "Okafor", "Kayleigh", "900999", "Ashworth"):
        assert gone not in text
    (record,) = copy.records
    assert record["dates"][0]["sum"]
    assert record["read_by"][0]["role"] == "Headteacher"
    titles = [each["title"] for each in record["words"]]
    assert "Headteacher, wrote to the parent" in titles


def test_a_part_that_is_thrown_away_leaves_nothing_but_its_history(desk: Desk) -> None:
    asked = request_data(desk)
    begin_part(desk, asked.reference, asked.reference)
    rule(desk, asked.reference, Ruling(RulingKind.HIDE, "", "everything"))
    seal(desk, asked.reference)
    for _ in range(2):
        end_disclosure(desk, staff_id=HEAD, reference=asked.reference)
    tables = "disclosure", "disclosed_record", "disclosure_ruling", "disclosure_seal"
    assert stored(desk.unit_of_work, *tables) == "[]"
    assert view_disclosure(desk, HEAD, asked.reference).person is None
    assert verify_history(desk) == ()


def test_only_what_the_maker_may_read_is_proposed_and_a_ticked_reference_opens_nothing(
    desk: Desk,
) -> None:
    asked = request_data(desk)
    mine = file_case(desk, "mine")
    about_head = file_case(desk, "about the head", subjects=frozenset({HEAD}))
    begin_part(desk, asked.reference, mine.reference, about_head.reference)
    assert proposed(desk, asked.reference) == {asked.reference, mine.reference}
    assert [each.reference for each in view_draft(desk, HEAD, asked.reference).records] == [
        mine.reference
    ]
    begin_part(desk, asked.reference, mine.reference, staff_id=DPO)
    assert proposed(desk, asked.reference, DPO) == {asked.reference}
    assert view_draft(desk, DPO, asked.reference).records == ()


def test_a_ruling_shows_hides_and_is_undone_and_is_kept_once_with_its_reason(desk: Desk) -> None:
    asked = request_data(desk)
    case = file_case(desk, statement="Tyler did it by the green bins.")
    begin_part(desk, asked.reference, case.reference)
    passage = f"{case.reference}-statement"

    def words() -> str:
        (record,) = seal(desk, asked.reference).records
        return str(record["words"][3]["words"])

    assert words() == "[a name] did it by the green bins."
    for _ in range(2):
        rule(desk, asked.reference, Ruling(RulingKind.SHOW, passage, "Tyler"), key="once")
    assert words() == "Tyler did it by the green bins."
    hide = Ruling(RulingKind.HIDE, "", "green bins"), Ruling(RulingKind.HIDE, passage, "tyler")
    rule(desk, asked.reference, *hide, key="two")
    assert words() == "[hidden] did it by the [hidden]."
    rule(desk, asked.reference, Ruling(RulingKind.SHOW, "", "green bins"), key="three")
    assert words() == "[hidden] did it by the green bins."
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(DisclosureRuling)).all()
        assert [work.unseal(row, "why") for row in rows] == ["They wrote it."] * 4
        statement = work.session.get_one(CaseFile, asked.id).statement
        sealed = [envelope for row in rows for envelope in (row.phrase, row.why)]
        assert {key_of(each) for each in sealed} == {key_of(statement)}


def test_the_history_of_an_answer_holds_no_word_that_outlives_the_request(desk: Desk) -> None:
    """Its details are under the school's key; the rows of the answer go with the case's."""
    asked, case = request_data(desk), file_case(desk)
    begin_part(desk, asked.reference, case.reference)
    rule(desk, asked.reference, Ruling(RulingKind.HIDE, "", "rain"))
    told = repr([each.details for each in events(desk)])
    assert "disclosure" in repr([each.kind for each in events(desk)])
    for word in ("passport", "She asked", "They wrote it", "rain"):
        assert word not in told
