"""Make a private calendar address for a member of staff."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.security.tokens import token_digest
from assistant.services.calendar_feeds import (
    FEED,
    MOST_FEEDS,
    feed_digest,
    feed_token,
    live_feeds,
)
from assistant.services.errors import NotPossibleNow
from assistant.services.sessions import STAFF
from assistant.store.meeting_tables import CalendarFeed
from assistant.store.tables import Staff
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def make_feed(desk: Desk, *, staff_id: str, idempotency_key: str) -> str:
    """Return the secret of a new address; the same key returns the same secret.

    Nobody can read it again later: the desk shows it once. Raises ``NotPossibleNow`` for somebody
    who has ``MOST_FEEDS`` already.
    """
    return settled(partial(_make, desk, staff_id, _feed_id(desk, staff_id, idempotency_key)))


def _make(desk: Desk, staff_id: str, feed_id: str) -> str:
    token = feed_token(desk, feed_id)
    with desk.unit_of_work() as work:
        work.session.get_one(Staff, staff_id, with_for_update={"key_share": True})
        if work.session.get(CalendarFeed, feed_id) is None:
            if len(live_feeds(work, staff_id)) >= MOST_FEEDS:
                raise NotPossibleNow
            work.session.add(_row(desk, staff_id, feed_id, token))
            work.history.append("calendar_feed.made", staff_id, STAFF, staff_id, feed=feed_id)
            work.commit()
    return token


def _row(desk: Desk, staff_id: str, feed_id: str, token: str) -> CalendarFeed:
    return CalendarFeed(
        id=feed_id,
        token_digest=feed_digest(desk, token),
        staff_id=staff_id,
        made_at=desk.clock.now(),
    )


def _feed_id(desk: Desk, staff_id: str, key: str) -> str:
    """Return the id that this request always gets, 32 hexadecimal digits that tell nothing."""
    return token_digest(desk.keys.lookup, f"{FEED} id", f"{staff_id}|{key}")[:32]
