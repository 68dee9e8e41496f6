"""Cases that say the same: found, linked by a person, answered together, never across the wall."""

from __future__ import annotations

import pytest

from assistant.services.answer_campaign import answer_campaign
from assistant.services.case_step import StepUnclear
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.link_cases import link_cases, unlink_case
from assistant.services.open_link import open_link
from assistant.services.shapes import CaseReceipt
from assistant.services.view_campaign import view_campaign
from tests.databases import ON_SQLITE
from tests.services.filings import HEAD, SENCO, file_case

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
