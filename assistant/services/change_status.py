"""Move a case to another status, by a person who may read it, with the reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.casework.deadlines import open_until
from assistant.casework.kinds import AlertKind, CaseKind, CaseStatus
from assistant.casework.statuses import FINISHED, KEEPS, goes_on, plain_statuses
from assistant.services.case_access import subjects_of
from assistant.services.case_dates import REVIEW, keep_dates, today_of
from assistant.services.case_step import Step, move, take_step
from assistant.services.errors import NotPossibleNow
from assistant.services.raise_alert import raise_alert
from assistant.services.records import contact_of

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def change_status(  # noqa: PLR0913 - who, what, where to, why, and once
    desk: Desk,
    *,
    staff_id: str,
    reference: str,
    status: CaseStatus,
    idempotency_key: str,
    why: str = "",
) -> None:
    """Change the status; the parent is told that there is news, if e-mail is safe.

    ``DIVERTED`` passes the parent's words to the safeguarding leads first. A repeated key changes
    nothing.

    Raises:
        NotHere: no such case for this person.
        NotPossibleNow: the case cannot go there from where it is.
        AlertHeldUp: the leads cannot be told just now, so the case stays where it is.
    """
    what = f"status {status.value}"
    step = Step(staff_id, reference, idempotency_key, why, what, speaks_for_itself=True)
    take_step(desk, step, partial(_change, desk, status))


def _change(desk: Desk, status: CaseStatus, work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
    if status not in plain_statuses(CaseKind(case.kind), CaseStatus(case.status)):
        raise NotPossibleNow
    if status is CaseStatus.DIVERTED:
        _divert(desk, work, case)
    details = move(case, status)
    _settle_dates(desk, work, case, status)
    return details


def _divert(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    """Raise the alert before the status says so: an alert too many is the lesser harm."""
    raise_alert(
        desk,
        idempotency_key=f"diverted {case.id}",
        conversation_id=None,
        kind=AlertKind.SAFEGUARDING,
        words=work.unseal(case, "statement"),
        contact=contact_of(work, case),
        subjects=subjects_of(work, case.id),
    )


def _settle_dates(desk: Desk, work: UnitOfWork, case: CaseFile, status: CaseStatus) -> None:
    keep_dates(desk, work, case, KEEPS.get(status, frozenset()))
    if status in FINISHED:
        keep_dates(desk, work, case, {REVIEW})
    stage = desk.school.stage_of(CaseKind(case.kind), case.stage)
    if status is CaseStatus.OUTCOME_SENT and goes_on(CaseKind(case.kind), desk.school, stage):
        today, days = today_of(desk), stage.escalate_days
        case.escalate_by = open_until(today, days, stage.clock, desk.calendar)
