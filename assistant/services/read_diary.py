"""One person's diary: their meetings between two days, and the past ones that nobody marked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assistant.casework.calendar import DAY, to_london
from assistant.casework.kinds import MeetingStatus
from assistant.services.desk_rows import meeting_rows
from assistant.services.desk_shapes import DiaryView
from assistant.services.who_may_read import meetings_for

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting


def read_diary(desk: Desk, staff_id: str, *, first: date, last: date) -> DiaryView:
    """Return the meetings on the London dates ``first`` to ``last``, both included.

    ``unmarked`` are those of any day that have begun and wait for a word about how they went.
    ``weeks`` counts the meetings of every week, by its Monday.
    """
    now = desk.clock.now()
    with desk.unit_of_work(read_only=True) as work:
        mine = meetings_for(desk, work, staff_id)
        unmarked = [
            each
            for each in mine
            if each.status == MeetingStatus.BOOKED.value and each.starts_at <= now
        ]
        shown = [each for each in mine if first <= _day(each) <= last]
        return DiaryView(
            unmarked=meeting_rows(desk, work, unmarked),
            meetings=meeting_rows(desk, work, shown),
            weeks=Counter(monday_of(_day(each)) for each in mine),
        )


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - day.weekday() * DAY


def _day(meeting: Meeting) -> date:
    return to_london(meeting.starts_at).date()
