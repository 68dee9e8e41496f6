"""Who may read a case: shared, taken back, left, handed over; always through the wall."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from assistant.casework.kinds import CaseKind, CaseStatus, Channel
from assistant.services.case_lists import list_cases
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, ReaderNotAllowed
from assistant.services.escalate_case import escalate_case
from assistant.services.grant_access import grant_access
from assistant.services.hand_over_cases import (
    hand_over_case,
    hand_over_cases,
    leavers,
    leaving_cases,
    reassign_cases,
)
from assistant.services.recuse import recuse
from assistant.services.revoke_access import revoke_access
from assistant.services.view_access import view_access
from assistant.services.view_case import view_case
from assistant.store.access_tables import EndedAccess
from tests.databases import ON_SQLITE
from tests.services.filings import (
    CHAIR,
    CLERK,
    DEPUTY,
    HEAD,
    HEADS_HUSBAND,
    HEADS_PA,
    PARENT,
    SENCO,
    VICE_CHAIR,
    address_of,
    file_case,
    mail,
)

pytestmark = ON_SQLITE


def handler_of(desk: Desk, reference: str) -> str:
    """Return who handles the case, as the database has it."""
    from assistant.store.tables import CaseFile

    with desk.unit_of_work(read_only=True) as work:
        same = CaseFile.reference == reference
        return work.session.scalars(select(CaseFile.handler_id).where(same)).one() or ""


def ask(by: str, reference: str, key: str = "k") -> dict[str, object]:
    return {"staff_id": by, "reference": reference, "why": "Cover.", "idempotency_key": key}


def test_a_colleague_reads_from_the_grant_until_it_is_taken_back(desk: Desk) -> None:
    reference = file_case(desk).reference
    handler = handler_of(desk, reference)
    grant_access(desk, to=SENCO, **ask(handler, reference))
    view_case(desk, SENCO, reference)
    revoke_access(desk, of=SENCO, **ask(handler, reference))
    with pytest.raises(NotHere):
        view_case(desk, SENCO, reference)
    with desk.unit_of_work(read_only=True) as work:
        trace = work.session.scalars(select(EndedAccess)).one()
    assert (trace.staff_id, trace.granted_by, trace.ended_by) == (SENCO, handler, handler)
    assert trace.ended_at == desk.clock.now()
    titles = [entry.title for entry in view_case(desk, handler, reference).timeline]
    assert any("took the reading of this back from" in title for title in titles)


@pytest.mark.parametrize("walled", [HEAD, HEADS_HUSBAND, HEADS_PA, "nobody-of-that-name"])
def test_nobody_behind_the_wall_is_given_a_case_and_no_refusal_says_why(
    desk: Desk, walled: str
) -> None:
    reference = file_case(desk, subjects=frozenset({HEAD})).reference
    for give in (grant_access, hand_over_case):
        with pytest.raises(ReaderNotAllowed, match="cannot be given to this colleague"):
            give(desk, to=walled, **ask(CHAIR, reference))
    assert walled not in {each for each, _ in view_access(desk, CHAIR, reference).colleagues}


def test_who_was_given_a_case_cannot_pass_it_on(desk: Desk) -> None:
    reference = file_case(desk).reference
    grant_access(desk, to=SENCO, **ask(handler_of(desk, reference), reference))
    for act in (
        lambda: grant_access(desk, to=CHAIR, **ask(SENCO, reference)),
        lambda: hand_over_case(desk, to=SENCO, **ask(SENCO, reference)),
    ):
        with pytest.raises(NotHere):
            act()


def test_who_steps_back_sees_nothing_at_once_and_is_never_given_it_again(desk: Desk) -> None:
    reference = file_case(desk).reference
    handler = handler_of(desk, reference)
    recuse(desk, **ask(handler, reference))
    recuse(desk, **ask(handler, reference))  # the form sent twice
    assert list_cases(desk, handler).rows == ()
    following = handler_of(desk, reference)
    assert following not in {"", handler}
    view_case(desk, following, reference)
    with pytest.raises(ReaderNotAllowed):
        grant_access(desk, to=handler, **ask(following, reference))
    recuse(desk, **ask(following, reference, "second"))
    assert handler_of(desk, reference) not in {handler, following}


def test_a_clerk_who_stepped_back_is_not_given_it_again_with_the_next_handler(desk: Desk) -> None:
    reference = file_case(desk, subjects=frozenset({HEAD})).reference
    for who in (CLERK, CHAIR):
        recuse(desk, **ask(who, reference))
    assert handler_of(desk, reference) == VICE_CHAIR
    with pytest.raises(NotHere):
        view_case(desk, CLERK, reference)
    assert [to for to, _, _ in mail(desk)].count(address_of(desk, CLERK)) == 1  # of the opening


def test_several_cases_go_at_once_and_a_refused_one_is_named_by_its_reference_alone(
    desk: Desk,
) -> None:
    plain = file_case(desk, "plain", subjects=frozenset({"mr-bennett"}))
    closed = file_case(desk, "closed", subjects=frozenset({DEPUTY}))
    handler = handler_of(desk, plain.reference)
    assert handler == handler_of(desk, closed.reference)
    chosen = (plain.reference, closed.reference, "SG-000-000-000")
    asked = {"staff_id": handler, "why": "Cover.", "idempotency_key": "k"}
    outcomes = hand_over_cases(desk, references=chosen, to=DEPUTY, **asked)
    assert [bool(each.problem) for each in outcomes] == [False, True, True]
    assert [each.reference for each in outcomes] == list(chosen)
    assert handler_of(desk, plain.reference) == DEPUTY
    with pytest.raises(NotHere):
        view_case(desk, handler, plain.reference)


def test_the_clerk_alone_gives_away_what_a_leaver_handles_and_never_learns_of_a_closed_case(
    desk: Desk,
) -> None:
    reference = file_case(desk).reference
    file_case(desk, "about the clerk", subjects=frozenset({CLERK}))
    handler = handler_of(desk, reference)
    asked = {"leaver": handler, "to": SENCO, "why": "Left.", "idempotency_key": "k"}
    assert reassign_cases(desk, staff_id=SENCO, **asked) == ()
    assert leavers(desk, SENCO) == ()
    assert handler in {each for each, _ in leavers(desk, CLERK)}
    outcomes = reassign_cases(desk, staff_id=CLERK, **asked)
    assert [(each.reference, each.problem) for each in outcomes] == [(reference, "")]
    assert handler_of(desk, reference) == SENCO


def test_who_leaves_and_what_they_have_is_found_without_reading_a_case(desk: Desk) -> None:
    for number in range(3):
        file_case(desk, f"{number}")
    mine = file_case(desk, "mine").reference
    hand_over_case(desk, to=SENCO, **ask(HEAD, mine))
    asked: list[str] = []

    def note(*told: Any) -> None:
        asked.append(told[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        found = leavers(desk, CLERK), leaving_cases(desk, CLERK, SENCO)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert found[0] == ((HEAD, "Mrs Ashworth, headteacher"), (SENCO, "Mrs Okafor, SENCO"))
    assert found[1] == (mine,)
    assert not any("statement" in each for each in asked)


def test_the_next_stage_is_new_to_its_handler_and_everybody_else_keeps_their_part(
    desk: Desk,
) -> None:
    reference = file_case(desk, subjects=frozenset({"mr-bennett"})).reference
    first = handler_of(desk, reference)
    grant_access(desk, to=SENCO, **ask(first, reference))
    change_status(desk, status=CaseStatus.OUTCOME_SENT, **ask(first, reference, "answer"))
    escalate_case(desk, **ask(first, reference, "on"))
    second = handler_of(desk, reference)
    whys = {each.staff_id: each.why for each in view_access(desk, second, reference).readers}
    assert whys[first] == "handled an earlier stage of it"
    assert whys[SENCO] == "was given it"
    assert whys[second] == "handles it"


def test_nobody_comes_back_to_their_own_answer(desk: Desk) -> None:
    """Neither by being chosen, nor as the next in the row when the new handler steps back."""
    changed = {"kind": CaseKind.CONCERN, "channel": Channel.HEADTEACHER}
    reference = file_case(desk, **changed).reference
    change_status(desk, status=CaseStatus.OUTCOME_SENT, **ask(HEAD, reference, "answer"))
    escalate_case(desk, **ask(HEAD, reference, "on"))
    second = handler_of(desk, reference)
    view = view_access(desk, second, reference)
    assert HEAD not in {each for each, _ in view.successors}
    with pytest.raises(ReaderNotAllowed):
        hand_over_case(desk, to=HEAD, **ask(second, reference, "back"))
    for number in range(4):
        handler = handler_of(desk, reference)
        assert handler != HEAD
        if handler:
            recuse(desk, **ask(handler, reference, f"step {number}"))


def test_a_parent_is_told_that_somebody_else_answers(desk: Desk) -> None:
    case = file_case(desk)
    hand_over_case(desk, to=SENCO, **ask(handler_of(desk, case.reference), case.reference))
    told = [body for to, _, body in mail(desk) if to == PARENT.email]
    assert any("There is news" in body for body in told)
