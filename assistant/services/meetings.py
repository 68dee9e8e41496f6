"""Meetings as rows and as receipts; shared by the meeting services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.hosts import meeting_role
from assistant.casework.kinds import MeetingStatus
from assistant.security.tokens import record_token
from assistant.services.meeting_errors import MeetingGone
from assistant.services.record_links import MEETING
from assistant.services.shapes import MeetingReceipt
from assistant.store.meeting_tables import Meeting, MeetingAccess, MeetingSubject

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

HOST = "host"
CLERK = "clerk"


def meeting_receipt(desk: Desk, meeting: Meeting) -> MeetingReceipt:
    """Return the parent's receipt of a committed meeting; the same each time."""
    host = desk.school.by_id.get(meeting.host_id)
    return MeetingReceipt(
        kind=MEETING,
        id=meeting.id,
        reference=meeting.reference,
        status=meeting.status,
        token=record_token(desk.keys.lookup, MEETING, meeting.id),
        host_name=host.known_as if host else "",
        host_role=meeting_role(host, desk.school).label if host else "",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        mode=meeting.mode,
        place=meeting.place,
    )


def changeable(desk: Desk, meeting: Meeting | None) -> Meeting:
    """Return the meeting; raises ``MeetingGone`` unless it is booked and still to come."""
    if meeting is None or meeting.status != MeetingStatus.BOOKED.value:
        raise MeetingGone
    if meeting.starts_at <= desk.clock.now():
        raise MeetingGone
    return meeting


def subjects_of(work: UnitOfWork, meeting_id: str) -> frozenset[str]:
    """Return the ids of the people whom the meeting is about."""
    mine = select(MeetingSubject.staff_id).where(MeetingSubject.meeting_id == meeting_id)
    return frozenset(work.session.scalars(mine))


def reader_ids(work: UnitOfWork, meeting_id: str) -> list[str]:
    """Return the ids of all who may see the meeting."""
    mine = select(MeetingAccess.staff_id).where(MeetingAccess.meeting_id == meeting_id)
    return list(work.session.scalars(mine.order_by(MeetingAccess.staff_id)))
