"""Take a case to the school's next stage: another handler through the wall, and new dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.services.case_access import end_stage, find_handler
from assistant.services.case_dates import keep_all_dates, set_dates, today_of
from assistant.services.case_step import Step, move, take_step
from assistant.services.errors import NotPossibleNow

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def escalate_case(
    desk: Desk, *, staff_id: str, reference: str, why: str, idempotency_key: str
) -> None:
    """Take the case to the next stage of the school file, with somebody who has not handled it.

    A request after ``escalate_by`` is noted as late; whoever takes the step decides.

    Raises what ``take_step`` raises; ``NotPossibleNow`` too when there is no further stage.
    """

    def change(work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        details = move(case, CaseStatus.ESCALATED)
        was_late = case.escalate_by is not None and case.escalate_by < today_of(desk)
        _go_on(desk, work, case, step)
        return details | {"stage": case.stage, "after_the_last_day": was_late}

    step = Step(staff_id, reference, idempotency_key, why, "escalate")
    take_step(desk, step, change)


def _go_on(desk: Desk, work: UnitOfWork, case: CaseFile, step: Step) -> None:
    stage = desk.school.stage_after(desk.school.stage_of(CaseKind(case.kind), case.stage))
    if stage is None:
        raise NotPossibleNow
    keep_all_dates(desk, work, case)
    case.stage, case.escalate_by = stage.name, None
    end_stage(desk, work, case, step.staff_id)
    find_handler(desk, work, case, f"escalated {step.key}")
    set_dates(desk, work, case, stage)
