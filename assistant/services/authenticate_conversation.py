"""Check whose conversation it is."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from assistant.security.tokens import token_digest
from assistant.services.errors import ConversationGone
from assistant.services.start_conversation import CONVERSATION_TOKEN
from assistant.services.turns import load_conversation

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def authenticate_conversation(desk: Desk, conversation_id: str, token: str) -> bool:
    """Return whether ``token`` belongs to the conversation; unknown ones are simply False."""
    given = token_digest(desk.keys.lookup, CONVERSATION_TOKEN, token)
    with desk.unit_of_work(read_only=True) as work:
        try:
            stored = load_conversation(work.session, conversation_id).token_digest
        except ConversationGone:
            stored = ""
    return hmac.compare_digest(given, stored)
