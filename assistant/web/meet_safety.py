"""Words on plain pages that speak of danger: safety first, and what the parent came for goes on.

The same net, the same words and the same alert as in the chat when the brain is away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.chat import fallback
from assistant.security.tokens import token_digest
from assistant.services.draft_people import subjects_of
from assistant.services.errors import AlertHeldUp
from assistant.services.raise_alert import raise_alert
from assistant.web.calling import ask

if TYPE_CHECKING:
    from sanic import Request

    from assistant.services.draft_answers import Answers
    from assistant.services.drafts import DraftView
    from assistant.services.shapes import AlertReceipt, Contact


@dataclass(frozen=True)
class Told:
    """What a parent wrote; ``where`` is the id of the draft or the record it was written for.

    ``passed_over`` are ids of those who hear of it only if nobody else can.
    """

    where: str
    words: str
    conversation_id: str | None = None
    contact: Contact | None = None
    subjects: frozenset[str] = frozenset()
    passed_over: frozenset[str] = frozenset()


async def warning_about(request: Request, draft: DraftView, answers: Answers) -> tuple[str, ...]:
    """Return what the parent must read first; ``answers`` are about to be kept in the draft."""
    told = Told(
        draft.id,
        answers.words(),
        draft.conversation_id,
        answers.contact if answers.contact.name else None,
        await ask(request, subjects_of, answers=answers),
    )
    return await warning_for(request, told)


async def warning_for(request: Request, told: Told) -> tuple[str, ...]:
    """Return what the parent must read first, after passing the words on; empty without danger."""
    danger = fallback.worst(await request.app.ctx.gateway.net_of(told.words))
    if danger is None:
        return ()
    passed_on = await _pass_on(request, told, danger)
    answer = fallback.in_danger(request.app.ctx.desk.school, danger, passed_on)
    return tuple(reply.text for reply in answer.replies)


async def _pass_on(
    request: Request, told: Told, danger: fallback.Danger
) -> AlertReceipt | AlertHeldUp:
    """Raise the alert, once for the same words and the same way to reach the parent."""
    said = f"{told.where}|{told.words}|{told.contact}"
    try:
        return await ask(
            request,
            raise_alert,
            idempotency_key=token_digest(request.app.ctx.desk.keys.lookup, "told", said),
            conversation_id=told.conversation_id,
            kind=danger.alert,
            words=told.words,
            contact=told.contact,
            subjects=told.subjects,
            passed_over=told.passed_over,
        )
    except AlertHeldUp as held_up:  # the parent must still be told whom to ring
        return held_up
