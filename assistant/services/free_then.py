"""Which of the hosts could take a meeting exactly as it stands: its time, its length, its mode.

Their notice and horizon are not asked: these protect against a parent's surprise, and here
colleagues agree. Their hours, buffer and daily cap hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from assistant.casework.calendar import DAY, LONDON, to_london
from assistant.casework.grid import cells
from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.casework.resources import interpreter_key, room_key
from assistant.casework.taking_over import covers
from assistant.services.diaries import hours_of, resource_of
from assistant.store.meeting_tables import Cell, Meeting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.casework.host_hours import HostHours
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Need:
    """What a meeting takes of whoever hosts it: time (aware instants), mode, and who comes along.

    ``company`` are the keys of its room and its interpreter, which stay with it.
    """

    meeting_id: str
    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode
    company: tuple[str, ...]

    @classmethod
    def of(cls, meeting: Meeting) -> Need:
        """Return what a meeting takes of its host."""
        mode, company = MeetingMode(meeting.mode), company_keys(meeting)
        return cls(meeting.id, meeting.starts_at, meeting.ends_at, mode, company)


def company_keys(meeting: Meeting) -> tuple[str, ...]:
    """Return the keys of the room and the interpreter that a meeting has."""
    room = (room_key(meeting.room_id),) if meeting.room_id else ()
    interpreter = (interpreter_key(meeting.interpreter_id),) if meeting.interpreter_id else ()
    return room + interpreter


def free_then(
    desk: Desk, work: UnitOfWork, staff_ids: Sequence[str], need: Need
) -> Mapping[str, datetime]:
    """Return those who are free, in the order given, with the end of the buffer that each keeps."""
    hours = hours_of(desk, work.session, staff_ids)
    until = {
        staff_id: need.ends_at + hours[staff_id].buffer
        for staff_id in staff_ids
        if covers(hours[staff_id], need.starts_at, need.ends_at, need.mode)
    }
    full = _full(work, hours, need)
    return {
        staff_id: free_again
        for staff_id, free_again in until.items()
        if staff_id not in full
        and not is_taken(desk, work, [resource_of(staff_id)], need, free_again)
    }


def is_taken(
    desk: Desk, work: UnitOfWork, keys: Sequence[str], need: Need, until: datetime
) -> bool:
    """Tell whether any of ``keys`` is somebody else's between the start and ``until``."""
    held = Cell.hold_expires_at > desk.machine_clock.now()
    others = or_(and_(Cell.meeting_id.is_not(None), Cell.meeting_id != need.meeting_id), held)
    wanted = Cell.resource.in_(keys), Cell.instant.in_(cells(need.starts_at, until))
    return work.session.scalar(select(Cell.instant).where(*wanted, others).limit(1)) is not None


def _full(work: UnitOfWork, hours: Mapping[str, HostHours], need: Need) -> set[str]:
    """Return whose day has its daily cap of meetings."""
    midnight = datetime.combine(to_london(need.starts_at).date(), time(), LONDON)
    counts = (
        select(Meeting.host_id, func.count())
        .where(Meeting.host_id.in_(hours), Meeting.status != MeetingStatus.CANCELLED.value)
        .where(Meeting.starts_at >= midnight, Meeting.starts_at < midnight + DAY)
        .group_by(Meeting.host_id)
    )
    return {
        staff_id
        for staff_id, number in work.session.execute(counts)
        if number >= hours[staff_id].rules.daily_cap
    }
