"""What every step over a post shares: who may take it, the parent told, a look again, history.

Errors:
ServiceError
├── StepNotTheirs   somebody else at the school decides it
├── StepUnclear     no reason, no day to come, or nothing for the parent to read
├── NotPossibleNow  the case is finished, or is no social media follow-up
└── NotHere         no such case for this person
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.casework.policy_steps import MAY_WAIT, PolicyStep, may_take
from assistant.casework.statuses import FINISHED
from assistant.services.case_dates import (
    STEP_REVIEW,
    UNTOLD_REVIEW,
    DueLook,
    keep_dates,
    owe_look,
    today_of,
)
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow, ServiceError
from assistant.services.policy_timeline import STEP_TAKEN
from assistant.services.record_links import CASE
from assistant.services.turns import stored_key
from assistant.services.write_to_parent import Draft, put_letter
from assistant.store.policy_tables import StepTaken

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.letter_tables import Letter
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

ROW_ID_DIGITS = 32
CHOSEN = "Chosen as the day to look at this again."
"""The sum of the date on which a step is looked at again."""


class StepNotTheirs(ServiceError):  # noqa: N818 - it names the step
    """The step needs somebody who decides grave things, or who handles the case."""


@dataclass(frozen=True)
class Decision:
    """A step as somebody decided on it, once per ``key``.

    ``review_on`` is the day on which it is looked at again. ``notice`` is what the parent reads;
    it may be empty only for a step that may wait to be told.
    """

    staff_id: str
    reference: str
    step: PolicyStep
    reason: str
    review_on: date
    notice: str
    key: str


def refuse_unclear(desk: Desk, decision: Decision) -> None:
    """Raise ``StepUnclear`` for a decision that lacks something."""
    told = decision.notice.strip() or decision.step in MAY_WAIT
    if not decision.reason.strip() or not told or decision.review_on <= today_of(desk):
        raise StepUnclear


def require_step(desk: Desk, case: CaseFile, staff_id: str, step: PolicyStep) -> None:
    """Raise ``NotPossibleNow`` for a case without steps, ``StepNotTheirs`` for a wrong hand."""
    if case.kind != CaseKind.SOCIAL_MEDIA.value or CaseStatus(case.status) in FINISHED:
        raise NotPossibleNow
    if not is_theirs(desk, case, staff_id, step):
        raise StepNotTheirs


def is_theirs(desk: Desk, case: CaseFile, staff_id: str, step: PolicyStep) -> bool:
    """Tell whether a reader of the case may take the step."""
    roles = desk.school.person(staff_id).roles
    deciders, handles = desk.school.grave_steps_by, case.handler_id == staff_id
    return may_take(step, roles, deciders=deciders, handles=handles)


def step_id(case: CaseFile, decision: Decision) -> str:
    """Return the id of the row; a decision that is sent twice has the same."""
    told = f"policy step|{case.id}|{decision.staff_id}|{decision.key}"
    return stored_key(told)[:ROW_ID_DIGITS]


def record_step(desk: Desk, work: UnitOfWork, case: CaseFile, decision: Decision) -> bool:
    """Write the step, tell the parent and owe a look again; False if it was written before."""
    row_id = step_id(case, decision)
    if work.session.get(StepTaken, row_id) is not None:
        return False
    letter = tell_and_owe(desk, work, case, decision)
    row = StepTaken(
        id=row_id,
        case_id=case.id,
        step=decision.step.value,
        taken_by=decision.staff_id,
        taken_at=desk.clock.now(),
        review_on=decision.review_on,
        letter_id=letter.id if letter else None,
    )
    work.seal(row, "reason", decision.reason)
    work.session.add(row)
    said = {"step": decision.step.value, "review_on": decision.review_on.isoformat()}
    details = said | {"why": decision.reason, "told": letter is not None}
    work.history.append(STEP_TAKEN, decision.staff_id, CASE, case.id, **details)
    return True


def tell_and_owe(desk: Desk, work: UnitOfWork, case: CaseFile, decision: Decision) -> Letter | None:
    """Put the notice on the parent's page, if there is one, and owe a look at the step again.

    A step without a notice changes nothing that the parent sees: its look has a name of its own,
    and what they know of is still owed. No date says which step it is: they may read its sum.
    """
    told = bool(decision.notice.strip())
    name = STEP_REVIEW if told else UNTOLD_REVIEW
    owe_look(desk, work, case, DueLook(name, decision.review_on, CHOSEN))
    if not told:
        return None
    keep_dates(desk, work, case, {UNTOLD_REVIEW})
    begun = desk.school.letter_for(decision.step)
    template = begun.id if begun else ""
    draft = Draft(decision.staff_id, template, decision.notice, f"step|{decision.key}")
    return put_letter(desk, work, case, draft)
