"""A private calendar: what its owner may see, neutral, and ended at will."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from icalendar import Calendar
from sqlalchemy import update

from assistant.casework.kinds import Channel
from assistant.casework.school_shapes import Relationship
from assistant.services.calendar_feeds import MOST_FEEDS
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.list_feeds import list_feeds
from assistant.services.make_feed import make_feed
from assistant.services.move_meeting import move_meeting
from assistant.services.read_feed import read_feed
from assistant.services.revoke_feed import revoke_feed
from assistant.store.meeting_tables import CalendarFeed
from assistant.store.tables import Staff
from tests.databases import ON_SQLITE
from tests.desks import pass_time, stored
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, book
from tests.services.filings import CHAIR, CLERK, HEAD, OFFICE
from tests.services.offers import FRIDAY_NOON, THURSDAY_NOON

pytestmark = ON_SQLITE

MONDAY = london("2026-11-30T17:30")


def feed_of(desk: Desk, staff_id: str, key: str = "feed") -> str:
    return make_feed(desk, staff_id=staff_id, idempotency_key=key)


def events(desk: Desk, token: str) -> dict[str, dict[str, str]]:
    """Return the events by reference."""
    calendar = Calendar.from_ical(read_feed(desk, token=token))
    return {
        str(event["description"]).removeprefix("Reference "): {
            name: str(value.to_ical().decode() if hasattr(value, "to_ical") else value)
            for name, value in event.items()
        }
        for event in calendar.events
    }


def test_the_host_sees_their_meetings_and_nobody_elses(desk: Desk) -> None:
    mine = book(desk, "mine")
    book(desk, "a colleague's", host_id="miss-kaur")
    seen = events(desk, feed_of(desk, HOST))
    assert set(seen) == {mine.reference}
    event = seen[mine.reference]
    assert event["SUMMARY"] == "School meeting"
    assert (event["CLASS"], event["STATUS"]) == ("PRIVATE", "CONFIRMED")
    assert "ATTENDEE" not in event


def test_the_same_meetings_make_the_same_bytes_at_any_hour(desk: Desk) -> None:
    book(desk, "mine")
    token = feed_of(desk, HOST)
    before = read_feed(desk, token=token)
    pass_time(desk, hours=3)
    assert read_feed(desk, token=token) == before
    book(desk, "another", THURSDAY_NOON)
    assert read_feed(desk, token=token) != before


def test_a_change_keeps_the_uid_and_counts_up(desk: Desk) -> None:
    meeting, token = book(desk, "mine"), feed_of(desk, HOST)
    first = events(desk, token)[meeting.reference]
    move_meeting(desk, meeting_id=meeting.id, starts_at=THURSDAY_NOON, idempotency_key="m")
    moved = events(desk, token)[meeting.reference]
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
    off = events(desk, token)[meeting.reference]
    assert first["UID"] == moved["UID"] == off["UID"]
    assert [each["SEQUENCE"] for each in (first, moved, off)] == ["0", "1", "2"]
    assert (off["STATUS"], off["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_a_meeting_leaves_the_calendar_thirty_days_after_it_was(desk: Desk) -> None:
    meeting, token = book(desk, "mine", HALF_PAST_NINE), feed_of(desk, HOST)
    pass_time(desk, days=30)
    assert set(events(desk, token)) == {meeting.reference}
    pass_time(desk, days=2)
    assert events(desk, token) == {}


def about_the_head(desk: Desk, key: str) -> str:
    """Book a meeting about the headteacher with the chair of governors."""
    return book(
        desk,
        key,
        MONDAY,
        host_id=CHAIR,
        channel=Channel.GOVERNORS,
        subjects=frozenset({HEAD}),
    ).reference


def test_a_meeting_about_the_head_is_in_the_chairs_and_the_clerks_calendar_only(
    desk: Desk,
) -> None:
    reference = about_the_head(desk, "about the head")
    assert reference in events(desk, feed_of(desk, CHAIR))
    assert reference in events(desk, feed_of(desk, CLERK))
    for staff_id in (HEAD, OFFICE, HOST):
        assert events(desk, feed_of(desk, staff_id)) == {}
    nothing = read_feed(desk, token=feed_of(desk, "miss-kaur"))
    assert read_feed(desk, token=feed_of(desk, HEAD)) == nothing


def test_a_tie_that_is_declared_later_closes_the_calendar_too(desk: Desk) -> None:
    about_the_head(desk, "about the head")
    token = feed_of(desk, CLERK)
    ties = (*desk.school.relationships, Relationship(CLERK, HEAD, "sisters"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    assert len(events(desk, token)) == 1
    assert events(later, token) == {}


def test_the_secret_is_made_once_for_one_request_and_is_nowhere_in_the_database(desk: Desk) -> None:
    together = Barrier(6)

    def make(_number: int) -> str:
        together.wait()
        return feed_of(desk, HOST)

    with ThreadPoolExecutor(6) as pool:
        tokens = set(pool.map(make, range(6)))
    (token,) = tokens
    assert len(list_feeds(desk, staff_id=HOST)) == 1
    assert token not in stored(desk.unit_of_work, "calendar_feed", "history_event")
    assert feed_of(desk, HOST, "another") != token
    assert feed_of(desk, HEAD) != token


def test_a_revoked_address_and_a_wrong_one_are_answered_alike(desk: Desk) -> None:
    token = feed_of(desk, HOST)
    (feed,) = list_feeds(desk, staff_id=HOST)
    revoke_feed(desk, staff_id=HOST, feed_id=feed.id)
    revoke_feed(desk, staff_id=HOST, feed_id=feed.id)
    said = set()
    for wrong in (token, "A" * 22, "", "Ω\udcff"):
        with pytest.raises(NotHere) as refusal:
            read_feed(desk, token=wrong)
        said.add(str(refusal.value))
    assert len(said) == 1
    assert list_feeds(desk, staff_id=HOST) == ()


def test_a_revoked_address_stays_dead_when_its_form_is_sent_again(desk: Desk) -> None:
    token = feed_of(desk, HOST)
    (feed,) = list_feeds(desk, staff_id=HOST)
    revoke_feed(desk, staff_id=HOST, feed_id=feed.id)
    assert feed_of(desk, HOST) == token
    with pytest.raises(NotHere):
        read_feed(desk, token=token)


def test_nobody_ends_an_address_that_is_not_theirs(desk: Desk) -> None:
    token = feed_of(desk, HOST)
    (feed,) = list_feeds(desk, staff_id=HOST)
    for feed_id in (feed.id, "0" * 32):
        with pytest.raises(NotHere):
            revoke_feed(desk, staff_id=HEAD, feed_id=feed_id)
    assert events(desk, token) == {}


def test_there_is_an_end_to_how_many_one_may_have(desk: Desk) -> None:
    for number in range(MOST_FEEDS):
        feed_of(desk, HOST, str(number))
    with pytest.raises(NotPossibleNow):
        feed_of(desk, HOST, "one more")


def test_the_address_of_somebody_who_has_left_opens_nothing(desk: Desk) -> None:
    book(desk, "mine", FRIDAY_NOON)
    token = feed_of(desk, HOST)
    with desk.unit_of_work() as work:
        work.session.execute(update(Staff).where(Staff.id == HOST).values(active=False))
        work.commit(unrecorded="a test")
    with pytest.raises(NotHere):
        read_feed(desk, token=token)
    with desk.unit_of_work(read_only=True) as work:
        assert work.session.query(CalendarFeed).count() == 1
