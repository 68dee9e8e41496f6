"""The file with which a parent puts the meeting into their own calendar."""

from __future__ import annotations

import pytest
from icalendar import Calendar
from sqlalchemy import select

from assistant.services.calendar_file import calendar_file
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.meeting_errors import MeetingGone
from assistant.store.ledger import Outbox
from tests.services.bookings import HALF_PAST_NINE, book


def test_it_is_the_same_event_as_in_the_e_mail(desk: Desk) -> None:
    meeting = book(desk, "key")
    calendar = Calendar.from_ical(calendar_file(desk, meeting_id=meeting.id))
    (event,) = calendar.events
    assert (calendar["method"], event.start) == ("PUBLISH", HALF_PAST_NINE)
    assert "attendee" not in event
    with desk.unit_of_work(read_only=True) as work:
        sent = [work.unseal(row, "calendar") for row in work.session.scalars(select(Outbox))]
    assert {str(Calendar.from_ical(text).events[0]["uid"]) for text in sent} == {str(event["uid"])}


def test_a_cancelled_meeting_says_so(desk: Desk) -> None:
    meeting = book(desk, "key")
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
    (event,) = Calendar.from_ical(calendar_file(desk, meeting_id=meeting.id)).events
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)


def test_an_unknown_meeting_has_no_file(desk: Desk) -> None:
    with pytest.raises(MeetingGone):
        calendar_file(desk, meeting_id="0" * 32)
