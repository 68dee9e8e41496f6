"""Pause a case until a day on which somebody looks at it again, and take it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import CaseStatus
from assistant.services.case_dates import move_dates, stop_dates, today_of
from assistant.services.case_step import Step, StepUnclear, move, take_step
from assistant.services.errors import NotPossibleNow

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def pause_case(  # noqa: PLR0913 - who, which, why, until when, and once
    desk: Desk, *, staff_id: str, reference: str, why: str, review_on: date, idempotency_key: str
) -> None:
    """Pause the case: its dates stand still, and a look at it again is due on ``review_on``.

    Raises:
        StepUnclear: no reason, or ``review_on`` is not to come.
        NotHere, NotPossibleNow: as ``take_step``; data protection never stops.
    """
    if review_on <= today_of(desk):
        raise StepUnclear

    def change(work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        details = move(case, CaseStatus.PAUSED)
        case.paused_from = details["from"]
        stop_dates(desk, work, case, review_on)
        return details | {"review_on": review_on.isoformat()}

    take_step(desk, Step(staff_id, reference, idempotency_key, why, "pause"), change)


def resume_case(
    desk: Desk, *, staff_id: str, reference: str, why: str, idempotency_key: str
) -> None:
    """Take a paused case up where it stood; each date moves on by the pause, with its sum.

    Raises what ``take_step`` raises; ``NotPossibleNow`` when it is not paused.
    """

    def change(work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        if case.status != CaseStatus.PAUSED.value or case.paused_from is None:
            raise NotPossibleNow
        details = {"from": case.status, "to": case.paused_from}
        case.status, case.paused_from = case.paused_from, None
        move_dates(desk, work, case)
        return details

    take_step(desk, Step(staff_id, reference, idempotency_key, why, "resume"), change)
