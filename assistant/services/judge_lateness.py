"""A matter that was brought long after it happened: note the day; a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.calendar import to_london
from assistant.casework.deadlines import is_late
from assistant.casework.kinds import CaseStatus, Lateness
from assistant.casework.statuses import FINISHED
from assistant.services.case_dates import today_of
from assistant.services.case_step import Step, StepUnclear, move, take_step
from assistant.services.errors import NotPossibleNow
from assistant.services.timeline import INCIDENT_DATED, LATENESS_DECIDED

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def note_incident(  # noqa: PLR0913 - who, which, when, why, and once
    desk: Desk, *, staff_id: str, reference: str, happened_on: date, why: str, idempotency_key: str
) -> None:
    """Note when it happened and how that is known (``why``). It decides nothing.

    Raises ``StepUnclear`` for no reason or a day to come; what ``take_step`` raises.
    """
    if happened_on > today_of(desk):
        raise StepUnclear

    def change(_work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        case.incident_on, case.lateness = happened_on, None
        return {"on": happened_on.isoformat()}

    step = Step(staff_id, reference, idempotency_key, why, "incident", INCIDENT_DATED)
    take_step(desk, step, change)


def judge_lateness(  # noqa: PLR0913 - who, which, what, why, and once
    desk: Desk, *, staff_id: str, reference: str, decision: Lateness, why: str, idempotency_key: str
) -> None:
    """Record a person's decision; one who declines closes the case.

    Raises what ``take_step`` raises; ``NotPossibleNow`` when the case is not late or is decided.
    """

    def change(_work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        if not waits_for_judgement(desk, case):
            raise NotPossibleNow
        case.lateness = decision.value
        closing = move(case, CaseStatus.CLOSED) if decision is Lateness.DECLINED else {}
        return {"decision": decision.value, **closing}

    step = Step(staff_id, reference, idempotency_key, why, "lateness", LATENESS_DECIDED)
    take_step(desk, step, change)


def waits_for_judgement(desk: Desk, case: CaseFile) -> bool:
    """Tell whether the matter came late, is open, and nobody has decided yet."""
    is_over = CaseStatus(case.status) in FINISHED
    if is_over or case.incident_on is None or case.lateness is not None:
        return False
    received_on = to_london(case.received_at).date()
    return is_late(case.incident_on, received_on, desk.school.late_after_months)
