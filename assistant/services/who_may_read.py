"""The wall at the desk: which records exist for one person.

The rule is in ``seen_records``. A closed record and a missing one are the same ``NotHere``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import MeetingStatus
from assistant.casework.references import normalise_reference
from assistant.services.errors import NotHere
from assistant.services.record_links import CASE, MEETING
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def cases_for(desk: Desk, work: UnitOfWork, staff_id: str) -> list[CaseFile]:
    """Return every case that the person may read, the latest first."""
    mine = select(CaseFile).where(case_is_open_to(desk.school, staff_id))
    return list(work.session.scalars(mine.order_by(CaseFile.received_at.desc(), CaseFile.id)))


def meetings_for(
    desk: Desk, work: UnitOfWork, staff_id: str, *, since: datetime = LONG_AGO
) -> list[Meeting]:
    """Return every meeting that the person hosts or may see, the earliest first.

    Those that end after ``since`` (aware).
    """
    return _meetings(desk, work, staff_id, Meeting.ends_at > since)


def coming_meetings(desk: Desk, work: UnitOfWork, staff_id: str, host_id: str) -> list[Meeting]:
    """Return the booked meetings to come with a host that the person may see, soonest first."""
    coming = Meeting.status == MeetingStatus.BOOKED.value, Meeting.starts_at > desk.clock.now()
    return _meetings(desk, work, staff_id, Meeting.host_id == host_id, *coming)


def case_for(desk: Desk, work: UnitOfWork, staff_id: str, reference: str) -> CaseFile:
    """Return the case with that reference if the person may read it; raises ``NotHere``."""
    same = CaseFile.reference == _reference(reference)
    wanted = select(CaseFile).where(same, case_is_open_to(desk.school, staff_id))
    found = work.session.scalars(wanted).first()
    if found is None:
        raise NotHere
    return found


def meeting_for(desk: Desk, work: UnitOfWork, staff_id: str, reference: str) -> Meeting:
    """Return the meeting with that reference if the person may see it; raises ``NotHere``."""
    found = _meetings(desk, work, staff_id, Meeting.reference == _reference(reference))
    if not found:
        raise NotHere
    return found[0]


def record_for(
    desk: Desk, work: UnitOfWork, staff_id: str, reference: str
) -> tuple[str, CaseFile | Meeting]:
    """Return the kind and the row of the case or the meeting; raises ``NotHere``."""
    try:
        return CASE, case_for(desk, work, staff_id, reference)
    except NotHere:
        return MEETING, meeting_for(desk, work, staff_id, reference)


def _meetings(
    desk: Desk, work: UnitOfWork, staff_id: str, *wanted: ColumnElement[bool]
) -> list[Meeting]:
    mine = select(Meeting).where(meeting_is_open_to(desk.school, staff_id), *wanted)
    return list(work.session.scalars(mine.order_by(Meeting.starts_at, Meeting.id)))


def _reference(text: str) -> str:
    return normalise_reference(text) or ""
