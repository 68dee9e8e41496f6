"""A meeting as a file for the parent's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.calendar_message import calendar_message
from assistant.services.meeting_entry import entry_of
from assistant.services.meeting_errors import MeetingGone
from assistant.store.meeting_tables import Meeting

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def calendar_file(desk: Desk, *, meeting_id: str) -> bytes:
    """Return the ``.ics`` file (``text/calendar; charset=utf-8; method=PUBLISH``) of the meeting.

    It has the UID of the messages sent by e-mail, so that no calendar shows the meeting twice. One
    that is cancelled says so. Raises ``MeetingGone`` for a meeting that is not there.
    """
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get(Meeting, meeting_id)
    if meeting is None:
        raise MeetingGone
    return calendar_message(entry_of(desk, meeting, meeting.place), "PUBLISH").encode()
