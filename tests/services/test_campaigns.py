"""Cases that say the same: found, linked by a person, answered together, never across the wall."""

from __future__ import annotations

import json

import pytest

from assistant.services.add_to_case import add_to_case
from assistant.services.answer_campaign import answer_campaign
from assistant.services.case_step import StepUnclear
from assistant.services.desk import Desk
from assistant.services.disclosure_shapes import DraftPassage
from assistant.services.draft_disclosure import view_draft
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.link_cases import AboutOthers, link_cases, unlink_case
from assistant.services.open_link import open_link
from assistant.services.shapes import CaseReceipt
from assistant.services.view_campaign import view_campaign
from assistant.services.view_case import view_case
from assistant.store.campaign_tables import Campaign
from tests.databases import ON_SQLITE
from tests.services.disclosing import begin_part, request_data, seal
from tests.services.filings import HEAD, SENCO, file_case, rows_of

pytestmark = ON_SQLITE

ROUND = (
    "Dear school, I am writing about the new uniform rule. It costs ninety pounds and was decided "
    "without asking a single parent. I want it stopped until we have been heard."
)
CHANGED = ROUND.replace("Dear school", "To whom it may concern").replace("ninety", "90")
OTHER = "My son has not been given his inhaler twice this week and nobody rang me about it."


def sent_round(desk: Desk, key: str, words: str = ROUND, **changed: object) -> CaseReceipt:
    return file_case(desk, key, statement=words, **changed)


def link(desk: Desk, one: CaseReceipt, *others: CaseReceipt, key: str = "l") -> None:
    link_cases(
        desk,
        staff_id=HEAD,
        reference=one.reference,
        others=[each.reference for each in others],
        name="The uniform rule",
        why="One letter, sent round.",
        idempotency_key=key,
    )


def references(rows: object) -> set[str]:
    return {row.reference for row in rows}  # type: ignore[attr-defined]


def test_one_letter_sent_round_is_found_and_another_matter_is_not(desk: Desk) -> None:
    one, two = sent_round(desk, "one"), sent_round(desk, "two", CHANGED)
    sent_round(desk, "other", OTHER)
    assert references(view_campaign(desk, HEAD, one.reference).alike) == {two.reference}


def test_linked_cases_are_answered_at_once_each_on_a_page_of_its_own(desk: Desk) -> None:
    one, two = sent_round(desk, "one"), sent_round(desk, "two", CHANGED)
    apart = sent_round(desk, "apart", f"{ROUND} And my child has eczema from the new shirt.")
    for _ in range(2):
        link(desk, one, two, apart)
    view = view_campaign(desk, HEAD, two.reference)
    assert (view.name, len(view.linked), view.alike) == ("The uniform rule", 3, ())
    asked = {"staff_id": HEAD, "reference": apart.reference, "why": "Eczema."}
    for _ in range(2):
        unlink_case(desk, **asked, idempotency_key="u")
    answer = {"staff_id": HEAD, "reference": one.reference, "words": "We will ask you all."}
    answer["looked_at"] = {one.reference, two.reference}
    for _ in range(2):
        told = answer_campaign(desk, **answer, idempotency_key="a")
    assert set(told) == {one.reference, two.reference}
    for case, letters in ((one, 1), (two, 1), (apart, 0)):
        record = open_link(desk, token=case.token)
        assert record
        assert len(record.letters) == letters


def test_nobody_finds_links_or_answers_a_case_behind_the_wall(desk: Desk) -> None:
    mine = sent_round(desk, "mine")
    closed = sent_round(desk, "closed", subjects=frozenset({HEAD}))
    assert view_campaign(desk, HEAD, mine.reference).alike == ()
    with pytest.raises(NotHere):
        link(desk, mine, closed)
    assert view_campaign(desk, HEAD, mine.reference).linked == ()
    with pytest.raises(NotHere):
        view_campaign(desk, SENCO, mine.reference)


def test_a_case_is_no_campaign_by_itself(desk: Desk) -> None:
    one = sent_round(desk, "one")
    with pytest.raises(NotPossibleNow):
        link(desk, one, one)
    assert view_campaign(desk, HEAD, one.reference).linked == ()


def test_a_case_belongs_to_one_campaign_and_a_new_one_needs_a_name(desk: Desk) -> None:
    one, two, three = (sent_round(desk, key) for key in ("one", "two", "three"))
    asked = {"staff_id": HEAD, "reference": one.reference, "others": [two.reference]}
    with pytest.raises(StepUnclear):
        link_cases(desk, **asked, name=" ", why="The same.", idempotency_key="n")
    link(desk, one, two)
    with pytest.raises(NotPossibleNow):
        link(desk, three, two, key="again")
    with pytest.raises(NotPossibleNow):
        answer_campaign(
            desk,
            staff_id=HEAD,
            reference=three.reference,
            looked_at=frozenset(),
            words="Hello.",
            idempotency_key="a",
        )


def test_a_campaign_goes_with_its_last_case(desk: Desk) -> None:
    one, two = (sent_round(desk, key) for key in ("one", "two"))
    link(desk, one, two)
    for number, case in enumerate((one, two)):
        assert rows_of(desk.unit_of_work, Campaign) == 1
        wish = {"staff_id": HEAD, "reference": case.reference, "why": "Its own."}
        unlink_case(desk, idempotency_key=f"u{number}", **wish)
    assert rows_of(desk.unit_of_work, Campaign) == 0


def stories(desk: Desk, staff_id: str, case: CaseReceipt) -> list[str]:
    timeline = view_case(desk, staff_id, case.reference).timeline
    return [each.title for each in timeline if "say the same" in each.title]


def test_cases_about_different_people_are_not_linked(desk: Desk) -> None:
    one = sent_round(desk, "one")
    about = sent_round(desk, "about", subjects=frozenset({SENCO}))
    with pytest.raises(AboutOthers):
        link(desk, one, about)
    assert view_campaign(desk, HEAD, one.reference).linked == ()


def test_whom_a_linked_case_names_later_is_not_told_that_it_was_linked(desk: Desk) -> None:
    one, two, three = (sent_round(desk, key) for key in ("one", "two", "three"))
    link(desk, one, two)
    assert len(stories(desk, HEAD, one)) == 1
    add_to_case(desk, case_id=two.id, words="Mrs Ashworth shouted at me.", idempotency_key="more")
    assert stories(desk, HEAD, one) == []
    assert view_campaign(desk, HEAD, one.reference).name == ""
    assert references(view_campaign(desk, HEAD, three.reference).alike) == {one.reference}
    alone = {"staff_id": HEAD, "reference": one.reference, "idempotency_key": "alone"}
    with pytest.raises(NotPossibleNow):
        answer_campaign(desk, **alone, words="Hello.", looked_at={one.reference})
    with pytest.raises(NotPossibleNow):
        unlink_case(desk, **alone, why="Alone.")
    with pytest.raises(StepUnclear):
        link_cases(
            desk,
            staff_id=HEAD,
            reference=one.reference,
            others=[three.reference],
            name="",
            why="The same.",
            idempotency_key="unnamed",
        )
    link(desk, three, one, key="again")
    view = view_campaign(desk, HEAD, one.reference)
    assert references(view.linked) == {one.reference, three.reference}
    assert len(stories(desk, HEAD, one)) == 1


def test_a_copy_of_data_tells_of_a_link_only_where_its_maker_may_know_of_it(desk: Desk) -> None:
    asked, one, two = request_data(desk), sent_round(desk, "one"), sent_round(desk, "two")
    link(desk, one, two)
    begin_part(desk, asked.reference, one.reference)
    assert "say the same" in json.dumps(seal(desk, asked.reference).records)
    before = [each.key for each in passages(desk, asked.reference) if "linked" not in each.key]
    add_to_case(desk, case_id=two.id, words="Mrs Ashworth shouted at me.", idempotency_key="more")
    assert "say the same" not in json.dumps(seal(desk, asked.reference).records)
    assert [each.key for each in passages(desk, asked.reference)] == before


def passages(desk: Desk, reference: str) -> tuple[DraftPassage, ...]:
    (record,) = view_draft(desk, HEAD, reference).records
    return record.passages
