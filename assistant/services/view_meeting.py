"""Show a whole meeting to its host or another who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import MeetingStatus
from assistant.casework.statuses import marks_for
from assistant.services.desk_rows import meeting_row, who
from assistant.services.desk_shapes import MeetingView
from assistant.services.record_links import MEETING
from assistant.services.timeline import timeline_of
from assistant.services.who_may_read import meeting_for
from assistant.store.meeting_tables import MeetingAccess

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork


def view_meeting(desk: Desk, staff_id: str, reference: str) -> MeetingView:
    """Return the meeting; raises ``NotHere`` for a missing one and one behind the wall alike."""
    with desk.unit_of_work() as work:
        meeting = meeting_for(desk, work, staff_id, reference)
        work.history.append("meeting.read", staff_id, MEETING, meeting.id)
        work.commit()
        return _view(desk, work, meeting, staff_id)


def _view(desk: Desk, work: UnitOfWork, meeting: Meeting, staff_id: str) -> MeetingView:
    has_begun = desk.clock.now() >= meeting.starts_at
    marks = marks_for(MeetingStatus(meeting.status), has_begun=has_begun)
    return MeetingView(
        row=meeting_row(desk, work, meeting),
        channel=meeting.channel,
        note=work.unseal(meeting, "note"),
        readers=_readers(desk, work, meeting),
        timeline=tuple(timeline_of(desk, work, MEETING, meeting.id, staff_id)),
        marks=tuple(mark.value for mark in marks),
        is_open=meeting.status == MeetingStatus.BOOKED.value and not has_begun,
    )


def _readers(desk: Desk, work: UnitOfWork, meeting: Meeting) -> tuple[str, ...]:
    grants = select(MeetingAccess.staff_id).where(MeetingAccess.meeting_id == meeting.id)
    ids = {meeting.host_id, *work.session.scalars(grants)}
    return tuple(who(desk, staff_id) for staff_id in sorted(ids))
