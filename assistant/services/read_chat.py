"""Read a talk with a person: as the parent who asked, or as the member of staff who took it.

Staff see what the parent chose to share, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from assistant.casework.chat_notes import Told
from assistant.casework.duty import (
    GONE_AFTER,
    ChatEnd,
    ChatState,
    DangerSeen,
    leads_to_tell,
)
from assistant.services.duty_rows import session_runs
from assistant.services.live_chats import (
    PARENT,
    SCHOOLGATE,
    chat_for,
    has_lapsed,
    newest_chat,
    subjects_of,
)
from assistant.services.shapes import Contact
from assistant.services.turns import load_conversation
from assistant.store.live_tables import LiveChat, LiveMessage
from assistant.store.tables import DeskSession

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SaidLive:
    """One message; ``label`` is who wrote it, ``aside`` and ``told`` for the parent alone.

    ``told`` is what the program said, so that it can be said in another language.
    """

    number: int
    by: str
    label: str
    words: str
    written_at: datetime
    aside: str = ""
    danger: DangerSeen | None = None
    told: Told | None = None

    @property
    def by_parent(self) -> bool:
        """Whether the parent wrote it."""
        return self.by == PARENT

    @property
    def by_program(self) -> bool:
        """Whether it is a sentence of the program's own."""
        return self.by == SCHOOLGATE


@dataclass(frozen=True)
class ChatView:
    """A talk: ``shared`` are the earlier messages that were ticked, ``offer`` what may be recorded.

    ``staff_gone``: who took it has shown no sign of life. ``idle`` are the seconds since the
    parent's page did. ``leads`` are whom staff tell of a disclosure.
    """

    id: str
    conversation_id: str
    state: ChatState
    ended: ChatEnd | None
    who: str
    staff_gone: bool
    waited: int
    idle: int
    after_turn: int
    asked_at: datetime
    shared: tuple[str, ...]
    contact: Contact
    offer: dict[str, Any] | None
    said: tuple[SaidLive, ...]
    leads: tuple[str, ...] = ()

    @property
    def help(self) -> bool:
        """Whether the parent's card of helplines is open: their words spoke of danger."""
        return any(each.danger for each in self.said)


def parents_chat(desk: Desk, conversation_id: str) -> ChatView | None:
    """Return the latest talk of the conversation as the parent sees it, or None.

    Raises ``ConversationGone``.
    """
    with desk.unit_of_work(read_only=True) as work:
        load_conversation(work.session, conversation_id)
        chat = newest_chat(work, conversation_id)
        return _view(desk, work, chat) if chat else None


def parents_chats(desk: Desk, conversation_id: str) -> list[ChatView]:
    """Return every talk of the conversation, the earliest first; raises ``ConversationGone``."""
    with desk.unit_of_work(read_only=True) as work:
        load_conversation(work.session, conversation_id)
        mine = select(LiveChat).where(LiveChat.conversation_id == conversation_id)
        rows = work.session.scalars(mine.order_by(LiveChat.asked_at, LiveChat.id)).all()
        return [_view(desk, work, row) for row in rows]


def staffs_chat(desk: Desk, *, staff_id: str, chat_id: str) -> ChatView:
    """Return a talk that the person took, without what is for the parent alone.

    Raises ``NotHere``.
    """
    with desk.unit_of_work(read_only=True) as work:
        chat = chat_for(desk, work, staff_id, chat_id)
        view = _view(desk, work, chat)
        said = tuple(replace(each, aside="", told=None) for each in view.said)
        leads = leads_to_tell(desk.school, subjects_of(work, chat.id))
        return replace(view, said=said, leads=leads)


def has_person(desk: Desk, conversation_id: str) -> bool:
    """Tell whether a member of staff has taken this conversation and it is not over."""
    mine = LiveChat.conversation_id == conversation_id, LiveChat.state == ChatState.TAKEN.value
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalars(select(LiveChat.id).where(*mine)).first() is not None


def _view(desk: Desk, work: UnitOfWork, chat: LiveChat) -> ChatView:
    now, lapsed = desk.machine_clock.now(), has_lapsed(desk, chat)
    return ChatView(
        id=chat.id,
        conversation_id=chat.conversation_id,
        state=ChatState.OVER if lapsed else ChatState(chat.state),
        ended=ChatEnd.LAPSED if lapsed else ChatEnd(chat.ended_how) if chat.ended_how else None,
        who=chat.taken_label or "",
        staff_gone=_staff_gone(desk, work, chat),
        waited=int((now - chat.asked_at).total_seconds()),
        idle=int((now - chat.parent_seen_at).total_seconds()),
        after_turn=chat.after_turn,
        asked_at=chat.asked_at,
        shared=tuple(work.unseal_json(chat, "shared")),
        contact=Contact(**work.unseal_json(chat, "contact")),
        offer=work.unseal_json(chat, "offer") if chat.offer else None,
        said=_said(work, chat.id),
    )


def _said(work: UnitOfWork, chat_id: str) -> tuple[SaidLive, ...]:
    mine = select(LiveMessage).where(LiveMessage.chat_id == chat_id).order_by(LiveMessage.number)
    return tuple(
        SaidLive(
            number=row.number,
            by=row.author,
            label=row.label,
            words=work.unseal(row, "words"),
            written_at=row.written_at,
            aside=work.unseal(row, "aside") if row.aside else "",
            danger=DangerSeen(row.danger) if row.danger else None,
            told=Told.from_json(work.unseal_json(row, "told")) if row.told else None,
        )
        for row in work.session.scalars(mine).all()
    )


def _staff_gone(desk: Desk, work: UnitOfWork, chat: LiveChat) -> bool:
    """Tell whether who took it has left without a word: no sign of life, or signed out."""
    if chat.state != ChatState.TAKEN.value or chat.staff_seen_at is None:
        return False
    if chat.staff_seen_at < desk.machine_clock.now() - GONE_AFTER:
        return True
    runs = session_runs(desk, chat.session_digest or "", chat.taken_by or "")
    mine = DeskSession.token_digest == chat.session_digest, runs
    return work.session.scalars(select(DeskSession.token_digest).where(*mine)).first() is None
