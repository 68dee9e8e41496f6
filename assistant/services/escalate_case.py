"""Take a case to the school's next stage: another handler through the wall, and new dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from assistant.casework.handlers import Handling, Matter, handling_of
from assistant.casework.kinds import CaseKind, CaseStatus, Channel
from assistant.services.case_access import grant_readers, recused_ids, subjects_of
from assistant.services.case_dates import keep_all_dates, set_dates, today_of
from assistant.services.case_mail import tell_reader
from assistant.services.case_step import Step, move, take_step
from assistant.services.errors import NotPossibleNow
from assistant.store.tables import CaseAccess

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

EARLIER = "earlier_stage"
"""Why somebody who handled the stage before still reads the case: they answer for it."""


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
        _go_on(desk, work, case, idempotency_key)
        return details | {"stage": case.stage, "after_the_last_day": was_late}

    take_step(desk, Step(staff_id, reference, idempotency_key, why, "escalate"), change)


def _go_on(desk: Desk, work: UnitOfWork, case: CaseFile, key: str) -> None:
    stage = desk.school.stage_after(desk.school.stage_of(CaseKind(case.kind), case.stage))
    if stage is None:
        raise NotPossibleNow
    keep_all_dates(desk, work, case)
    case.stage, case.escalate_by = stage.name, None
    _hand_on(desk, work, case, key)
    set_dates(desk, work, case, stage)


def _hand_on(desk: Desk, work: UnitOfWork, case: CaseFile, key: str) -> None:
    handling = _handling(desk, work, case)
    mine = CaseAccess.case_id == case.id
    work.session.execute(update(CaseAccess).where(mine).values(why=EARLIER))
    work.session.expire_all()
    case.handler_id = handling.handler.id if handling.handler else None
    case.handler_label = handling.label
    grant_readers(desk, work, case, handling)
    for reader in handling.readers:
        tell_reader(desk, work, case, reader.id, f"escalated {key}")


def _handling(desk: Desk, work: UnitOfWork, case: CaseFile) -> Handling:
    matter = Matter(
        CaseKind(case.kind),
        Channel(case.channel),
        subjects_of(work, case.id),
        case.class_name,
        case.year,
        case.stage,
        case.handler_id or "",
        recused_ids(work, case.id),
    )
    return handling_of(desk.school, matter)
