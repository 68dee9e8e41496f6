"""Tie a record to the conversation that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.store.tables import Conversation, RecordLink

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.store.unit_of_work import UnitOfWork

MEETING = "meeting"
CASE = "case"


def conversation_of(work: UnitOfWork, kind: str, record_id: str) -> str | None:
    """Return the id of the conversation that the record was tied to first, None without one.

    It came from that one, unless that is forgotten; a later one may have unlocked the record.
    """
    mine = RecordLink.record_kind == kind, RecordLink.record_id == record_id
    first = select(RecordLink.conversation_id).where(*mine).order_by(RecordLink.linked_at)
    return work.session.scalars(first.limit(1)).first()


def link_record(
    work: UnitOfWork, conversation_id: str | None, kind: str, record_id: str, at: datetime
) -> None:
    """Let the conversation find the record (``kind`` is MEETING or CASE) from now on.

    Without effect for a conversation that is not there: forgotten, or made on another road.
    """
    if not conversation_id or work.session.get(Conversation, conversation_id) is None:
        return
    work.session.merge(
        RecordLink(
            conversation_id=conversation_id,
            record_kind=kind,
            record_id=record_id,
            linked_at=at,
        )
    )
