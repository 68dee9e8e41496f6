"""Calendar messages, read back by a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from assistant.services.calendar_message import CalendarEntry, calendar_message

START = datetime(2026, 10, 23, 14, 30, tzinfo=UTC)
ENTRY = CalendarEntry(
    uid="a1b2@school.example",
    sequence=3,
    starts_at=START,
    ends_at=START + timedelta(minutes=30),
    written_at=datetime(2026, 10, 20, 9, tzinfo=UTC),
    place="the meeting room beside the main office",
    reference="SG-7K2-M9Q-XR4",
    organiser="desk@school.example",
    attendee="sam@parent.example",
)


def test_a_request_says_when_and_where_and_nothing_else() -> None:
    calendar = Calendar.from_ical(calendar_message(ENTRY, "REQUEST"))
    (event,) = calendar.events
    assert calendar["method"] == "REQUEST"
    assert event["summary"] == "School meeting"
    assert event["class"] == "PRIVATE"
    assert event["status"] == "CONFIRMED"
    assert event["sequence"] == 3
    assert event.start == START
    assert event.start.tzinfo == ZoneInfo("Europe/London")
    assert f"{event.start:%H:%M}" == "15:30"
    assert event["attendee"] == "mailto:sam@parent.example"


def test_the_time_zone_travels_with_the_message() -> None:
    calendar = Calendar.from_ical(calendar_message(ENTRY, "REQUEST"))
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/London"]


def test_a_cancellation_says_so_twice() -> None:
    calendar = Calendar.from_ical(calendar_message(ENTRY, "CANCEL"))
    assert calendar["method"] == "CANCEL"
    assert calendar.events[0]["status"] == "CANCELLED"


@given(st.text(max_size=80), st.sampled_from(["\r\n", "\n", "\r", ",", ";", "\\", ":"]))
def test_no_text_can_add_a_line_of_its_own(words: str, mark: str) -> None:
    place = f"{words}{mark}ATTENDEE:mailto:mallory@evil.example"
    calendar = Calendar.from_ical(calendar_message(replace(ENTRY, place=place), "REQUEST"))
    (event,) = calendar.events
    assert event["attendee"] == "mailto:sam@parent.example"
    assert set(event) == EXPECTED_LINES


EXPECTED_LINES = {
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "CLASS",
    "STATUS",
    "ORGANIZER",
    "ATTENDEE",
}


@pytest.mark.parametrize("address", ["a@b.example\r\nX-EVIL:1", "a@b.example\nATTENDEE:c"])
def test_an_address_with_a_line_break_adds_no_line(address: str) -> None:
    try:
        written = calendar_message(replace(ENTRY, attendee=address), "REQUEST")
    except ValueError:
        return
    assert set(Calendar.from_ical(written).events[0]) == EXPECTED_LINES
