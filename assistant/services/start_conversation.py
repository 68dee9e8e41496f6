"""Start a conversation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.references import new_token
from assistant.security.tokens import first_message_token, token_digest
from assistant.services.turns import PARENT
from assistant.store.columns import new_id
from assistant.store.tables import Conversation
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk

CONVERSATION_TOKEN = "conversation"  # noqa: S105 - the purpose of a digest, not a secret


def start_conversation(desk: Desk, begun_by: str = "") -> tuple[str, str]:
    """Return the new conversation's id and the token that proves whose it is (128 bits).

    ``begun_by`` is the form that begins it, with its key and words. The same form starts one
    conversation: a parent whose answer was lost on its way has no cookie to come back with.
    """
    return settled(partial(_start, desk, begun_by))


def _start(desk: Desk, begun_by: str) -> tuple[str, str]:
    token = first_message_token(desk.keys.lookup, begun_by) if begun_by else new_token()
    digest = token_digest(desk.keys.lookup, CONVERSATION_TOKEN, token)
    with desk.unit_of_work() as work:
        begun = select(Conversation.id).where(Conversation.token_digest == digest)
        earlier = work.session.scalars(begun).first() if begun_by else None
        if earlier:
            return earlier, token
        now = desk.clock.now()
        conversation = Conversation(
            id=new_id(), token_digest=digest, started_at=now, last_turn_at=now
        )
        work.session.add(conversation)
        work.history.append("conversation.started", PARENT, "conversation", conversation.id)
        work.commit()
        return conversation.id, token
