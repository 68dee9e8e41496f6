"""End a talk with a person: the parent goes back to the program, or the member of staff is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.chat_notes import ChatNote
from assistant.casework.duty import BY_STAFF, ChatEnd, ChatState
from assistant.services.errors import NotPossibleNow
from assistant.services.live_chats import PARENT, chat_for, close_chat, open_chat, tell
from assistant.services.turns import load_conversation
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk

SAID = {ChatEnd.ANSWERED: ChatNote.ANSWERED, ChatEnd.CALL_BACK: ChatNote.SUGGESTS_CALL}


def end_by_parent(desk: Desk, *, conversation_id: str) -> None:
    """End the talk that waits or runs; without effect where there is none.

    Raises ``ConversationGone``.
    """
    settled(partial(_by_parent, desk, conversation_id))


def end_by_staff(desk: Desk, *, staff_id: str, chat_id: str, how: ChatEnd) -> None:
    """End the talk with one of ``BY_STAFF``; one that is over stays as it ended.

    Raises ``NotHere``, and ``NotPossibleNow`` for an end that only the parent can agree to.
    """
    if how not in BY_STAFF:
        raise NotPossibleNow
    settled(partial(_by_staff, desk, staff_id, chat_id, how))


def _by_parent(desk: Desk, conversation_id: str) -> None:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        chat = open_chat(desk, work, conversation_id)
        if chat is None:
            return
        tell(desk, work, chat, ChatNote.ENDED)
        close_chat(desk, work, chat, ChatEnd.LEFT, PARENT)
        work.commit()


def _by_staff(desk: Desk, staff_id: str, chat_id: str, how: ChatEnd) -> None:
    with desk.unit_of_work() as work:
        chat = chat_for(desk, work, staff_id, chat_id)
        load_conversation(work.session, chat.conversation_id, lock=True)
        work.session.refresh(chat)
        if chat.state == ChatState.OVER.value:
            return
        tell(desk, work, chat, SAID[how])
        close_chat(desk, work, chat, how, staff_id)
        work.commit()
