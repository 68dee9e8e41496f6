"""Each step over a post is one person's decision, and the parent is told of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.casework.policy_steps import PolicyStep
from assistant.services.case_lists import list_cases
from assistant.services.case_step import StepUnclear
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.grant_access import grant_access
from assistant.services.hand_over_cases import hand_over_case
from assistant.services.open_link import open_link
from assistant.services.policy_ladder import StepNotTheirs
from assistant.services.view_case import view_case
from assistant.services.view_policy import view_policy
from assistant.store.policy_tables import StepTaken
from tests.desks import pass_time, stored
from tests.services.filings import (
    CHAIR,
    CLERK,
    DEPUTY,
    HEAD,
    HEADS_HUSBAND,
    HEADS_PA,
    PARENT,
    SENCO,
    file_case,
    mail,
    rows_of,
)
from tests.services.policing import END, NOTICE, ONE_DATABASE, REASON, REVIEW, follow_up, take

pytestmark = ONE_DATABASE


def story(desk: Desk, reference: str, staff_id: str = HEAD) -> list[tuple[str, str]]:
    return [(each.title, each.words) for each in view_case(desk, staff_id, reference).timeline]


def test_a_step_is_recorded_once_told_to_the_parent_and_looked_at_again(desk: Desk) -> None:
    case = follow_up(desk)
    for _ in range(2):
        take(desk, case.reference)
    assert rows_of(desk.unit_of_work, StepTaken) == 1
    record = open_link(desk, token=case.token)
    assert record
    assert [letter.words for letter in record.letters] == [NOTICE]
    told = [body for to, _, body in mail(desk) if to == PARENT.email and "has written" in body]
    assert len(told) == 1
    assert "Thursday" not in told[0]
    title = "Mrs Ashworth, headteacher, took the step “Talk with the parent”"
    again = f"{REASON}\nTo be looked at again on Tuesday 15 December 2026."
    assert (title, again) in story(desk, case.reference)
    dues = {due.name: due.due_on for due in list_cases(desk, HEAD).rows[0].deadlines}
    assert dues["Look at the step again"] == REVIEW


def test_a_later_step_takes_the_place_of_the_look_that_was_owed(desk: Desk) -> None:
    case = follow_up(desk)
    take(desk, case.reference)
    later = date(2027, 1, 8)
    take(desk, case.reference, step=PolicyStep.REMOVAL, review_on=later, idempotency_key="two")
    owed = [due for due in list_cases(desk, HEAD).rows[0].deadlines if due.met_at is None]
    assert [due.due_on for due in owed if due.name == "Look at the step again"] == [later]


def test_no_order_is_forced_a_threat_goes_to_the_police_at_once_and_may_be_told_later(
    desk: Desk,
) -> None:
    case = follow_up(desk)
    take(desk, case.reference, step=PolicyStep.POLICE, notice="")
    (taken,) = view_policy(desk, HEAD, case.reference).taken
    assert (taken.step, taken.told, taken.reason) == (PolicyStep.POLICE, False, REASON)
    assert any("was not told of it then" in words for _, words in story(desk, case.reference))
    assert open_link(desk, token=case.token) is None
    pass_time(desk, days=1)
    take(desk, case.reference, idempotency_key="later")
    assert all(each.told for each in view_policy(desk, HEAD, case.reference).taken)


def test_a_step_that_the_parent_is_not_told_of_changes_nothing_on_their_page(desk: Desk) -> None:
    case = follow_up(desk)
    take(desk, case.reference)
    before = open_link(desk, token=case.token)
    assert before
    untold = {"step": PolicyStep.POLICE, "notice": ""}
    take(desk, case.reference, **untold, review_on=date(2026, 12, 1), idempotency_key="untold")
    assert open_link(desk, token=case.token) == before
    assert "police" not in str(before).lower()
    assert open_looks(desk) == {
        "Look at the step again": REVIEW,
        "Look again at the step that the parent is not told of": date(2026, 12, 1),
    }
    take(desk, case.reference, step=PolicyStep.POLICE, review_on=END, idempotency_key="told")
    assert open_looks(desk) == {"Look at the step again": END}
    after = open_link(desk, token=case.token)
    assert after
    assert "police" not in str(after.deadlines).lower()


def open_looks(desk: Desk) -> dict[str, date]:
    """Return the looks that are owed on the only case."""
    (row,) = list_cases(desk, HEAD).rows
    owed = {due.name: due.due_on for due in row.deadlines if due.met_at is None}
    return {name: day for name, day in owed.items() if name.startswith("Look")}


def test_a_parent_to_whom_mail_is_unsafe_is_rung(desk: Desk) -> None:
    unsafe = type(PARENT)(PARENT.name, PARENT.phone, PARENT.email, safe=False)
    case = follow_up(desk, contact=unsafe)
    take(desk, case.reference)
    assert PARENT.email not in [to for to, _, _ in mail(desk)]
    assert any("Ring the parent" in words for _, words in story(desk, case.reference))


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "  "},
        {"notice": " "},
        {"review_on": date(2026, 11, 24)},
        {"step": PolicyStep.RESTRICT},
    ],
    ids=["no reason", "nothing to read", "today", "a closing has an end"],
)
def test_a_step_that_lacks_something_is_refused(desk: Desk, changed: dict[str, Any]) -> None:
    case = follow_up(desk)
    with pytest.raises(StepUnclear):
        take(desk, case.reference, **changed)
    assert rows_of(desk.unit_of_work, StepTaken) == 0


def test_the_handler_takes_light_steps_and_no_grave_one(desk: Desk) -> None:
    case = follow_up(desk)
    hand_over_case(
        desk,
        staff_id=HEAD,
        reference=case.reference,
        to=DEPUTY,
        why="She is away.",
        idempotency_key="h",
    )
    take(desk, case.reference, staff_id=DEPUTY)
    for step in (PolicyStep.LEGAL, PolicyStep.POLICE):
        with pytest.raises(StepNotTheirs):
            take(desk, case.reference, staff_id=DEPUTY, step=step, idempotency_key=step.value)
    may = view_policy(desk, DEPUTY, case.reference).may_take
    assert may == {PolicyStep.TALK, PolicyStep.REMOVAL, PolicyStep.LETTER, PolicyStep.REPORT}


def test_a_reader_who_does_not_handle_it_takes_no_step(desk: Desk) -> None:
    case = follow_up(desk)
    grant_access(
        desk, staff_id=HEAD, reference=case.reference, to=SENCO, why="Help.", idempotency_key="g"
    )
    with pytest.raises(StepNotTheirs):
        take(desk, case.reference, staff_id=SENCO)
    assert view_policy(desk, SENCO, case.reference).may_take == frozenset()


def test_over_a_post_about_the_head_the_chair_decides_and_the_head_knows_nothing(
    desk: Desk,
) -> None:
    case = follow_up(desk, subjects=frozenset({HEAD}))
    take(desk, case.reference, staff_id=CHAIR, step=PolicyStep.LEGAL)
    for walled in (HEAD, HEADS_HUSBAND, HEADS_PA):
        with pytest.raises(NotHere):
            take(desk, case.reference, staff_id=walled, idempotency_key=walled)
        with pytest.raises(NotHere):
            view_policy(desk, walled, case.reference)
    assert len(view_policy(desk, CLERK, case.reference).taken) == 1


def test_a_finished_case_and_one_of_another_kind_take_no_step(desk: Desk) -> None:
    complaint, case = file_case(desk, kind=CaseKind.COMPLAINT), follow_up(desk)
    with pytest.raises(NotPossibleNow):
        take(desk, complaint.reference)
    change_status(
        desk,
        staff_id=HEAD,
        reference=case.reference,
        status=CaseStatus.CLOSED,
        idempotency_key="c",
    )
    with pytest.raises(NotPossibleNow):
        take(desk, case.reference)
    assert view_policy(desk, HEAD, case.reference).may_take == frozenset()


def test_nothing_readable_of_the_reason_is_stored(desk: Desk) -> None:
    case = follow_up(desk)
    take(desk, case.reference)
    assert "Year 4" not in stored(desk.unit_of_work, "policy_step", "history_detail", "letter")
