"""Open a record by its secret link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.security.tokens import link_digest
from assistant.services.records import is_told, record_where, view_of
from assistant.store.meeting_tables import Meeting

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import RecordView
    from assistant.store.tables import CaseFile


def open_link(desk: Desk, *, token: str) -> RecordView | None:
    """Return the record that the token (128 bits) belongs to, or None.

    The link of a meeting ends some days after the meeting, and then reads as one never made; so
    does the link of a record of which the parent was not told yet.
    """
    digest = link_digest(desk.keys.lookup, token)
    with desk.unit_of_work(read_only=True) as work:
        record = record_where(work, "token_digest", digest)
        if record is None or _has_ended(desk, record) or not is_told(work, record):
            return None
        return view_of(desk, work, record)


def _has_ended(desk: Desk, record: CaseFile | Meeting) -> bool:
    if not isinstance(record, Meeting):
        return False
    return record.ends_at + timedelta(days=desk.settings.link_days) < desk.clock.now()
