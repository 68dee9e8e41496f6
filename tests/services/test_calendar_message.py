"""Calendar messages, read back by a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from assistant.casework.calendar import LONDON
from assistant.services.calendar_message import CalendarEntry, calendar_feed, calendar_message

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


def test_the_time_zone_is_right_on_every_day_until_2050() -> None:
    """Against the time zone data: the rule in our words may be wrong, or the law may change."""
    calendar = Calendar.from_ical(calendar_message(ENTRY, "REQUEST"))
    (zone,) = calendar.timezones
    ours = zone.to_tz(lookup_tzid=False)
    days = (date(2026, 1, 1) + timedelta(days=step) for step in range(24 * 365))
    for day in days:
        noon = datetime.combine(day, time(12))
        assert ours.utcoffset(noon) == LONDON.utcoffset(noon), day


@pytest.mark.parametrize(
    ("start", "wall"),
    [
        ("2026-10-23T14:30+00:00", "20261023T153000"),
        ("2026-10-26T15:30+00:00", "20261026T153000"),
        ("2027-03-26T15:30+00:00", "20270326T153000"),
        ("2027-03-29T14:30+00:00", "20270329T153000"),
        ("2027-10-29T14:30+00:00", "20271029T153000"),
        ("2027-11-01T15:30+00:00", "20271101T153000"),
    ],
)
def test_half_past_three_stays_half_past_three_when_the_clocks_change(
    start: str, wall: str
) -> None:
    begins = datetime.fromisoformat(start)
    entry = replace(ENTRY, starts_at=begins, ends_at=begins + timedelta(minutes=30))
    assert f"DTSTART;TZID=Europe/London:{wall}\r\n" in calendar_message(entry, "REQUEST")


def test_a_cancellation_says_so_three_times() -> None:
    calendar = Calendar.from_ical(calendar_message(ENTRY, "CANCEL"))
    assert calendar["method"] == "CANCEL"
    assert calendar.events[0]["status"] == "CANCELLED"
    assert calendar.events[0]["transp"] == "TRANSPARENT"


def test_nobody_is_asked_to_reply() -> None:
    (event,) = Calendar.from_ical(calendar_message(ENTRY, "REQUEST")).events
    assert event["attendee"].params["RSVP"] == "FALSE"
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"


def test_what_is_published_names_no_attendee() -> None:
    """RFC 5546 §3.2.1: an ATTENDEE must not be there."""
    calendar = Calendar.from_ical(calendar_message(replace(ENTRY, attendee=""), "PUBLISH"))
    assert calendar["method"] == "PUBLISH"
    assert set(calendar.events[0]) == EXPECTED_LINES - {"ATTENDEE"}


def test_a_feed_says_how_often_to_look_and_holds_many() -> None:
    other = replace(ENTRY, uid="c3d4@school.example", ended=True)
    text = calendar_feed([ENTRY, other])
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    calendar = Calendar.from_ical(text)
    assert [str(event["status"]) for event in calendar.events] == ["CONFIRMED", "CANCELLED"]
    assert len(calendar.timezones) == 1


def test_every_line_is_at_most_75_octets_and_ends_as_the_standard_says() -> None:
    place = "Zażółć gęślą jaźń, the room at the very end of the corridor " * 4
    text = calendar_message(replace(ENTRY, place=place), "REQUEST")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert Calendar.from_ical(text).events[0]["location"] == place


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
    "TRANSP",
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
