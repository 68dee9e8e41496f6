"""What a parent and a member of staff write to each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.chat_notes import ChatNote
from assistant.casework.duty import ChatEnd, ChatState, barred_from
from assistant.services.errors import NotPossibleNow, TextTooLong
from assistant.services.live_chats import (
    CONVERSATION,
    PARENT,
    Line,
    add_message,
    chat_for,
    close_chat,
    find_message,
    is_open,
    name_in_chat,
    newest_chat,
    open_chat,
    subjects_of,
    tell,
)
from assistant.services.read_chat import has_person
from assistant.services.turns import load_conversation
from assistant.services.who_is_meant import people_in_words
from assistant.store.live_tables import LiveChat
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

MOST_CHARACTERS = 20_000
YOU = "You"


@dataclass(frozen=True)
class ParentSaid:
    """A message of the parent; ``aside`` and ``danger`` as in ``LiveMessage``."""

    words: str
    key: str
    aside: str = ""
    danger: str | None = None


def parent_says(desk: Desk, *, conversation_id: str, said: ParentSaid) -> None:
    """Add the parent's message to their talk that waits or runs; the same key adds nothing.

    A message that names somebody close to the member of staff is never shown to them: the talk
    ends for them first, and the parent is told why.

    Raises:
        ConversationGone: there is no such conversation.
        NotPossibleNow: no talk of it waits or runs.
        TextTooLong: more than ``MOST_CHARACTERS``.
    """
    _refuse_long(said.words)
    settled(partial(_parent_says, desk, conversation_id, said))


def staff_says(desk: Desk, *, staff_id: str, chat_id: str, words: str, key: str) -> None:
    """Add the words of the member of staff to the talk that they took; the same key adds nothing.

    Raises ``NotHere``, ``NotPossibleNow`` (the talk is over) and ``TextTooLong``.
    """
    _refuse_long(words)
    settled(partial(_staff_says, desk, staff_id, chat_id, words, key))


def said_beside(desk: Desk, *, conversation_id: str, words: str) -> bool:
    """Tell whether a person is in the chat, after words that the parent wrote to the program.

    Whom these words name is kept from a talk that waits or runs, as who is named in it is.
    """
    with desk.unit_of_work(read_only=True) as work:
        running = select(LiveChat.taken_by).where(*is_open(conversation_id))
        found = work.session.execute(running).all()
    if not found:
        return False
    if people_in_words(desk, words) - {row.taken_by for row in found}:
        settled(partial(_name, desk, conversation_id, words))
    return has_person(desk, conversation_id)


def _name(desk: Desk, conversation_id: str, words: str) -> None:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        chat = open_chat(desk, work, conversation_id)
        if chat is None:
            return
        name_in_chat(desk, work, chat, people_in_words(desk, words) - {chat.taken_by})
        chat.version += 1
        work.history.append("live_chat.wall_moved", PARENT, CONVERSATION, conversation_id)
        _keep_wall(desk, work, chat)
        work.commit()


def _refuse_long(words: str) -> None:
    if len(words) > MOST_CHARACTERS:
        raise TextTooLong


def _parent_says(desk: Desk, conversation_id: str, said: ParentSaid) -> None:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        newest = newest_chat(work, conversation_id)
        if newest and find_message(work, newest.id, said.key):
            return
        chat = open_chat(desk, work, conversation_id)
        if chat is None:
            raise NotPossibleNow
        named = people_in_words(desk, said.words) - {chat.taken_by}
        line = Line(PARENT, YOU, said.words, said.key, said.aside, said.danger)
        add_message(desk, work, chat, line)
        name_in_chat(desk, work, chat, named)
        work.history.append("live_chat.parent_wrote", PARENT, CONVERSATION, conversation_id)
        _keep_wall(desk, work, chat)
        work.commit()


def _keep_wall(desk: Desk, work: UnitOfWork, chat: LiveChat) -> None:
    """End the talk if it names somebody close to the taker: all of it is closed to them then."""
    work.session.flush()
    if chat.taken_by not in barred_from(desk.school, subjects_of(work, chat.id)):
        return
    tell(desk, work, chat, ChatNote.HELD_BACK)
    close_chat(desk, work, chat, ChatEnd.WALL, "schoolgate")


def _staff_says(desk: Desk, staff_id: str, chat_id: str, words: str, key: str) -> None:
    with desk.unit_of_work() as work:
        chat = chat_for(desk, work, staff_id, chat_id)
        load_conversation(work.session, chat.conversation_id, lock=True)
        work.session.refresh(chat)
        if find_message(work, chat.id, f"{staff_id} {key}"):
            return
        if chat.state != ChatState.TAKEN.value:
            raise NotPossibleNow
        line = Line(staff_id, chat.taken_label or "", words, f"{staff_id} {key}")
        add_message(desk, work, chat, line)
        work.history.append("live_chat.staff_wrote", staff_id, CONVERSATION, chat.conversation_id)
        work.commit()
