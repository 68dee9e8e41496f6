"""End a private calendar address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import NotHere
from assistant.services.sessions import STAFF
from assistant.store.meeting_tables import CalendarFeed

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def revoke_feed(desk: Desk, *, staff_id: str, feed_id: str) -> None:
    """End the address; ending it again changes nothing.

    Raises ``NotHere`` for one that is missing or somebody else's.
    """
    with desk.unit_of_work() as work:
        feed = work.session.get(CalendarFeed, feed_id, with_for_update=True)
        if feed is None or feed.staff_id != staff_id:
            raise NotHere
        if feed.revoked_at is None:
            feed.revoked_at = desk.clock.now()
            work.history.append("calendar_feed.revoked", staff_id, STAFF, staff_id, feed=feed_id)
            work.commit()
