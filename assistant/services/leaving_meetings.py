"""The meetings that somebody who leaves can no longer host, for whoever finds other hosts.

A meeting behind the wall of this person is not listed and not counted; whoever may read it hands
it over.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import LONDON
from assistant.casework.grid import cells
from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.casework.taking_over import may_reassign, takers_for
from assistant.services.change_host import handed_of
from assistant.services.desk_rows import who
from assistant.services.desk_shapes import Leaver, LeavingMeeting, Taker
from assistant.services.free_then import Need, free_then
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import Staff

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

    Plan = defaultdict[str, set[datetime]]
    """The cells of each colleague that were proposed for earlier meetings of the list."""


def leavers(desk: Desk, staff_id: str) -> tuple[Leaver, ...]:
    """Return who has left the school file with meetings to come that this person may reassign."""
    with desk.unit_of_work(read_only=True) as work:
        gone = work.session.scalars(select(Staff).where(~Staff.active).order_by(Staff.name)).all()
        now = desk.clock.now()
        counted = [
            Leaver(each.id, each.name, len(_of(desk, work, staff_id, each.id, now)))
            for each in gone
        ]
    return tuple(leaver for leaver in counted if leaver.meetings)


def leaving_meetings(
    desk: Desk, staff_id: str, *, leaver: str, since: date
) -> tuple[LeavingMeeting, ...]:
    """Return the leaver's meetings from the London date ``since`` on, each with its takers.

    Where nobody is free, it says how to ring the parent, and that this was read is recorded.
    """
    first = max(datetime.combine(since, time(), LONDON), desk.clock.now())
    with desk.unit_of_work() as work:
        meetings = _of(desk, work, staff_id, leaver, first)
        planned: Plan = defaultdict(set)
        found = tuple(_leaving(desk, work, meeting, planned) for meeting in meetings)
        shown = [each.id for each, told in zip(meetings, found, strict=True) if told.reach]
        _remember(work, staff_id, shown)
        return found


def _of(desk: Desk, work: UnitOfWork, staff_id: str, leaver: str, since: datetime) -> list[Meeting]:
    coming: tuple[ColumnElement[bool], ...] = (
        Meeting.host_id == leaver,
        Meeting.status == MeetingStatus.BOOKED.value,
        Meeting.starts_at >= since,
    )
    meetings = work.session.scalars(select(Meeting).where(*coming).order_by(Meeting.starts_at))
    return [each for each in meetings if may_reassign(desk.school, staff_id, handed_of(work, each))]


def _leaving(desk: Desk, work: UnitOfWork, meeting: Meeting, planned: Plan) -> LeavingMeeting:
    people = takers_for(desk.school, handed_of(work, meeting))
    need = Need.of(meeting)
    free = free_then(desk, work, [person.id for person in people], need)
    contact = contact_of(work, meeting)
    reach = ", ".join(part for part in (contact.name, contact.phone) if part)
    return LeavingMeeting(
        reference=meeting.reference,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        mode_label=MeetingMode(meeting.mode).label,
        takers=tuple(Taker(each, who(desk, each), is_free=True) for each in free),
        proposed=_propose(need, free, planned),
        reach="" if free else reach or "No name or number was left",
    )


def _propose(need: Need, free: Mapping[str, datetime], planned: Plan) -> str:
    """Return the first who is free, also of what was proposed before; nobody is empty."""
    for staff_id, free_again in free.items():
        wanted = set(cells(need.starts_at, free_again))
        if not planned[staff_id] & wanted:
            planned[staff_id] |= wanted
            return staff_id
    return ""


def _remember(work: UnitOfWork, staff_id: str, meeting_ids: Iterable[str]) -> None:
    for meeting_id in meeting_ids:
        work.history.append("meeting.contact_read", staff_id, MEETING, meeting_id)
    work.commit()
