"""The wall as a condition of SQL: what may be counted, sorted and paged for one person.

A grant is needed, and nobody reads of a matter about somebody close to them. The wall is asked
again on every reading: a tie declared after the grant closes the record too. As nothing else
passes, no count and no page tells of a record behind the wall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_, select

from assistant.casework.wall import school_wall
from assistant.store.meeting_tables import Meeting, MeetingAccess, MeetingSubject
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from assistant.casework.school import School


def subjects_that_close(school: School, staff_id: str) -> frozenset[str]:
    """Return the ids of all whose matters are closed to this person, their own included.

    A matter about several people is closed as soon as one of them is among these: ties reach one
    step, so the wall around several is the union of the walls around each.
    """
    ties = {end for tie in school.relationships for end in (tie.a, tie.b)}
    shared = {reader for readers in school.inboxes.values() for reader in readers}
    everybody = set(school.by_id) | ties | shared | {staff_id}
    return frozenset(each for each in everybody if staff_id in school_wall(school, {each}))


def case_is_open_to(school: School, staff_id: str) -> ColumnElement[bool]:
    """Return the condition on ``CaseFile`` that this person may read the case."""
    mine = CaseAccess.case_id == CaseFile.id, CaseAccess.staff_id == staff_id
    return and_(exists().where(*mine), case_is_outside_wall(school, staff_id))


def case_is_outside_wall(school: School, staff_id: str) -> ColumnElement[bool]:
    """Return the condition on ``CaseFile`` that it is about nobody close to this person."""
    closing = sorted(subjects_that_close(school, staff_id))
    about = select(CaseSubject.case_id).where(CaseSubject.staff_id.in_(closing))
    return CaseFile.id.not_in(about)


def meeting_is_open_to(school: School, staff_id: str) -> ColumnElement[bool]:
    """Return the condition on ``Meeting`` that this person hosts it or may see it."""
    grants = select(MeetingAccess.meeting_id).where(MeetingAccess.staff_id == staff_id)
    closing = sorted(subjects_that_close(school, staff_id))
    about = select(MeetingSubject.meeting_id).where(MeetingSubject.staff_id.in_(closing))
    mine = or_(Meeting.host_id == staff_id, Meeting.id.in_(grants))
    return and_(mine, Meeting.id.not_in(about))
