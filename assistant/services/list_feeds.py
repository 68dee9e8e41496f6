"""Show somebody which private calendar addresses of theirs work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.calendar_feeds import live_feeds
from assistant.services.desk_shapes import FeedRow

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def list_feeds(desk: Desk, *, staff_id: str) -> tuple[FeedRow, ...]:
    """Return the addresses, the first made first; never their secrets."""
    with desk.unit_of_work(read_only=True) as work:
        return tuple(FeedRow(feed.id, feed.made_at) for feed in live_feeds(work, staff_id))
