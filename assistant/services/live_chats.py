"""Talks with a member of staff, as rows; shared by the services around them.

What ends with time (a wait that was too long, a side that has gone) holds at once for whoever
reads; ``settle_chats`` writes it down later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.chat_notes import ChatNote, Told
from assistant.casework.duty import ChatEnd, ChatState
from assistant.services.errors import NotHere
from assistant.services.seen_records import subjects_that_close
from assistant.services.turns import PARENT, stored_key
from assistant.store.columns import is_row_id, new_id
from assistant.store.live_tables import LiveChat, LiveMessage, LiveSubject
from assistant.store.tables import Conversation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from assistant.casework.school import School
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

CONVERSATION = "conversation"
"""What the history of a talk is about: it goes with the conversation's."""
SCHOOLGATE = "schoolgate"
OPEN = (ChatState.WAITING.value, ChatState.TAKEN.value)


@dataclass(frozen=True)
class Line:
    """One message to store; see ``LiveMessage``."""

    author: str
    label: str
    words: str
    key: str
    aside: str = ""
    danger: str | None = None
    told: Told | None = None


def newest_chat(work: UnitOfWork, conversation_id: str) -> LiveChat | None:
    """Return the conversation's latest talk, over or not."""
    mine = select(LiveChat).where(LiveChat.conversation_id == conversation_id)
    return work.session.scalars(
        mine.order_by(LiveChat.asked_at.desc(), LiveChat.id).limit(1)
    ).first()


def is_open(conversation_id: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on ``LiveChat`` that it is this conversation's and not over."""
    return LiveChat.conversation_id == conversation_id, LiveChat.state.in_(OPEN)


def open_chat(desk: Desk, work: UnitOfWork, conversation_id: str) -> LiveChat | None:
    """Return the conversation's talk that waits or runs, held, or None."""
    mine = select(LiveChat).where(*is_open(conversation_id)).with_for_update()
    found = work.session.scalars(mine).all()
    return next((each for each in found if not has_lapsed(desk, each)), None)


def chat_for(desk: Desk, work: UnitOfWork, staff_id: str, chat_id: str) -> LiveChat:
    """Return the talk that this person took, over or not; raises ``NotHere`` for any other."""
    if not is_row_id(chat_id):
        raise NotHere
    mine = LiveChat.id == chat_id, LiveChat.taken_by == staff_id
    wanted = select(LiveChat).where(*mine, is_outside_wall(desk.school, staff_id))
    found = work.session.scalars(wanted).first()
    if found is None:
        raise NotHere
    return found


def is_outside_wall(school: School, staff_id: str) -> ColumnElement[bool]:
    """Return the condition on ``LiveChat`` that it names nobody close to this person."""
    closing = sorted(subjects_that_close(school, staff_id))
    about = select(LiveSubject.chat_id).where(LiveSubject.staff_id.in_(closing))
    return LiveChat.id.not_in(about)


def is_waiting(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on ``LiveChat`` that a parent still waits."""
    since = desk.machine_clock.now() - desk.school.duty.patience
    return LiveChat.state == ChatState.WAITING.value, LiveChat.asked_at > since


def has_lapsed(desk: Desk, chat: LiveChat) -> bool:
    """Tell whether the parent has waited too long for anybody to be expected."""
    waited = desk.machine_clock.now() - chat.asked_at
    return chat.state == ChatState.WAITING.value and waited >= desk.school.duty.patience


def subjects_of(work: UnitOfWork, chat_id: str) -> frozenset[str]:
    """Return the ids of the people whom the talk is about."""
    mine = select(LiveSubject.staff_id).where(LiveSubject.chat_id == chat_id)
    return frozenset(work.session.scalars(mine))


def name_in_chat(desk: Desk, work: UnitOfWork, chat: LiveChat, staff_ids: Iterable[str]) -> None:
    """Record whom the talk is about, beside those named earlier."""
    for staff_id in sorted(set(staff_ids) - subjects_of(work, chat.id)):
        row = LiveSubject(chat_id=chat.id, staff_id=staff_id, named_at=desk.clock.now())
        work.session.add(row)


def find_message(work: UnitOfWork, chat_id: str, key: str) -> LiveMessage | None:
    """Return the message that was stored under this key before, or None."""
    mine = LiveMessage.chat_id == chat_id, LiveMessage.idempotency_key == stored_key(key)
    return work.session.scalars(select(LiveMessage).where(*mine)).first()


def add_message(desk: Desk, work: UnitOfWork, chat: LiveChat, line: Line) -> LiveMessage:
    """Store one message under the next number; the caller holds the talk."""
    mine = select(func.max(LiveMessage.number)).where(LiveMessage.chat_id == chat.id)
    row = LiveMessage(
        id=new_id(),
        chat_id=chat.id,
        conversation_id=chat.conversation_id,
        number=(work.session.scalar(mine) or 0) + 1,
        idempotency_key=stored_key(line.key),
        author=line.author,
        label=line.label,
        danger=line.danger,
        written_at=desk.clock.now(),
    )
    work.seal(row, "words", line.words)
    if line.aside:
        work.seal(row, "aside", line.aside)
    if line.told:
        work.seal_json(row, "told", line.told.to_json())
    work.session.add(row)
    work.session.flush()
    chat.version += 1
    work.session.get_one(Conversation, chat.conversation_id).last_turn_at = row.written_at
    return row


def tell(desk: Desk, work: UnitOfWork, chat: LiveChat, note: ChatNote, **facts: str) -> None:
    """Store a sentence of the program's own in the talk; ``facts`` stand in its gaps."""
    told = Told(note, {"who": chat.taken_label or "", **facts})
    key = f"{SCHOOLGATE} {chat.version}"
    add_message(desk, work, chat, Line(SCHOOLGATE, "", told.words, key, told.aside, told=told))


def close_chat(desk: Desk, work: UnitOfWork, chat: LiveChat, how: ChatEnd, actor: str) -> None:
    """End the talk and write its history; the caller has told the parent in the talk."""
    chat.state, chat.ended_how = ChatState.OVER.value, how.value
    chat.ended_at = desk.clock.now()
    chat.offer = None
    chat.version += 1
    target = CONVERSATION, chat.conversation_id
    work.history.append("live_chat.ended", actor, *target, how=how.value)


__all__ = [
    "CONVERSATION",
    "PARENT",
    "SCHOOLGATE",
    "Line",
    "add_message",
    "chat_for",
    "close_chat",
    "find_message",
    "has_lapsed",
    "is_open",
    "is_outside_wall",
    "is_waiting",
    "name_in_chat",
    "newest_chat",
    "open_chat",
    "subjects_of",
    "tell",
]
