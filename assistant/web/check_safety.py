"""Danger in what a parent is about to send: the safeguarding leads first, and nothing goes on.

What was found is left out of the draft. Whoever puts it back has read whom to ring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.security.tokens import token_digest
from assistant.services.change_points import mark_warned
from assistant.web.calling import ask
from assistant.web.meet_safety import Told, warning_for

if TYPE_CHECKING:
    from sanic import Request

    from assistant.services.view_points import DraftPage
    from assistant.web.chat_identity import Identity


async def danger_in_points(
    request: Request, identity: Identity, page: DraftPage
) -> tuple[str, ...]:
    """Return what the parent must read first; the alert is raised by then, once for the words."""
    said: tuple[str, ...] = ()
    found: dict[str, str] = {}
    for view in page.going:
        digest = token_digest(request.app.ctx.desk.keys.lookup, "warned", view.point.words)
        if digest in page.draft.warned:
            continue
        contact = page.draft.contact if page.draft.contact.name else None
        where = f"{identity.conversation_id}:{view.point.id}"
        told = Told(where, view.point.words, identity.conversation_id, contact, view.subjects)
        warning = await warning_for(request, told)
        if warning:
            said = said or warning
            found[view.point.id] = digest
    if found:
        await ask(request, mark_warned, identity.conversation_id, found)
    return said
