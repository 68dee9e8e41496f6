"""Read the private calendar of a member of staff, as neutral as every calendar message."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.calendar_feeds import feed_digest
from assistant.services.calendar_message import CalendarEntry, calendar_feed
from assistant.services.errors import NotHere
from assistant.services.meeting_entry import entry_of, staff_place
from assistant.services.who_may_read import meetings_for
from assistant.store.meeting_tables import CalendarFeed
from assistant.store.tables import Staff

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork

REACHES_BACK = timedelta(days=30)
"""Meetings stay this long after they were, cancelled ones too, so that calendars take them off."""


def read_feed(desk: Desk, *, token: str) -> bytes:
    """Return the iCalendar file of what the address's owner may see, the wall asked again.

    The same meetings make the same bytes. Raises ``NotHere`` for an address that was never made,
    was revoked, or belongs to somebody who has left: one answer to all of them.
    """
    with desk.unit_of_work(read_only=True) as work:
        staff_id = _owner(desk, work, token)
        first = desk.clock.now() - REACHES_BACK
        meetings = meetings_for(desk, work, staff_id, since=first)
    return calendar_feed(_entry(desk, each) for each in meetings).encode()


def _owner(desk: Desk, work: UnitOfWork, token: str) -> str:
    owner = (
        select(Staff.id)
        .join(CalendarFeed, CalendarFeed.staff_id == Staff.id)
        .where(CalendarFeed.token_digest == feed_digest(desk, token))
        .where(CalendarFeed.revoked_at.is_(None), Staff.active)
    )
    staff_id = work.session.scalars(owner).first()
    if staff_id is None:
        raise NotHere
    return staff_id


def _entry(desk: Desk, meeting: Meeting) -> CalendarEntry:
    """Stamped with when it was booked: ``sequence`` tells the changes, and the bytes stay."""
    return entry_of(desk, meeting, staff_place(meeting), written_at=meeting.made_at)
