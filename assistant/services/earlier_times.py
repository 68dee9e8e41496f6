"""The free times before a booked meeting that would do as well; shared around the waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.earlier import days_before
from assistant.casework.kinds import MeetingMode
from assistant.services.open_times import all_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.casework.slots import Diary, Slot
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting


def earlier_times(desk: Desk, diaries: Mapping[str, Diary], meeting: Meeting) -> Iterator[Slot]:
    """Yield the free slots of the same host and mode on the days before the meeting's.

    ``diaries`` are those of the host and perhaps of others, by staff id.
    """
    mine = {meeting.host_id: diaries[meeting.host_id]}
    slots = all_open(desk, mine, mode=MeetingMode(meeting.mode))
    return days_before(slots, meeting.starts_at)
