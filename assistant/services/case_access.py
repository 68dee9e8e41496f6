"""Who may read a case, as rows. No row, no case; the wall is applied before a row is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.handlers import Handling, Matter, handling_of
from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.wall import school_wall
from assistant.services.case_mail import tell_reader
from assistant.services.record_links import CASE
from assistant.store.access_tables import EndedAccess
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

HANDLER = "handler"
CLERK = "clerk"
GRANTED = "granted"
JUDGE = "appeal_judge"
"""Why somebody reads the case who was asked to hear an appeal over it.

Its name sorts before that of the handler, who is the first in the list of readers.
"""
EARLIER = "earlier_stage"
"""Why somebody who handled the stage before still reads the case: they answer for it."""
BESIDE = "beside"
"""Why somebody who stepped back from the case that this one came from could have read it."""
REVOKED, RECUSED, HANDED_OVER, BY_WALL = "revoked", "recused", "handed_over", "wall"
STAGE_ENDED = "stage_ended"
"""How the handling of a stage ends; nobody with such a trace looks at their own answer again."""
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
    readers = set(reader_ids(work, case.id))
    if not readers & walled and case.handler_id not in walled:
        return
    for staff_id in sorted(readers & walled):
        end_access(desk, work, case, Ending(staff_id, SYSTEM, BY_WALL))
    if case.handler_id in walled:
        find_handler(desk, work, case, event)
    work.history.append("case.wall_moved", SYSTEM, CASE, case.id, revoked=sorted(readers & walled))


@dataclass(frozen=True)
class Ending:
    """Whose grant ends, by whom (staff ids), and how: ``EndedAccess.how``."""

    staff_id: str
    by: str
    how: str


def end_access(desk: Desk, work: UnitOfWork, case: CaseFile, ending: Ending) -> None:
    """Take the grant away and keep its trace; nothing to take away is no error."""
    grant = work.session.get(CaseAccess, (case.id, ending.staff_id))
    if grant is None:
        return
    work.session.delete(grant)
    trace = EndedAccess(
        case_id=case.id,
        staff_id=ending.staff_id,
        why=grant.why,
        granted_at=grant.granted_at,
        granted_by=grant.granted_by,
        ended_at=desk.clock.now(),
        ended_by=ending.by,
        how=ending.how,
    )
    work.session.add(trace)
    work.session.flush()


def recused_ids(work: UnitOfWork, case_id: str) -> frozenset[str]:
    """Return the ids of those who stepped back from the case."""
    return _whose_access_ended(work, case_id, RECUSED)


def carry_recusals(desk: Desk, work: UnitOfWork, case: CaseFile, recused: frozenset[str]) -> None:
    """Note that they have stepped back from this case too, of which they had no grant."""
    now = desk.clock.now()
    for staff_id in sorted(recused):
        trace = EndedAccess(case_id=case.id, staff_id=staff_id, why=BESIDE, how=RECUSED)
        trace.granted_at = trace.ended_at = now
        trace.granted_by = trace.ended_by = staff_id
        work.session.add(trace)
    work.session.flush()


def earlier_handlers(work: UnitOfWork, case_id: str) -> frozenset[str]:
    """Return the ids of those who handled a stage before this one."""
    return _whose_access_ended(work, case_id, STAGE_ENDED)


def end_stage(desk: Desk, work: UnitOfWork, case: CaseFile, by: str) -> None:
    """End the handling of this stage: who handled it reads on, and never handles it again."""
    handler = case.handler_id
    if handler is None:
        return
    end_access(desk, work, case, Ending(handler, by, STAGE_ENDED))
    grant = CaseAccess(case_id=case.id, staff_id=handler, why=EARLIER, granted_by=by)
    grant.granted_at = desk.clock.now()
    work.session.add(grant)
    work.session.flush()


def may_be_given(desk: Desk, work: UnitOfWork, case: CaseFile, staff_id: str) -> bool:
    """Tell whether the wall and the person's own recusal let them read the case."""
    closed = school_wall(desk.school, subjects_of(work, case.id)) | recused_ids(work, case.id)
    return staff_id in desk.school.by_id and staff_id not in closed


def may_handle(desk: Desk, work: UnitOfWork, case: CaseFile, staff_id: str) -> bool:
    """Tell whether the person may be given the case to handle: read it, and new to the matter."""
    new_to_it = staff_id not in earlier_handlers(work, case.id)
    return new_to_it and may_be_given(desk, work, case, staff_id)


def may_manage(work: UnitOfWork, case: CaseFile, staff_id: str) -> bool:
    """Tell whether this reader decides who else reads it: its handler, and the clerk of it."""
    grant = work.session.get(CaseAccess, (case.id, staff_id))
    return case.handler_id == staff_id or (grant is not None and grant.why == CLERK)


def find_handler(desk: Desk, work: UnitOfWork, case: CaseFile, event: str) -> None:
    """Give the case to the next person whom the wall allows, and tell each reader."""
    handling = handling_of(desk.school, _matter_of(work, case))
    case.handler_id = handling.handler.id if handling.handler else None
    case.handler_label = handling.label
    grant_readers(desk, work, case, handling)
    for reader in handling.readers:
        tell_reader(desk, work, case, reader.id, event)


def _matter_of(work: UnitOfWork, case: CaseFile) -> Matter:
    return Matter(
        CaseKind(case.kind),
        Channel(case.channel),
        subjects_of(work, case.id),
        case.class_name,
        case.year,
        case.stage,
        earlier_handlers(work, case.id),
        recused_ids(work, case.id),
    )


def _whose_access_ended(work: UnitOfWork, case_id: str, how: str) -> frozenset[str]:
    mine = EndedAccess.case_id == case_id, EndedAccess.how == how
    return frozenset(work.session.scalars(select(EndedAccess.staff_id).where(*mine)))
