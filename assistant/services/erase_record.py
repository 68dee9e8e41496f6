"""Erase one record for good: its key, its rows, its words; figures of it stay, and no person.

Everything happens in one transaction, so that a process that dies has erased it or has not begun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.wall import school_wall
from assistant.security.tokens import token_digest
from assistant.services.case_access import subjects_of as case_subjects
from assistant.services.case_dates import today_of
from assistant.services.forget_leftovers import forget_leftovers
from assistant.services.meetings import subjects_of
from assistant.services.record_keeping import kept_record
from assistant.services.record_links import CASE
from assistant.store.columns import new_id
from assistant.store.hanging_rows import delete_record, erase_details
from assistant.store.meeting_tables import Meeting, MeetingAccess
from assistant.store.retention_tables import RemovedReader, RemovedRecord
from assistant.store.tables import CaseAccess, CaseFile

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.record_keeping import KeptRecord
    from assistant.store.unit_of_work import UnitOfWork

REMOVED = "removed reference"


def erase_if_due(
    desk: Desk, work: UnitOfWork, record: tuple[str, str], by: str, *, asked: bool
) -> bool:
    """Erase a record (its kind and id) if it is still due; the caller commits. Tell whether it was.

    It is read again under a lock: a hold may have been placed, or the case opened again, since.
    ``asked`` says that a person decided; without it only what goes by itself goes.
    """
    what, record_id = record
    table = CaseFile if what == CASE else Meeting
    if work.session.get(table, record_id, with_for_update=True) is None:
        return False
    kept = kept_record(desk, work, what, record_id)
    if kept.held or not kept.keeping.is_over(today_of(desk)) or (kept.keeping.asks and not asked):
        return False
    _write_down(desk, work, kept, by)
    work.session.expunge_all()  # rows that go by statement are no longer known by identity
    work.keys.destroy(record)
    erase_details(work.session, what, record_id)
    delete_record(work.session, what, record_id)
    if what == CASE:
        forget_leftovers(desk, work, kept.received_on)
    work.history.append(f"{what}.removed", by, what, record_id)
    return True


def removed_digest(desk: Desk, reference: str) -> str:
    """Return what stays of a reference."""
    return token_digest(desk.keys.lookup, REMOVED, reference)


def _write_down(desk: Desk, work: UnitOfWork, kept: KeptRecord, by: str) -> None:
    line = RemovedRecord(
        id=new_id(),
        what=kept.what,
        kind=kept.kind.value if kept.kind else None,
        reference_digest=removed_digest(desk, kept.reference),
        number=1,
        received_on=kept.received_on,
        ended_on=kept.ended_on,
        status=kept.status,
        why=kept.keeping.sum,
        removed_by=by,
        removed_at=desk.clock.now(),
    )
    work.session.add(line)
    work.session.flush()
    readers = _readers(desk, work, kept)
    work.session.add_all(RemovedReader(removed_id=line.id, staff_id=each) for each in readers)
    work.session.flush()


def _readers(desk: Desk, work: UnitOfWork, kept: KeptRecord) -> set[str]:
    """Return who could read the record on its last day: the wall is asked once more."""
    subjects = case_subjects(work, kept.id) if kept.what == CASE else subjects_of(work, kept.id)
    return _granted(work, kept) - school_wall(desk.school, subjects)


def _granted(work: UnitOfWork, kept: KeptRecord) -> set[str]:
    if kept.what == CASE:
        mine = select(CaseAccess.staff_id).where(CaseAccess.case_id == kept.id)
        return set(work.session.scalars(mine))
    theirs = select(MeetingAccess.staff_id).where(MeetingAccess.meeting_id == kept.id)
    hosts = select(Meeting.host_id).where(Meeting.id == kept.id)
    return set(work.session.scalars(theirs)) | set(work.session.scalars(hosts))
