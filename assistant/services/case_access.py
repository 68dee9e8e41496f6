"""Who may read a case, as rows. No row, no case; the wall is applied before a row is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.casework.handlers import Handling, Matter, handling_of
from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.wall import school_wall
from assistant.services.case_mail import tell_reader
from assistant.services.record_links import CASE
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

HANDLER = "handler"
CLERK = "clerk"
SYSTEM = "schoolgate"


def name_subjects(
    desk: Desk, work: UnitOfWork, case: CaseFile, subjects: frozenset[str]
) -> frozenset[str]:
    """Record whom the case is about; return all subjects, those named earlier included."""
    earlier = subjects_of(work, case.id)
    for staff_id in sorted(subjects - earlier):
        now = desk.clock.now()
        work.session.add(CaseSubject(case_id=case.id, staff_id=staff_id, named_at=now))
    return earlier | subjects


def subjects_of(work: UnitOfWork, case_id: str) -> frozenset[str]:
    """Return the ids of the people whom the case is about."""
    mine = select(CaseSubject.staff_id).where(CaseSubject.case_id == case_id)
    return frozenset(work.session.scalars(mine))


def reader_ids(work: UnitOfWork, case_id: str) -> list[str]:
    """Return the ids of all who may read the case."""
    mine = select(CaseAccess.staff_id).where(CaseAccess.case_id == case_id)
    return list(work.session.scalars(mine.order_by(CaseAccess.staff_id)))


def grant_readers(desk: Desk, work: UnitOfWork, case: CaseFile, handling: Handling) -> None:
    """Write a grant for the handler and each other reader."""
    now = desk.clock.now()
    for reader in handling.readers:
        why = HANDLER if reader is handling.handler else CLERK
        work.session.merge(CaseAccess(case_id=case.id, staff_id=reader.id, why=why, granted_at=now))


def recheck_wall(
    desk: Desk, work: UnitOfWork, case: CaseFile, subjects: frozenset[str], event: str
) -> None:
    """Name further subjects: revoke every grant the wall forbids, and find another handler."""
    everybody = name_subjects(desk, work, case, subjects)
    walled = school_wall(desk.school, everybody)
    mine = CaseAccess.case_id == case.id
    readers = set(reader_ids(work, case.id))
    if not readers & walled and case.handler_id not in walled:
        return
    work.session.execute(delete(CaseAccess).where(mine, CaseAccess.staff_id.in_(walled)))
    if case.handler_id in walled:
        _hand_over(desk, work, case, everybody, event)
    work.history.append("case.wall_moved", SYSTEM, CASE, case.id, revoked=sorted(readers & walled))


def _hand_over(
    desk: Desk, work: UnitOfWork, case: CaseFile, subjects: frozenset[str], event: str
) -> None:
    matter = Matter(
        CaseKind(case.kind), Channel(case.channel), subjects, case.class_name, case.year, case.stage
    )
    handling = handling_of(desk.school, matter)
    case.handler_id = handling.handler.id if handling.handler else None
    case.handler_label = handling.label
    grant_readers(desk, work, case, handling)
    for reader in handling.readers:
        tell_reader(desk, work, case, reader.id, event)
