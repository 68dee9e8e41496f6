"""Private calendar addresses as rows; shared by the services around them.

The token is 128 bits of HMAC-SHA256 (RFC 2104) over the row's id, as a secret link's is: making
the same address twice shows the same secret, and only its digest is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.security.tokens import record_token, token_digest
from assistant.store.meeting_tables import CalendarFeed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

FEED = "calendar feed"
MOST_FEEDS = 5
"""One for each calendar that somebody may have; more of them are forgotten ones."""


def feed_token(desk: Desk, feed_id: str) -> str:
    """Return the secret of a feed."""
    return record_token(desk.keys.lookup, FEED, feed_id)


def feed_digest(desk: Desk, token: str) -> str:
    """Return the stored form of a feed's secret."""
    return token_digest(desk.keys.lookup, FEED, token)


def live_feeds(work: UnitOfWork, staff_id: str) -> Sequence[CalendarFeed]:
    """Return the addresses of a person that work, the first made first."""
    mine = select(CalendarFeed).where(
        CalendarFeed.staff_id == staff_id, CalendarFeed.revoked_at.is_(None)
    )
    return work.session.scalars(mine.order_by(CalendarFeed.made_at, CalendarFeed.id)).all()
