"""Start a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.references import new_token
from assistant.security.tokens import token_digest
from assistant.services.turns import PARENT
from assistant.store.columns import new_id
from assistant.store.tables import Conversation

if TYPE_CHECKING:
    from assistant.services.desk import Desk

CONVERSATION_TOKEN = "conversation"  # noqa: S105 - the purpose of a digest, not a secret


def start_conversation(desk: Desk) -> tuple[str, str]:
    """Return the new conversation's id and the token that proves whose it is (128 bits)."""
    token, now = new_token(), desk.clock.now()
    conversation = Conversation(
        id=new_id(),
        token_digest=token_digest(desk.keys.lookup, CONVERSATION_TOKEN, token),
        started_at=now,
        last_turn_at=now,
    )
    with desk.unit_of_work() as work:
        work.session.add(conversation)
        work.history.append("conversation.started", PARENT, "conversation", conversation.id)
        work.commit()
    return conversation.id, token
