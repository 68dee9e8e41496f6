"""The wall at the desk: which records exist for one person.

A grant is needed, and the wall is asked again on every reading: a relationship declared after the
grant closes the record too. A closed record and a missing one are the same ``NotHere``.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from assistant.casework.kinds import MeetingStatus
from assistant.casework.references import normalise_reference
from assistant.casework.wall import school_wall
from assistant.services.errors import NotHere
from assistant.services.record_links import CASE, MEETING
from assistant.store.meeting_tables import Meeting, MeetingAccess, MeetingSubject
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def cases_for(desk: Desk, work: UnitOfWork, staff_id: str) -> list[CaseFile]:
    """Return every case that the person may read, the latest first."""
    cases = work.session.scalars(_granted_cases(staff_id)).all()
    subjects = _subjects(work, select(CaseSubject.case_id, CaseSubject.staff_id))
    return [case for case in cases if not _is_walled(desk, staff_id, subjects[case.id])]


def meetings_for(
    desk: Desk, work: UnitOfWork, staff_id: str, *, since: datetime = LONG_AGO
) -> list[Meeting]:
    """Return every meeting that the person hosts or may see, the earliest first.

    Those that end after ``since`` (aware).
    """
    wanted = _granted_meetings(staff_id).where(Meeting.ends_at > since)
    meetings = work.session.scalars(wanted).all()
    ids = wanted.with_only_columns(Meeting.id).order_by(None)
    pairs = select(MeetingSubject.meeting_id, MeetingSubject.staff_id)
    subjects = _subjects(work, pairs.where(MeetingSubject.meeting_id.in_(ids)))
    return [each for each in meetings if not _is_walled(desk, staff_id, subjects[each.id])]


def coming_meetings(desk: Desk, work: UnitOfWork, staff_id: str, host_id: str) -> list[Meeting]:
    """Return the booked meetings to come with a host that the person may see, soonest first."""
    coming = Meeting.status == MeetingStatus.BOOKED.value, Meeting.starts_at > desk.clock.now()
    mine = _granted_meetings(staff_id).where(Meeting.host_id == host_id, *coming)
    meetings = work.session.scalars(mine).all()
    theirs = MeetingSubject.meeting_id.in_([each.id for each in meetings])
    pairs = select(MeetingSubject.meeting_id, MeetingSubject.staff_id).where(theirs)
    subjects = _subjects(work, pairs)
    return [each for each in meetings if not _is_walled(desk, staff_id, subjects[each.id])]


def case_for(desk: Desk, work: UnitOfWork, staff_id: str, reference: str) -> CaseFile:
    """Return the case with that reference if the person may read it; raises ``NotHere``."""
    wanted = CaseFile.reference == _reference(reference)
    found = work.session.scalars(_granted_cases(staff_id).where(wanted)).first()
    about = select(CaseSubject.staff_id).where(CaseSubject.case_id == (found.id if found else ""))
    if found is None or _is_walled(desk, staff_id, work.session.scalars(about).all()):
        raise NotHere
    return found


def meeting_for(desk: Desk, work: UnitOfWork, staff_id: str, reference: str) -> Meeting:
    """Return the meeting with that reference if the person may see it; raises ``NotHere``."""
    wanted = Meeting.reference == _reference(reference)
    found = work.session.scalars(_granted_meetings(staff_id).where(wanted)).first()
    mine = MeetingSubject.meeting_id == (found.id if found else "")
    about = select(MeetingSubject.staff_id).where(mine)
    if found is None or _is_walled(desk, staff_id, work.session.scalars(about).all()):
        raise NotHere
    return found


def record_for(
    desk: Desk, work: UnitOfWork, staff_id: str, reference: str
) -> tuple[str, CaseFile | Meeting]:
    """Return the kind and the row of the case or the meeting; raises ``NotHere``."""
    try:
        return CASE, case_for(desk, work, staff_id, reference)
    except NotHere:
        return MEETING, meeting_for(desk, work, staff_id, reference)


def _granted_cases(staff_id: str) -> Select[CaseFile]:
    grants = select(CaseAccess.case_id).where(CaseAccess.staff_id == staff_id)
    newest_first = CaseFile.received_at.desc(), CaseFile.id
    return select(CaseFile).where(CaseFile.id.in_(grants)).order_by(*newest_first)


def _granted_meetings(staff_id: str) -> Select[Meeting]:
    grants = select(MeetingAccess.meeting_id).where(MeetingAccess.staff_id == staff_id)
    mine = or_(Meeting.host_id == staff_id, Meeting.id.in_(grants))
    return select(Meeting).where(mine).order_by(Meeting.starts_at, Meeting.id)


def _reference(text: str) -> str:
    return normalise_reference(text) or ""


def _subjects(work: UnitOfWork, pairs: Select[str, str]) -> defaultdict[str, list[str]]:
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    for record_id, staff_id in work.session.execute(pairs):
        subjects[record_id].append(staff_id)
    return subjects


def _is_walled(desk: Desk, staff_id: str, subjects: Sequence[str]) -> bool:
    return bool(subjects) and staff_id in school_wall(desk.school, set(subjects))
