"""Danger on a plain form that somebody at the school will read: the safeguarding leads first.

The form is shown again with whom to ring, and nothing is sent to anybody else. Whoever sends it
again has read that, and what the form is for goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.forms import field, sent_key
from assistant.web.meet_safety import Told, warning_for

if TYPE_CHECKING:
    from sanic import Request

    from assistant.services.shapes import Contact
    from assistant.web.chat_identity import Identity

READ = "read_first"
"""The field that says that the warning was shown before."""


async def danger_in(
    request: Request, words: str, contact: Contact, identity: Identity | None
) -> tuple[str, ...]:
    """Return what the person must read before the form goes on; the alert is raised by then."""
    conversation_id = identity.conversation_id if identity else None
    told = Told(sent_key(request), words, conversation_id, contact)
    warning = await warning_for(request, told)
    return () if field(request, READ) == "yes" else warning
