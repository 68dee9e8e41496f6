"""Find the records of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.record_links import MEETING
from assistant.services.records import is_told, view_of
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile, RecordLink

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import RecordView
    from assistant.store.unit_of_work import UnitOfWork


def find_records(desk: Desk, *, conversation_id: str) -> list[RecordView]:
    """Return the records made in or unlocked for the conversation, the newest first.

    Only those of which the parent was told.
    """
    with desk.unit_of_work(read_only=True) as work:
        mine = select(RecordLink).where(RecordLink.conversation_id == conversation_id)
        newest_first = mine.order_by(RecordLink.linked_at.desc(), RecordLink.record_id)
        records = [_record(work, link) for link in work.session.scalars(newest_first)]
        return [view_of(desk, work, record) for record in records if is_told(work, record)]


def _record(work: UnitOfWork, link: RecordLink) -> CaseFile | Meeting:
    if link.record_kind == MEETING:
        return work.session.get_one(Meeting, link.record_id)
    return work.session.get_one(CaseFile, link.record_id)
