"""Record a step over a post, as somebody decided on it; the parent is told in the same breath."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.policy_steps import PolicyStep
from assistant.services.case_step import StepUnclear
from assistant.services.policy_ladder import Decision, record_step, refuse_unclear, require_step
from assistant.services.who_may_read import case_for
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk


def take_policy_step(  # noqa: PLR0913 - a decision is what it is
    desk: Desk,
    *,
    staff_id: str,
    reference: str,
    step: PolicyStep,
    reason: str,
    review_on: date,
    notice: str,
    idempotency_key: str,
) -> None:
    """Record the step; a repeated key changes nothing.

    ``notice`` is put on the parent's page as a letter. Closing something of the school's own is
    a step with an end of its own: see ``restrict_use``.

    Raises:
        NotHere: no such case for this person.
        StepNotTheirs: they neither handle it nor decide such things.
        StepUnclear: no reason, a day that is not to come, or nothing for the parent to read.
        NotPossibleNow: the case is finished, or of another kind.
        TextTooLong: more than a letter may have.
    """
    decision = Decision(staff_id, reference, step, reason, review_on, notice, idempotency_key)
    refuse_unclear(desk, decision)
    if step is PolicyStep.RESTRICT:
        raise StepUnclear
    settled(partial(_take, desk, decision))


def _take(desk: Desk, decision: Decision) -> None:
    with desk.unit_of_work() as work:
        case = case_for(desk, work, decision.staff_id, decision.reference)
        work.session.refresh(case, with_for_update=True)
        require_step(desk, case, decision.staff_id, decision.step)
        if record_step(desk, work, case, decision):
            work.commit()
