"""Two calendars that know nothing of each other read the same out of our messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.timezone import IcsTimezoneInfo
from icalendar import Calendar
from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.services.calendar_message import CalendarEntry, calendar_message
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.move_meeting import move_meeting
from assistant.store.ledger import Outbox
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, PARENT, book

TEN = london("2026-11-25T10:00")
LENGTH = timedelta(minutes=15)


class Read(NamedTuple):
    """What a calendar understood; instants in UTC."""

    method: str
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    status: str
    privacy: str
    title: str
    place: str
    description: str
    attendee: str
    organiser: str


def by_icalendar(text: str) -> Read:
    """Read with the library that also writes our messages."""
    calendar: Any = Calendar.from_ical(text)
    (event,) = calendar.events
    (zone,) = calendar.timezones
    names = ("status", "class", "summary", "location", "description", "attendee", "organizer")
    return Read(
        str(calendar["method"]),
        str(event["uid"]),
        int(event["sequence"]),
        event.start.astimezone(UTC),
        event.end.astimezone(UTC),
        str(zone["tzid"]),
        *(str(event[name]) for name in names),
    )


def by_ical(text: str) -> Read:
    """Read with a parser of other people, which writes none of ours."""
    calendar = IcsCalendarStream.calendar_from_ics(text)
    (event,) = calendar.events
    (zone,) = calendar.timezones
    (attendee,) = event.attendees
    assert isinstance(event.dtstart, datetime)
    assert isinstance(event.dtend, datetime)
    assert event.status
    assert event.classification
    assert event.organizer
    return Read(
        str(calendar.method),
        event.uid,
        event.sequence or 0,
        event.dtstart.astimezone(UTC),
        event.dtend.astimezone(UTC),
        zone.tz_id,
        event.status.value,
        event.classification.value,
        event.summary or "",
        event.location or "",
        event.description or "",
        str(attendee.uri),
        str(event.organizer.uri),
    )


def test_a_booking_a_move_and_a_cancellation_read_the_same_in_both(desk: Desk) -> None:
    booked = book(desk, "key")
    move_meeting(desk, meeting_id=booked.id, starts_at=TEN, idempotency_key="move")
    cancel_meeting(desk, meeting_id=booked.id, idempotency_key="cancel")
    texts = messages_to_the_parent(desk)
    ours, theirs = [by_icalendar(text) for text in texts], [by_ical(text) for text in texts]
    assert ours == theirs
    assert [(each.method, each.sequence, each.starts_at) for each in theirs] == [
        ("REQUEST", 0, HALF_PAST_NINE),
        ("REQUEST", 1, TEN),
        ("CANCEL", 2, TEN),
    ]
    assert len({each.uid for each in theirs}) == 1
    assert {each.ends_at - each.starts_at for each in theirs} == {LENGTH}
    assert {each.zone for each in theirs} == {"Europe/London"}
    assert {each.privacy for each in theirs} == {"PRIVATE"}
    assert [each.status for each in theirs] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def messages_to_the_parent(desk: Desk) -> list[str]:
    """Return the calendar texts that the parent was sent, by their sequence."""
    with desk.unit_of_work(read_only=True) as work:
        rows = list(work.session.scalars(select(Outbox).where(Outbox.calendar.is_not(None))))
        texts = [
            work.unseal(row, "calendar")
            for row in rows
            if work.unseal(row, "recipient") == PARENT.email
        ]
    return sorted(texts, key=lambda text: by_icalendar(text).sequence)


def entry(start: datetime, **changes: str) -> CalendarEntry:
    words = {"uid": "a1b2@school.example", "place": "the meeting room", "reference": "SG-7K2"}
    people = {"organiser": "desk@school.example", "attendee": "sam@parent.example"}
    return CalendarEntry(
        sequence=1,
        starts_at=start,
        ends_at=start + LENGTH,
        written_at=start - timedelta(days=1),
        **(words | people | changes),
    )


def noons() -> Iterator[datetime]:
    """Yield noon of every day of two years, with four changes of the clocks."""
    first = datetime(2026, 9, 1, 12, tzinfo=UTC)
    yield from (first + timedelta(days=day) for day in range(730))


def test_the_time_zone_that_travels_along_is_right_at_every_noon_of_two_years() -> None:
    """A calendar without zones of its own trusts the rules in the message alone."""
    calendar = IcsCalendarStream.calendar_from_ics(calendar_message(entry(TEN), "REQUEST"))
    (zone,) = calendar.timezones
    told = IcsTimezoneInfo.from_timezone(zone)
    wrong = [
        noon
        for noon in noons()
        if to_london(noon).replace(tzinfo=told).utcoffset() != to_london(noon).utcoffset()
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "place", ["Room 4; ask at the desk, please", "two\nlines", "a back\\slash", "Ystafell y ŵyl"]
)
def test_marks_in_a_place_are_read_back_by_both(place: str) -> None:
    text = calendar_message(entry(TEN, place=place), "REQUEST")
    assert by_icalendar(text).place == by_ical(text).place == place
