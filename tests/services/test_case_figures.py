"""Figures are of settled terms, change no more, and do not know what is walled off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import cast

import pytest
from sqlalchemy import select

from assistant.casework.figures import TOTAL, FigureTable
from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.casework.topics import NOT_SORTED
from assistant.services.case_figures import Figures, case_figures
from assistant.services.change_status import change_status
from assistant.services.choose_topic import choose_topic
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.escalate_case import escalate_case
from assistant.services.link_cases import link_cases
from assistant.services.pause_case import pause_case
from assistant.services.purge import purge
from assistant.services.remove_record import remove_record
from assistant.services.settle_terms import IN_TIME, LATE, NOT_OWED, settle_terms
from assistant.services.shapes import CaseReceipt
from assistant.services.verify_history import verify_history
from assistant.services.view_case import view_case
from assistant.services.view_keeping import view_removals
from assistant.services.withdraw_case import withdraw_case
from assistant.store.campaign_tables import Campaign
from assistant.store.columns import new_id
from assistant.store.figure_tables import SettledFact, SettledTerm
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import UnitOfWork
from tests.desks import pass_time, stored
from tests.services.filings import CLERK, HEAD, SENCO, file_case, rows_of
from tests.services.test_case_access import handler_of

TO_JANUARY = 56
"""Days from the school day of the tests to some days after the Christmas holiday."""
AUTUMN = "Autumn 2026"


def fill(desk: Desk) -> None:
    counts = {CaseKind.COMPLAINT: 7, CaseKind.SOCIAL_MEDIA: 6, CaseKind.CONCERN: 2}
    for kind, number in counts.items():
        for each in range(number):
            file_case(desk, f"{kind.value} {each}", kind=kind)


def named(figures: Figures, name: str) -> FigureTable:
    return next(table for table in figures.tables if table.plan.name == name)


def test_a_running_term_shows_nothing_and_a_settled_one_does(desk: Desk) -> None:
    fill(desk)
    assert case_figures(desk, CLERK).tables == ()
    pass_time(desk, days=40)
    assert case_figures(desk, CLERK).tables == ()
    pass_time(desk, days=16)
    figures = case_figures(desk, CLERK)
    assert named(figures, "kinds").cells[TOTAL, AUTUMN] == 7 + 6 + 2
    assert [name for name, _ in figures.terms] == [AUTUMN]


def test_a_small_kind_cannot_be_worked_out_from_the_total(desk: Desk) -> None:
    fill(desk)
    pass_time(desk, days=TO_JANUARY)
    cells = named(case_figures(desk, CLERK), "kinds").cells
    assert cells[CaseKind.CONCERN.label, AUTUMN] is None
    shown = [cells[kind.label, AUTUMN] for kind in (CaseKind.COMPLAINT, CaseKind.SOCIAL_MEDIA)]
    assert shown.count(None) == 1


def test_complaints_about_the_head_are_not_counted_for_the_head(desk: Desk) -> None:
    fill(desk)
    for number in range(9):
        file_case(desk, f"about {number}", subjects=frozenset({HEAD}))
    pass_time(desk, days=TO_JANUARY)
    label = CaseKind.COMPLAINT.label
    heads = named(case_figures(desk, HEAD), "kinds").cells
    assert heads[TOTAL, AUTUMN] == 7 + 6 + 2
    assert heads[label, AUTUMN] in {7, None}
    assert named(case_figures(desk, CLERK), "kinds").cells[TOTAL, AUTUMN] == 7 + 6 + 2 + 9


def test_nothing_that_happens_later_changes_a_report_that_somebody_may_have_printed(
    desk: Desk,
) -> None:
    fill(desk)
    case = file_case(desk, "moves on")
    pass_time(desk, days=TO_JANUARY)
    printed = case_figures(desk, HEAD)
    change_status(
        desk, staff_id=HEAD, reference=case.reference, status=CaseStatus.CLOSED, why="Done.",
        idempotency_key="close",
    )  # fmt: skip
    choose_topic(desk, staff_id=HEAD, reference=case.reference, topic="bullying")
    file_case(desk, "new")
    pass_time(desk, days=1)
    assert case_figures(desk, HEAD) == printed


def test_a_term_is_settled_once_and_keeps_nothing_of_its_cases(desk: Desk) -> None:
    case = file_case(desk, "one")
    pass_time(desk, days=TO_JANUARY)
    assert settle_terms(desk) == 1
    assert settle_terms(desk) == 0
    assert rows_of(desk.unit_of_work, SettledFact) == 1
    assert case.id not in stored(desk.unit_of_work, "settled_fact")


def test_a_person_puts_a_case_under_a_topic_and_the_kind_does_until_then(desk: Desk) -> None:
    sorted_case = file_case(desk, "sorted")
    for number in range(8):
        file_case(desk, f"plain {number}")
        file_case(desk, f"media {number}", kind=CaseKind.SOCIAL_MEDIA)
        case = file_case(desk, f"bullying {number}")
        choose_topic(desk, staff_id=HEAD, reference=case.reference, topic="bullying")
    for topic in ("send", "bullying"):
        choose_topic(desk, staff_id=HEAD, reference=sorted_case.reference, topic=topic)
    assert view_case(desk, HEAD, sorted_case.reference).topic == "bullying"
    pass_time(desk, days=TO_JANUARY)
    topics = named(case_figures(desk, CLERK), "topics").cells
    assert topics["Bullying and friendships", AUTUMN] == 8 + 1
    assert topics["Social media", AUTUMN] == 8
    assert topics[NOT_SORTED, AUTUMN] == 8


def test_a_topic_is_chosen_from_the_list_by_who_may_read_the_case(desk: Desk) -> None:
    case = file_case(desk)
    with pytest.raises(NotPossibleNow):
        choose_topic(desk, staff_id=HEAD, reference=case.reference, topic="vexatious")
    with pytest.raises(NotHere):
        choose_topic(desk, staff_id=SENCO, reference=case.reference, topic="bullying")


LONG = 365 * 7


def closed(desk: Desk, key: str, **changed: object) -> str:
    """Return the reference of a complaint that its handler has closed."""
    case = file_case(desk, key, **changed)
    with desk.unit_of_work(read_only=True) as work:
        handler = work.session.get_one(CaseFile, case.id).handler_id or ""
    for status in (CaseStatus.ACKNOWLEDGED, CaseStatus.CLOSED):
        change_status(desk, staff_id=handler, reference=case.reference, status=status, why="Done.",
                      idempotency_key=f"{key}{status.value}")  # fmt: skip
    return case.reference


def test_figures_of_a_term_stay_whole_until_its_last_case_goes_and_then_go_with_it(
    desk: Desk,
) -> None:
    first, last = closed(desk, "one"), closed(desk, "two")
    pass_time(desk, days=TO_JANUARY)
    settle_terms(desk)
    pass_time(desk, days=LONG)
    later = file_case(desk, "of another year")
    remove_record(desk, staff_id=HEAD, reference=first)
    printed = case_figures(desk, CLERK)
    assert rows_of(desk.unit_of_work, SettledFact) == 2
    assert AUTUMN in [name for name, _ in printed.terms]
    remove_record(desk, staff_id=HEAD, reference=last)
    assert rows_of(desk.unit_of_work, SettledFact) == 0
    assert AUTUMN not in [name for name, _ in case_figures(desk, CLERK).terms]
    assert settle_terms(desk) == 0
    assert "Figures of a term" in [line.what for line in view_removals(desk, CLERK).removed]
    assert view_case(desk, HEAD, later.reference).row.reference == later.reference
    assert verify_history(desk) == ()


def test_figures_whose_cases_went_before_there_was_this_rule_go_with_the_next_purge(
    desk: Desk,
) -> None:
    with desk.unit_of_work() as work:
        work.session.add(
            SettledTerm(starts_on=date(2026, 9, 2), name=AUTUMN, settled_at=desk.clock.now())
        )
        work.session.flush()
        words = dict.fromkeys(("kind", "topic", "year", "acknowledged", "answered", "outcome"), "x")
        fact = SettledFact(id=new_id(), starts_on=date(2026, 9, 2), closed_to=[HEAD], **words)
        work.session.add(fact)
        work.commit(unrecorded="a test")
    purge(desk)
    assert rows_of(desk.unit_of_work, SettledFact) == 0


def test_a_wall_is_kept_in_settled_figures_without_a_name_also_in_those_of_before(
    desk: Desk,
) -> None:
    file_case(desk, "about the head", subjects=frozenset({HEAD}))
    file_case(desk, "about nobody")
    pass_time(desk, days=TO_JANUARY)
    settle_terms(desk)
    before = {who: case_figures(desk, who) for who in (HEAD, CLERK)}
    assert HEAD not in stored(desk.unit_of_work, "settled_fact")
    with desk.unit_of_work() as work:
        for fact in work.session.scalars(select(SettledFact)):
            fact.closed_to = [HEAD] if fact.closed_to else []
        work.commit(unrecorded="as a release before made them")
    assert {who: case_figures(desk, who) for who in (HEAD, CLERK)} == before
    purge(desk)
    assert HEAD not in stored(desk.unit_of_work, "settled_fact")
    assert {who: case_figures(desk, who) for who in (HEAD, CLERK)} == before


def test_the_name_of_what_several_said_goes_with_the_last_of_their_cases(desk: Desk) -> None:
    first, last = closed(desk, "one"), closed(desk, "two")
    link_cases(desk, staff_id=HEAD, reference=first, others=[last], name="Shoes", why="The same.",
               idempotency_key="l")  # fmt: skip
    pass_time(desk, days=LONG)
    remove_record(desk, staff_id=HEAD, reference=first)
    assert rows_of(desk.unit_of_work, Campaign) == 1
    remove_record(desk, staff_id=HEAD, reference=last)
    assert rows_of(desk.unit_of_work, Campaign) == 0


def facts_of(desk: Desk) -> tuple[str, str]:
    """Settle the term and return how the only case of it was acknowledged and answered."""
    pass_time(desk, days=TO_JANUARY)
    settle_terms(desk)
    with desk.unit_of_work(read_only=True) as work:
        (fact,) = work.session.scalars(select(SettledFact))
        return fact.acknowledged, fact.answered


def with_its_own_history(desk: Desk) -> Desk:
    """Return the desk with a history that goes by the clock that the test moves."""
    *same, _now = cast("partial[UnitOfWork]", desk.unit_of_work).args
    return replace(desk, unit_of_work=partial(UnitOfWork, *same, desk.clock.now))


def step(case: CaseReceipt, key: str) -> dict[str, str]:
    return {"staff_id": HEAD, "reference": case.reference, "why": "So.", "idempotency_key": key}


def test_a_complaint_that_its_parent_withdraws_in_time_was_not_late(desk: Desk) -> None:
    case = file_case(desk)
    pass_time(desk, days=1)
    withdraw_case(desk, case_id=case.id, idempotency_key="w")
    assert facts_of(desk) == (NOT_OWED, NOT_OWED)


def test_a_complaint_that_was_late_before_it_was_withdrawn_stays_late(desk: Desk) -> None:
    case = file_case(desk)
    pass_time(desk, days=50)
    withdraw_case(with_its_own_history(desk), case_id=case.id, idempotency_key="w")
    assert facts_of(desk) == (LATE, LATE)


def test_what_waits_for_an_answer_is_not_answered_in_time_and_what_was_answered_is(
    desk: Desk,
) -> None:
    case = file_case(desk)
    change_status(desk, status=CaseStatus.ACKNOWLEDGED, **step(case, "a"))
    assert facts_of(desk) == (IN_TIME, LATE)


@pytest.mark.parametrize("late_stage", [1, 2, None])
def test_a_stage_that_was_late_makes_the_case_late_whichever_it_was(
    desk: Desk, late_stage: int | None
) -> None:
    case = file_case(desk)
    pass_time(desk, days=40 if late_stage == 1 else 0)
    change_status(desk, status=CaseStatus.OUTCOME_SENT, **step(case, "1"))
    escalate_case(desk, **step(case, "on"))
    pass_time(desk, days=50 if late_stage == 2 else 0)
    second = {**step(case, "2"), "staff_id": handler_of(desk, case.reference)}
    change_status(desk, status=CaseStatus.OUTCOME_SENT, **second)
    assert facts_of(desk) == ((LATE, LATE) if late_stage else (IN_TIME, IN_TIME))


def test_a_pause_in_time_does_not_make_a_case_late_that_is_closed_out_of_it(desk: Desk) -> None:
    case = file_case(desk)
    change_status(desk, status=CaseStatus.ACKNOWLEDGED, **step(case, "a"))
    pause_case(desk, review_on=date(2026, 12, 1), **step(case, "p"))
    pass_time(desk, days=50)
    change_status(desk, status=CaseStatus.CLOSED, **step(case, "c"))
    assert facts_of(desk) == (IN_TIME, IN_TIME)
