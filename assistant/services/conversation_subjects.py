"""Whom a conversation is about: nobody of these, and nobody close to them, is let into it.

Everything that the parent wrote counts, also what they do not share: who is named in it may not
learn from the rest that there is a matter at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.record_links import CASE, MEETING
from assistant.services.turns import PARENT
from assistant.services.who_is_meant import people_in_words
from assistant.store.live_tables import LiveChat, LiveMessage, LiveSubject
from assistant.store.meeting_tables import MeetingSubject
from assistant.store.tables import CaseSubject, RecordLink, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def subjects_of_conversation(
    desk: Desk, work: UnitOfWork, conversation_id: str, further: Iterable[str] = ()
) -> frozenset[str]:
    """Return the ids of all whom the parent's words, ``further`` ones, or records of it name."""
    words = (*_words(work, conversation_id), *further)
    named = (people_in_words(desk, each) for each in words)
    return frozenset[str]().union(*named, *_of_records(work, conversation_id))


def _words(work: UnitOfWork, conversation_id: str) -> Iterable[str]:
    typed = select(Turn).where(Turn.conversation_id == conversation_id, Turn.payload.is_(None))
    live = select(LiveMessage).where(
        LiveMessage.conversation_id == conversation_id, LiveMessage.author == PARENT
    )
    for row in (*work.session.scalars(typed), *work.session.scalars(live)):
        yield work.unseal(row, "words")


def _of_records(work: UnitOfWork, conversation_id: str) -> Iterable[frozenset[str]]:
    mine: tuple[Select[str], ...] = (
        select(CaseSubject.staff_id)
        .join(RecordLink, RecordLink.record_id == CaseSubject.case_id)
        .where(RecordLink.conversation_id == conversation_id, RecordLink.record_kind == CASE),
        select(MeetingSubject.staff_id)
        .join(RecordLink, RecordLink.record_id == MeetingSubject.meeting_id)
        .where(RecordLink.conversation_id == conversation_id, RecordLink.record_kind == MEETING),
        select(LiveSubject.staff_id)
        .join(LiveChat, LiveChat.id == LiveSubject.chat_id)
        .where(LiveChat.conversation_id == conversation_id),
    )
    return [frozenset(work.session.scalars(each)) for each in mine]
