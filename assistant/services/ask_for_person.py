"""A parent asks for a person in the chat, and chooses what that person sees."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.duty import ChatState
from assistant.services.conversation_subjects import subjects_of_conversation
from assistant.services.duty_rows import attendants
from assistant.services.errors import ServiceError
from assistant.services.live_chats import (
    CONVERSATION,
    PARENT,
    Line,
    add_message,
    name_in_chat,
    open_chat,
)
from assistant.services.turns import load_conversation, stored_key
from assistant.store.columns import new_id
from assistant.store.live_tables import LiveChat
from assistant.store.tables import Turn
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.unit_of_work import UnitOfWork

YOU = "You"


class NobodyHere(ServiceError):  # noqa: N818 - it names what the parent finds
    """Nobody is here for chats who may read this one. Never says who is here and may not."""


@dataclass(frozen=True)
class Wish:
    """What the parent gives: a first message, the numbers of turns that they ticked, a contact.

    ``aside`` and ``danger`` go with the first message (see ``LiveMessage``).
    """

    words: str
    shared: frozenset[int]
    contact: Contact
    aside: str = ""
    danger: str | None = None


def own_messages(
    desk: Desk, conversation_id: str, numbers: Collection[int] | None = None
) -> list[tuple[int, str]]:
    """Return number and words of what the parent typed to the program, in order.

    Raises ``ConversationGone``.
    """
    with desk.unit_of_work(read_only=True) as work:
        load_conversation(work.session, conversation_id)
        return _typed(work, conversation_id, numbers)


def ask_for_person(desk: Desk, *, conversation_id: str, idempotency_key: str, wish: Wish) -> str:
    """Let the people who are here see that a parent waits; return the id of the talk.

    Nothing but what ``wish`` names is ever shown to them. A talk that waits or runs already is
    returned as it is, and so is the one that was begun with the same key.

    Raises:
        ConversationGone: there is no such conversation.
        NobodyHere: nobody is here who may read it.
    """
    key = stored_key(f"{conversation_id}|{idempotency_key}")
    return settled(partial(_ask, desk, conversation_id, key, wish))


def _ask(desk: Desk, conversation_id: str, key: str, wish: Wish) -> str:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        same = work.session.scalars(select(LiveChat).where(LiveChat.idempotency_key == key)).first()
        running = same or open_chat(desk, work, conversation_id)
        if running is not None:
            return running.id
        subjects = subjects_of_conversation(desk, work, conversation_id, [wish.words])
        if not attendants(desk, work, subjects):
            raise NobodyHere
        chat = _new(desk, work, conversation_id, key, wish)
        name_in_chat(desk, work, chat, subjects)
        line = Line(PARENT, YOU, wish.words, f"first {key}", wish.aside, wish.danger)
        add_message(desk, work, chat, line)
        work.history.append("live_chat.asked", PARENT, CONVERSATION, conversation_id)
        work.commit()
        return chat.id


def _new(desk: Desk, work: UnitOfWork, conversation_id: str, key: str, wish: Wish) -> LiveChat:
    now = desk.machine_clock.now()
    last = select(func.max(Turn.number)).where(Turn.conversation_id == conversation_id)
    chat = LiveChat(
        id=new_id(),
        conversation_id=conversation_id,
        idempotency_key=key,
        state=ChatState.WAITING.value,
        version=1,
        after_turn=work.session.scalar(last) or 0,
        asked_at=now,
        parent_seen_at=now,
    )
    shared = _typed(work, conversation_id, wish.shared) if wish.shared else []
    work.seal_json(chat, "contact", asdict(wish.contact))
    work.seal_json(chat, "shared", [words for _, words in shared])
    work.session.add(chat)
    work.session.flush()
    return chat


def _typed(
    work: UnitOfWork, conversation_id: str, numbers: Collection[int] | None
) -> list[tuple[int, str]]:
    typed = select(Turn).where(Turn.conversation_id == conversation_id, Turn.payload.is_(None))
    if numbers is not None:
        typed = typed.where(Turn.number.in_(numbers))
    turns = work.session.scalars(typed.order_by(Turn.number))
    return [(turn.number, work.unseal(turn, "words")) for turn in turns]
