"""Words on the booking pages that speak of danger: safety first, and the booking goes on.

The same net, the same words and the same alert as in the chat when the brain is away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from assistant.chat import fallback
from assistant.security.tokens import token_digest
from assistant.services.draft_people import subjects_of
from assistant.services.raise_alert import raise_alert
from assistant.web.calling import ask

if TYPE_CHECKING:
    from sanic import Request

    from assistant.services.draft_answers import Answers
    from assistant.services.drafts import DraftView
    from assistant.services.shapes import AlertReceipt

log = structlog.get_logger()


async def warning_about(request: Request, draft: DraftView, answers: Answers) -> tuple[str, ...]:
    """Return what the parent must read first, after passing their words on; empty without danger.

    ``answers`` are those that are about to be kept in the draft.
    """
    net = await request.app.ctx.gateway.net_of(answers.words())
    danger = fallback.worst(net)
    if danger is None:
        return ()
    passed_on = await _pass_on(request, draft, answers, danger)
    answer = fallback.in_danger(request.app.ctx.desk.school, danger, passed_on)
    return tuple(reply.text for reply in answer.replies)


async def _pass_on(
    request: Request, draft: DraftView, answers: Answers, danger: fallback.Danger
) -> AlertReceipt | None:
    """Raise the alert, once for the same words and the same way to reach the parent."""
    contact = answers.contact if answers.contact.name else None
    said = f"{draft.id}|{answers.words()}|{contact}"
    try:
        return await ask(
            request,
            raise_alert,
            idempotency_key=token_digest(request.app.ctx.desk.keys.lookup, "draft alert", said),
            conversation_id=draft.conversation_id,
            kind=danger.alert,
            words=answers.words(),
            contact=contact,
            subjects=await ask(request, subjects_of, answers=answers),
        )
    except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
        # Whatever broke, the parent must still be told whom to ring, and that nobody was told.
        log.error("alert_not_stored", draft=draft.id, error=type(problem).__name__)  # noqa: TRY400 - see above
        return None
