"""A meeting as a file for the parent's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.calendar_message import CalendarEntry, calendar_message
from assistant.services.meeting_errors import MeetingGone
from assistant.store.meeting_tables import Meeting

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def calendar_file(desk: Desk, *, meeting_id: str) -> bytes:
    """Return the ``.ics`` file of the meeting; raises ``MeetingGone`` for one that is not there."""
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get(Meeting, meeting_id)
    if meeting is None:
        raise MeetingGone
    entry = CalendarEntry(
        uid=f"{meeting.id}@{desk.settings.mail_from.rpartition('@')[2]}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        written_at=desk.clock.now(),
        place=meeting.place,
        reference=meeting.reference,
        organiser=desk.settings.mail_from,
        attendee=desk.settings.mail_from,
    )
    return calendar_message(entry, "REQUEST").encode()
