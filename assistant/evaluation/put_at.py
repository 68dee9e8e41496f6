"""Puts a meeting at a time that its host does not offer, so that a parent finds what they said.

Only the runner of dialogues needs this: a parent's earlier meeting stands when they say it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from assistant.casework.calendar import to_london
from assistant.casework.grid import cells
from assistant.casework.resources import room_key
from assistant.services.diaries import resource_of
from assistant.services.host_time import release_meeting
from assistant.store.meeting_tables import Cell, Meeting

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def put_at(desk: Desk, meeting_id: str, starts_at: datetime) -> bool:
    """Move a booked meeting to the aware instant; False leaves it, as the time is taken.

    A day on which the school is closed has no meetings either.
    """
    if not desk.calendar.is_school_day(to_london(starts_at).date()):
        return False
    with desk.unit_of_work() as work:
        meeting = work.session.get_one(Meeting, meeting_id)
        release_meeting(work, meeting_id)
        length = meeting.ends_at - meeting.starts_at
        if _is_taken(work, meeting, starts_at, starts_at + length):
            return False
        meeting.starts_at, meeting.ends_at = starts_at, starts_at + length
        meeting.cells = len(cells(starts_at, starts_at + length))
        for resource in _resources(meeting):
            for instant in cells(starts_at, starts_at + length):
                work.session.add(Cell(resource=resource, instant=instant, meeting_id=meeting_id))
        work.commit(unrecorded="the runner of dialogues sets its stage")
    return True


def _is_taken(work: UnitOfWork, meeting: Meeting, start: datetime, end: datetime) -> bool:
    mine = Cell.resource.in_(_resources(meeting))
    taken = exists().where(mine, Cell.instant.in_(cells(start, end)))
    return bool(work.session.scalar(select(taken)))


def _resources(meeting: Meeting) -> list[str]:
    return [resource_of(meeting.host_id), *([room_key(meeting.room_id)] if meeting.room_id else ())]
