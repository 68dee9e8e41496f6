"""Calendar messages: RFC 5545 (iCalendar) and RFC 5546 (iTIP), made by ``icalendar``.

The UID of a meeting never changes and SEQUENCE grows with each change, so that a calendar moves
or removes the event it has. Title and text are neutral: no topic, no child, no parent's words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

from assistant.casework.calendar import to_london

if TYPE_CHECKING:
    from collections.abc import Iterable

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
TITLE = "School meeting"
FEED_NAME = "School meetings"
LOOK_AGAIN = timedelta(hours=1)
"""How often a calendar that subscribes should look."""

WINTER, SUMMER = timedelta(), timedelta(hours=1)
LAST_SUNDAYS = (
    (TimezoneDaylight, "BST", datetime(1981, 3, 29, 1), 3, WINTER, SUMMER),  # noqa: DTZ001 - wall time
    (TimezoneStandard, "GMT", datetime(1996, 10, 27, 2), 10, SUMMER, WINTER),  # noqa: DTZ001 - wall time
)
"""Europe/London: the rule, its name, its first day, its month, and the offsets from and to.

A rule for every year, and not the library's list of dates since 1970: it is a quarter of the size
and never ends. A test holds it against the time zone data for the years to come.
"""


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar is told. Instants are aware; ``sequence`` starts at 0.

    ``attendee`` is empty in what is published to nobody in particular; ``ended`` takes the event
    off the calendar.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    written_at: datetime
    place: str
    reference: str
    organiser: str
    attendee: str = ""
    ended: bool = False


def calendar_message(entry: CalendarEntry, method: Method) -> str:
    """Return the whole iCalendar text of one meeting, times in Europe/London."""
    ended = entry.ended or method == "CANCEL"
    return _text(_calendar([replace(entry, ended=ended)], method))


def calendar_feed(entries: Iterable[CalendarEntry]) -> str:
    """Return the iCalendar text of a calendar to subscribe to (RFC 7986 §5.7)."""
    calendar = _calendar(entries, "PUBLISH")
    calendar.add("name", FEED_NAME)
    calendar.add("x-wr-calname", FEED_NAME)
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    return _text(calendar)


def _calendar(entries: Iterable[CalendarEntry], method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Schoolgate//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_london())
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar


def _text(calendar: Calendar) -> str:
    text: str = calendar.to_ical().decode()
    return text


def _event(entry: CalendarEntry) -> Event:
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
    event.add("transp", "TRANSPARENT" if entry.ended else "OPAQUE")
    event.add("status", "CANCELLED" if entry.ended else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{entry.organiser}"))
    if entry.attendee:
        event.add("attendee", _attendee(entry.attendee), encode=False)
    return event


def _attendee(address: str) -> vCalAddress:
    """Nobody is asked to reply: who booked comes, and the mailbox of the sender is not read."""
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _london() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for kind, name, first, month, before, after in LAST_SUNDAYS:
        rule = kind()
        rule.add("tzname", name)
        rule.add("dtstart", first)
        rule.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", after)
        zone.add_component(rule)
    return zone
