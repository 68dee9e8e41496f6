"""Open a record by its secret link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.security.tokens import link_digest
from assistant.services.records import record_where, view_of

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import RecordView


def open_link(desk: Desk, *, token: str) -> RecordView | None:
    """Return the record that the token (128 bits) belongs to, or None."""
    digest = link_digest(desk.keys.lookup, token)
    with desk.unit_of_work(read_only=True) as work:
        record = record_where(work, "token_digest", digest)
        return view_of(desk, work, record) if record else None
