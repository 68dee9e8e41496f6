"""Show who may read a case, why and since when, and who could until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.handlers import titled
from assistant.services.case_access import (
    BESIDE,
    CLERK,
    EARLIER,
    GRANTED,
    HANDLER,
    JUDGE,
    may_be_given,
    may_handle,
    may_manage,
)
from assistant.services.desk_rows import case_rows, who
from assistant.services.hand_over_cases import is_open
from assistant.services.who_may_read import case_for, cases_for
from assistant.store.access_tables import EndedAccess
from assistant.store.tables import CaseAccess

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import CaseRow
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

WHY = {
    HANDLER: "handles it",
    GRANTED: "was given it",
    CLERK: "is the clerk of it",
    JUDGE: "was asked to hear an appeal over it",
    EARLIER: "handled an earlier stage of it",
    BESIDE: "could read the case that it came from",
}
HOW = {
    "revoked": "taken back",
    "recused": "stepped back",
    "handed_over": "handed over",
    "stage_ended": "the next stage was begun",
    "wall": "closed because of who it is about",
}


@dataclass(frozen=True)
class ReaderRow:
    """Somebody who may read the case; ``ended`` says how and by whom it ended, if it did."""

    staff_id: str
    label: str
    why: str
    since: datetime
    until: datetime | None = None
    ended: str = ""


@dataclass(frozen=True)
class AccessView:
    """Readers and readers that were; for whom it is theirs to share, whom they can choose.

    ``colleagues`` may read it; ``successors`` may also handle it. Pairs of id and label.
    """

    reference: str
    readers: tuple[ReaderRow, ...]
    ended: tuple[ReaderRow, ...]
    handler_id: str
    manages: bool
    colleagues: tuple[tuple[str, str], ...]
    successors: tuple[tuple[str, str], ...]


def view_access(desk: Desk, staff_id: str, reference: str) -> AccessView:
    """Return who may read the case; raises ``NotHere`` for a missing and a closed one alike."""
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        manages = may_manage(work, case, staff_id)
        return AccessView(
            reference=case.reference,
            readers=_readers(desk, work, case.id),
            ended=_ended(desk, work, case.id),
            handler_id=case.handler_id or "",
            manages=manages,
            colleagues=_allowed(desk, work, case, may_be_given) if manages else (),
            successors=_allowed(desk, work, case, may_handle) if manages else (),
        )


def open_cases_of(desk: Desk, staff_id: str) -> tuple[CaseRow, ...]:
    """Return the open cases that the person handles or clerks."""
    with desk.unit_of_work(read_only=True) as work:
        cases = cases_for(desk, work, staff_id)
        mine = [each for each in cases if is_open(each) and may_manage(work, each, staff_id)]
        return case_rows(work, mine)


def _allowed(
    desk: Desk,
    work: UnitOfWork,
    case: CaseFile,
    rule: Callable[[Desk, UnitOfWork, CaseFile, str], bool],
) -> tuple[tuple[str, str], ...]:
    people = (each for each in desk.school.people if each.id != case.handler_id)
    return tuple((each.id, titled(each)) for each in people if rule(desk, work, case, each.id))


def _readers(desk: Desk, work: UnitOfWork, case_id: str) -> tuple[ReaderRow, ...]:
    mine = select(CaseAccess).where(CaseAccess.case_id == case_id)
    grants = work.session.scalars(mine.order_by(CaseAccess.granted_at, CaseAccess.staff_id))
    return tuple(
        ReaderRow(each.staff_id, who(desk, each.staff_id), WHY[each.why], each.granted_at)
        for each in grants
    )


def _ended(desk: Desk, work: UnitOfWork, case_id: str) -> tuple[ReaderRow, ...]:
    mine = select(EndedAccess).where(EndedAccess.case_id == case_id)
    traces = work.session.scalars(mine.order_by(EndedAccess.ended_at, EndedAccess.id))
    return tuple(_trace(desk, each) for each in traces)


def _trace(desk: Desk, trace: EndedAccess) -> ReaderRow:
    by = who(desk, trace.ended_by) if trace.ended_by in desk.school.by_id else "Schoolgate"
    return ReaderRow(
        trace.staff_id,
        who(desk, trace.staff_id),
        WHY[trace.why],
        trace.granted_at,
        trace.ended_at,
        f"{HOW[trace.how]} by {by}",
    )
