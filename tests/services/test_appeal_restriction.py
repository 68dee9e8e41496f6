"""Nobody stops an appeal by taking the case from its judge, and there is always a next judge."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.casework.kinds import CaseStatus
from assistant.casework.policy_steps import AppealDecision, RestrictedUse
from assistant.services.add_to_case import add_to_case
from assistant.services.appeal_restriction import appeal_restriction
from assistant.services.case_dates import APPEAL, REVIEW, STEP_REVIEW
from assistant.services.case_lists import CaseFilter, list_cases
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.end_restrictions import end_restrictions
from assistant.services.errors import NotPossibleNow
from assistant.services.escalate_case import escalate_case
from assistant.services.grant_access import grant_access
from assistant.services.hand_over_cases import hand_over_case
from assistant.services.overdue_reviews import overdue_reviews
from assistant.services.pause_case import pause_case, resume_case
from assistant.services.records import readers_of
from assistant.services.recuse import recuse
from assistant.services.revoke_access import revoke_access
from assistant.services.shapes import CaseReceipt
from assistant.services.view_access import view_access
from tests.desks import pass_time
from tests.services.filings import (
    CHAIR,
    CLERK,
    DEPUTY,
    HEAD,
    VICE_CHAIR,
    address_of,
    file_case,
    mail,
)
from tests.services.policing import END, ONE_DATABASE, close, decide, follow_up, use_of
from tests.services.policing import REVIEW as REVIEW_ON

pytestmark = ONE_DATABASE


def ask(by: str, case: CaseReceipt, key: str = "k") -> dict[str, object]:
    return {"staff_id": by, "reference": case.reference, "why": "So.", "idempotency_key": key}


def appealed(desk: Desk) -> tuple[CaseReceipt, str]:
    """Close the chat as the head and let the parent appeal; return the case and the restriction."""
    case = follow_up(desk)
    close(desk, case.reference)
    use = use_of(desk, case.reference).id
    appeal_restriction(desk, case_id=case.id, restriction_id=use, words="Look again.")
    return case, use


@pytest.mark.parametrize("could_read_before", [False, True])
def test_who_imposed_it_cannot_take_the_case_from_the_judge_before_they_decided(
    desk: Desk, *, could_read_before: bool
) -> None:
    case = follow_up(desk)
    if could_read_before:
        grant_access(desk, to=CHAIR, **ask(HEAD, case, "g"))
    close(desk, case.reference)
    use = use_of(desk, case.reference).id
    appeal_restriction(desk, case_id=case.id, restriction_id=use, words="Look again.")
    whys = {each.staff_id: each.why for each in view_access(desk, HEAD, case.reference).readers}
    assert whys[CHAIR] == "was asked to hear an appeal over it"
    with pytest.raises(NotPossibleNow):
        revoke_access(desk, of=CHAIR, **ask(HEAD, case))
    decide(desk, case.reference, restriction_id=use)
    revoke_access(desk, of=CHAIR, **ask(HEAD, case))


def test_when_the_judge_steps_back_the_next_one_is_asked(desk: Desk) -> None:
    case, use = appealed(desk)
    pass_time(desk, minutes=1)
    before = len(mail(desk))
    recuse(desk, **ask(CHAIR, case))
    seen = use_of(desk, case.reference)
    assert seen.appeal == "It waits for Mr Thorpe, vice-chair of governors."
    assert [to for to, _, _ in mail(desk)[before:]] == [address_of(desk, VICE_CHAIR)]
    decide(desk, case.reference, restriction_id=use, staff_id=VICE_CHAIR)
    assert use_of(desk, case.reference).ended


def test_when_the_parent_names_the_judge_the_next_one_is_asked(desk: Desk) -> None:
    case, _use = appealed(desk)
    add_to_case(desk, case_id=case.id, words="Dr Siddiqui is in it too.", idempotency_key="more")
    assert use_of(desk, case.reference).appeal == "It waits for Mr Thorpe, vice-chair of governors."


def test_a_judge_who_hands_the_case_on_still_hears_the_appeal(desk: Desk) -> None:
    case, use = appealed(desk)
    hand_over_case(desk, to=CHAIR, **ask(HEAD, case, "to"))
    hand_over_case(desk, to=DEPUTY, **ask(CHAIR, case, "on"))
    decide(desk, case.reference, restriction_id=use)
    assert use_of(desk, case.reference, DEPUTY).ended


def test_when_nobody_is_left_the_appeal_waits_outside_the_school(desk: Desk) -> None:
    case, _use = appealed(desk)
    for number in range(9):
        waits = use_of(desk, case.reference).appeal
        judge = next((p.id for p in desk.school.people if p.known_as in waits), None)
        if judge is None:
            break
        recuse(desk, **ask(judge, case, f"{number}"))
    assert desk.school.governance_contact in use_of(desk, case.reference).appeal


def dates(desk: Desk, case: CaseReceipt) -> dict[str, date]:
    """Return the dates that are owed on the case and do not stand still."""
    (row,) = list_cases(desk, HEAD, CaseFilter(status="")).rows
    assert row.reference == case.reference
    return {each.name: each.due_on for each in row.deadlines if each.met_at is None}


def test_a_pause_stops_neither_the_appeal_nor_the_look_at_what_is_closed(desk: Desk) -> None:
    case, _use = appealed(desk)
    owed = {name: dates(desk, case)[name] for name in (APPEAL, STEP_REVIEW)}
    until = date(2026, 12, 21)
    pause_case(desk, review_on=until, **ask(HEAD, case, "pause"))
    assert dates(desk, case) == {**owed, REVIEW: until}
    pass_time(desk, days=7)
    resume_case(desk, **ask(HEAD, case, "resume"))
    assert dates(desk, case).items() >= owed.items()


def test_the_next_stage_leaves_the_appeal_due(desk: Desk) -> None:
    case = file_case(desk)
    close(desk, case.reference, what=RestrictedUse.VISITS)
    use = use_of(desk, case.reference).id
    appeal_restriction(desk, case_id=case.id, restriction_id=use, words="Look again.")
    owed = {name: dates(desk, case)[name] for name in (APPEAL, STEP_REVIEW)}
    change_status(desk, status=CaseStatus.OUTCOME_SENT, **ask(HEAD, case, "answer"))
    escalate_case(desk, **ask(HEAD, case, "on"))
    assert dates(desk, case).items() >= owed.items()


def test_an_appeal_over_a_finished_case_stands_on_the_list_of_its_judge_and_of_the_clerk(
    desk: Desk,
) -> None:
    case, use = appealed(desk)
    assert overdue_reviews(desk, CLERK) == overdue_reviews(desk, HEAD) == ()
    change_status(desk, status=CaseStatus.CLOSED, **ask(HEAD, case, "end"))
    (waits,), (reminds,) = (overdue_reviews(desk, each) for each in (CHAIR, CLERK))
    assert (waits.appeal, waits.who) == (True, "Dr Siddiqui, chair of governors")
    assert (waits.reference, reminds.reference) == (case.reference, "")
    assert waits.review_on == date(2026, 12, 8)
    decide(desk, case.reference, restriction_id=use)
    assert overdue_reviews(desk, CHAIR) == overdue_reviews(desk, CLERK) == ()


def test_the_clerk_is_told_of_an_appeal_that_nobody_decided_in_time(desk: Desk) -> None:
    appealed(desk)
    pass_time(desk, days=13)
    assert overdue_reviews(desk, CLERK) == ()
    pass_time(desk, days=1)
    assert [each.appeal for each in overdue_reviews(desk, CLERK)] == [True]


def test_the_judge_does_not_come_before_the_handler_among_the_readers(desk: Desk) -> None:
    case, _use = appealed(desk)
    with desk.unit_of_work(read_only=True) as work:
        readers = readers_of(desk, work.session, case.id)
    assert readers == ("Mrs Ashworth, headteacher", "Dr Siddiqui, chair of governors")


def test_an_appeal_that_nobody_can_decide_any_more_is_not_owed_while_something_else_is_closed(
    desk: Desk,
) -> None:
    case = follow_up(desk)
    close(desk, case.reference, expires_on=REVIEW_ON)
    use = use_of(desk, case.reference).id
    appeal_restriction(desk, case_id=case.id, restriction_id=use, words="Look again.")
    close(desk, case.reference, what=RestrictedUse.COMMENTS, idempotency_key="two")
    pass_time(desk, days=22)
    end_restrictions(desk)
    assert STEP_REVIEW in dates(desk, case)
    assert APPEAL not in dates(desk, case)


def test_on_its_last_day_a_restriction_can_still_be_left_as_it_is(desk: Desk) -> None:
    case = follow_up(desk)
    close(desk, case.reference, review_on=END, expires_on=END)
    use = use_of(desk, case.reference).id
    appeal_restriction(desk, case_id=case.id, restriction_id=use, words="Look again.")
    pass_time(desk, days=66)
    decide(desk, case.reference, restriction_id=use, decision=AppealDecision.KEPT, on=END)
    assert use_of(desk, case.reference).appeal.endswith("decided: leave it as it is.")
