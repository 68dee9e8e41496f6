"""The free times before a booked meeting that would do as well; shared around the waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.earlier import days_before
from assistant.casework.kinds import MeetingMode
from assistant.services.diaries import open_diaries
from assistant.services.open_times import all_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork


def earlier_times(desk: Desk, work: UnitOfWork, meeting: Meeting) -> Iterator[Slot]:
    """Yield the free slots of the same host and mode on the days before the meeting's."""
    diaries = open_diaries(desk, work.session, [meeting.host_id])
    slots = all_open(desk, diaries, mode=MeetingMode(meeting.mode))
    return days_before(slots, meeting.starts_at)
