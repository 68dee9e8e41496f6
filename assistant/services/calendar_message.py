"""Calendar messages: RFC 5545 (iCalendar) and RFC 5546 (iTIP), made by ``icalendar``.

The UID of a meeting never changes and SEQUENCE grows with each change, so that a calendar moves
or removes the event it has. Title and text are neutral: no topic, no child, no parent's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from icalendar import Calendar, Event, vCalAddress, vText

from assistant.casework.calendar import to_london

if TYPE_CHECKING:
    from datetime import datetime

Method = Literal["REQUEST", "CANCEL"]
TITLE = "School meeting"


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar is told. Instants are aware; ``sequence`` starts at 0."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    written_at: datetime
    place: str
    reference: str
    organiser: str
    attendee: str


def calendar_message(entry: CalendarEntry, method: Method) -> str:
    """Return the whole iCalendar text of a ``REQUEST`` or a ``CANCEL``, times in Europe/London."""
    calendar = Calendar()
    calendar.add("prodid", "-//Schoolgate//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(entry, method))
    calendar.add_missing_timezones()
    text: str = calendar.to_ical().decode()
    return text


def _event(entry: CalendarEntry, method: Method) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.written_at)
    event.add("dtstart", to_london(entry.starts_at))
    event.add("dtend", to_london(entry.ends_at))
    event.add("summary", TITLE)
    event.add("location", entry.place)
    event.add("description", f"Reference {entry.reference}")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{entry.organiser}"))
    event.add("attendee", _attendee(entry.attendee), encode=False)
    return event


def _attendee(address: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    return attendee
