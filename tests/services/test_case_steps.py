"""Steps of a case that need more than a reason."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.casework.kinds import CaseKind, CaseStatus, Channel, Lateness
from assistant.services.case_dates import REVIEW
from assistant.services.case_step import StepUnclear
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.desk_shapes import CaseView
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.escalate_case import escalate_case
from assistant.services.judge_lateness import judge_lateness, note_incident
from assistant.services.open_link import open_link
from assistant.services.pause_case import pause_case, resume_case
from assistant.services.redirect_case import redirect_case
from assistant.services.view_case import view_case
from assistant.web.record_words import next_steps
from assistant.web.work_rows import case_row, next_due
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.services.filings import CHAIR, CLERK, HEAD, PARENT, STATEMENT, file_case, mail

pytestmark = ON_SQLITE

TODAY, REVIEW_ON = date(2026, 11, 24), date(2026, 12, 1)


def pause(desk: Desk, reference: str, staff_id: str = HEAD, why: str = "A police matter.") -> None:
    pause_case(
        desk,
        staff_id=staff_id,
        reference=reference,
        why=why,
        review_on=REVIEW_ON,
        idempotency_key="p",
    )


def step(reference: str, key: str = "s", staff_id: str = HEAD) -> dict[str, str]:
    words = {"why": "A reason.", "idempotency_key": key}
    return {"staff_id": staff_id, "reference": reference, **words}


def move(desk: Desk, reference: str, status: CaseStatus) -> None:
    change_status(desk, status=status, **step(reference, status.value))


def dates(view: CaseView) -> dict[str, date]:
    return {due.name: due.due_on for due in view.row.deadlines if not due.met_at}


def test_a_paused_case_owes_a_look_and_nothing_else(desk: Desk) -> None:
    case = file_case(desk)
    pause(desk, case.reference)
    assert dates(view_case(desk, HEAD, case.reference)) == {REVIEW: REVIEW_ON}


def test_an_overdue_look_at_a_pause_is_late_in_the_list(desk: Desk) -> None:
    reference = file_case(desk).reference
    pause(desk, reference)
    row = view_case(desk, HEAD, reference).row
    assert not case_row(row, REVIEW_ON).late
    assert case_row(row, date(2026, 12, 2)).late


def test_dates_move_on_by_the_pause_with_their_sum(desk: Desk) -> None:
    reference = file_case(desk).reference
    before = dates(view_case(desk, HEAD, reference))
    pause(desk, reference)
    pass_time(desk, days=7)
    resume_case(desk, **step(reference))
    after = view_case(desk, HEAD, reference)
    assert before == {"Acknowledge": date(2026, 12, 1), "Reply": date(2026, 12, 15)}
    assert dates(after) == {"Acknowledge": date(2026, 12, 8), "Reply": date(2027, 1, 6)}
    assert after.row.status == CaseStatus.RECEIVED.value
    reply = next(due for due in after.row.deadlines if due.name == "Reply")
    assert "with 15 school days left. Taken up again on Tuesday 1 December 2026." in reply.sum


def test_data_protection_never_stops(desk: Desk) -> None:
    reference = file_case(desk, kind=CaseKind.DATA_PROTECTION).reference
    with pytest.raises(NotPossibleNow):
        pause(desk, reference, "ms-nair")


def test_a_pause_needs_a_reason_and_a_day_to_come(desk: Desk) -> None:
    reference = file_case(desk).reference
    with pytest.raises(StepUnclear):
        pause(desk, reference, why=" ")
    with pytest.raises(StepUnclear):
        pause_case(desk, review_on=TODAY, **step(reference))


def test_somebody_behind_the_wall_can_take_no_step(desk: Desk) -> None:
    reference = file_case(desk, subjects=frozenset({HEAD})).reference
    with pytest.raises(NotHere):
        pause(desk, reference)
    with pytest.raises(NotHere):
        escalate_case(desk, **step(reference))
    with pytest.raises(NotHere):
        redirect_case(desk, route="ofsted", **step(reference))


def test_only_a_paused_case_is_taken_up_again_and_only_once(desk: Desk) -> None:
    reference = file_case(desk).reference
    with pytest.raises(NotPossibleNow):
        resume_case(desk, **step(reference))
    pause(desk, reference)
    resume_case(desk, **step(reference))
    resume_case(desk, **step(reference))
    titles = [entry.title for entry in view_case(desk, HEAD, reference).timeline]
    assert sum("Received" in title for title in titles) == 1


def test_an_outcome_says_until_when_the_next_stage_is_open(desk: Desk) -> None:
    case = file_case(desk)
    move(desk, case.reference, CaseStatus.OUTCOME_SENT)
    assert view_case(desk, HEAD, case.reference).escalate_by == date(2026, 12, 8)
    record = open_link(desk, token=case.token)
    assert record is not None
    assert [each.when for each in next_steps(record, desk.school, TODAY)] == [
        "Until Tuesday 8 December 2026"
    ]


def test_the_next_stage_has_another_handler_and_new_dates(desk: Desk) -> None:
    reference = file_case(desk).reference
    move(desk, reference, CaseStatus.OUTCOME_SENT)
    pass_time(desk, days=2)
    escalate_case(desk, **step(reference))
    view = view_case(desk, CLERK, reference)
    assert view.row.stage == "Stage 2: governors' panel"
    assert view.row.handler_label == "Ms Whitaker, clerk to governors"
    assert dates(view) == {"Acknowledge": date(2026, 12, 3), "Reply": date(2027, 1, 8)}
    assert view.next_stage == ""


def test_who_handled_a_stage_does_not_handle_the_next(desk: Desk) -> None:
    changed = {"kind": CaseKind.CONCERN, "channel": Channel.HEADTEACHER}
    reference = file_case(desk, **changed).reference
    move(desk, reference, CaseStatus.OUTCOME_SENT)
    escalate_case(desk, **step(reference))
    view = view_case(desk, CHAIR, reference)
    assert view.row.stage == "Stage 1: formal complaint"
    assert view.row.handler_label == "Dr Siddiqui, chair of governors, through the clerk"


def test_a_case_about_the_chair_goes_on_without_her(desk: Desk) -> None:
    case = file_case(desk, subjects=frozenset({CHAIR}))
    change_status(desk, status=CaseStatus.OUTCOME_SENT, **step(case.reference, "o", CLERK))
    escalate_case(desk, **step(case.reference, staff_id=CLERK))
    for staff_id in (CHAIR, HEAD):
        with pytest.raises(NotHere):
            view_case(desk, staff_id, case.reference)


def test_nothing_goes_on_before_an_answer(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow):
        escalate_case(desk, **step(file_case(desk).reference))


def test_a_parent_is_told_the_right_route_in_plain_words(desk: Desk) -> None:
    case = file_case(desk)
    redirect_case(desk, route="admissions", **step(case.reference))
    record = open_link(desk, token=case.token)
    assert record is not None
    now, how = next_steps(record, desk.school, TODAY)
    assert "Thornshire Council school admissions" in now.what
    assert "01632 960394" in how.what
    assert next_due(view_case(desk, HEAD, case.reference).row) is None


def test_a_route_that_the_school_does_not_have_is_refused(desk: Desk) -> None:
    with pytest.raises(StepUnclear):
        redirect_case(desk, route="nowhere", **step(file_case(desk).reference))


def test_a_matter_of_long_ago_waits_for_a_person(desk: Desk) -> None:
    reference = file_case(desk).reference
    note_incident(desk, happened_on=date(2026, 8, 24), **step(reference))
    assert not view_case(desk, HEAD, reference).late
    note_incident(desk, happened_on=date(2026, 8, 23), **step(reference, "again"))
    view = view_case(desk, HEAD, reference)
    assert (view.late, view.row.status) == (True, CaseStatus.RECEIVED.value)


@pytest.mark.parametrize(
    ("decision", "status"),
    [(Lateness.ACCEPTED, CaseStatus.RECEIVED), (Lateness.DECLINED, CaseStatus.CLOSED)],
)
def test_who_decides_about_lateness_gives_a_reason(
    desk: Desk, decision: Lateness, status: CaseStatus
) -> None:
    reference = file_case(desk).reference
    with pytest.raises(NotPossibleNow):
        judge_lateness(desk, decision=decision, **step(reference))
    note_incident(desk, happened_on=date(2026, 1, 5), **step(reference))
    judge_lateness(desk, decision=decision, **step(reference, "judged"))
    view = view_case(desk, HEAD, reference)
    assert (view.late, view.row.status) == (False, status.value)
    assert decision.label in view.timeline[-1].title
    assert view.timeline[-1].words == "A reason."


def test_news_by_mail_says_nothing_of_the_matter(desk: Desk) -> None:
    reference = file_case(desk).reference
    pass_time(desk, minutes=1)
    pause(desk, reference)
    _, subject, body = next(sent for sent in reversed(mail(desk)) if sent[0] == PARENT.email)
    assert "There is news" in body
    assert not any(word in subject + body for word in ("police", STATEMENT, "Zephyrine"))


def test_a_case_passed_to_safeguarding_leaves_the_queue(desk: Desk) -> None:
    reference = file_case(desk).reference
    move(desk, reference, CaseStatus.DIVERTED)
    row = view_case(desk, HEAD, reference).row
    assert next_due(row) is None
    assert case_row(row, date(2027, 6, 1)).late is False


def test_nobody_decides_about_the_lateness_of_a_finished_case(desk: Desk) -> None:
    reference = file_case(desk).reference
    note_incident(desk, happened_on=date(2026, 1, 5), **step(reference))
    move(desk, reference, CaseStatus.CLOSED)
    assert not view_case(desk, HEAD, reference).late
    with pytest.raises(NotPossibleNow):
        judge_lateness(desk, decision=Lateness.DECLINED, **step(reference, "judged"))
