"""A meeting as a calendar is told of it: neutral, and the same thing in every calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.services.calendar_message import CalendarEntry

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting


def entry_of(
    desk: Desk,
    meeting: Meeting,
    place: str,
    *,
    attendee: str = "",
    written_at: datetime | None = None,
) -> CalendarEntry:
    """Return the entry; ``written_at`` (aware) is now when it is not given."""
    return CalendarEntry(
        uid=f"{meeting.id}@{desk.settings.mail_from.rpartition('@')[2]}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        written_at=written_at or desk.clock.now(),
        place=place,
        reference=meeting.reference,
        organiser=desk.settings.mail_from,
        attendee=attendee,
        ended=meeting.status == MeetingStatus.CANCELLED.value,
    )


def staff_place(meeting: Meeting) -> str:
    """Return where people meet, in words for staff."""
    mode = MeetingMode(meeting.mode)
    return meeting.place if mode is MeetingMode.IN_PERSON else mode.label.capitalize()
