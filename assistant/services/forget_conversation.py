"""Forget a conversation: its words are erased; records made in it stay.

Its data key goes with it, and a wish is left that the brain forgets it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.turns import PARENT, load_conversation
from assistant.store.erasing import let_go
from assistant.store.hanging_rows import erase_details
from assistant.store.retention_tables import ForgetWish
from assistant.store.tables import RecordLink

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

CONVERSATION = "conversation"
CHAT_DELETED = "record.chat_deleted"


def forget_conversation(desk: Desk, conversation_id: str) -> None:
    """Erase the conversation, its turns and its links to records; raises ``ConversationGone``."""
    with desk.unit_of_work() as work:
        erase_conversation(desk, work, conversation_id, PARENT)
        work.history.append("conversation.forgotten", PARENT, CONVERSATION, conversation_id)
        work.commit()
    let_go(desk.unit_of_work)


def erase_conversation(desk: Desk, work: UnitOfWork, conversation_id: str, by: str) -> None:
    """Delete a conversation and its key; the caller writes its history.

    Each record that came from it says from now on that the chat was deleted, and by whom. Raises
    ``ConversationGone``.
    """
    conversation = load_conversation(work.session, conversation_id, lock=True)
    mine = select(RecordLink).where(RecordLink.conversation_id == conversation_id)
    for link in work.session.scalars(mine):
        work.history.append(CHAT_DELETED, by, link.record_kind, link.record_id)
    work.session.delete(conversation)  # its turns and links go by ON DELETE CASCADE
    work.keys.destroy((CONVERSATION, conversation_id))
    erase_details(work.session, CONVERSATION, conversation_id)
    wish = ForgetWish(conversation_id=conversation_id, asked_at=desk.machine_clock.now())
    work.session.merge(wish)
