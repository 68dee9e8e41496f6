"""Forget a conversation: its words are erased; records made in it stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.turns import PARENT, load_conversation

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def forget_conversation(desk: Desk, conversation_id: str) -> None:
    """Erase the conversation, its turns and its links to records; raises ``ConversationGone``."""
    with desk.unit_of_work() as work:
        conversation = load_conversation(work.session, conversation_id)
        work.session.delete(conversation)  # its turns and links go by ON DELETE CASCADE
        work.history.append("conversation.forgotten", PARENT, "conversation", conversation_id)
        work.commit()
