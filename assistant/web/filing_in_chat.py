"""The chat beyond the hour's free filings: the brain hears every word, and files with a proof.

The page gets the challenge before it is needed, and its script sends the answer with whatever the
parent says next. Without one everything goes on but the last step: the record is not made, the
words are kept, and the reply names the phone (``actions.flood``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.web.filings import filing, is_asked, is_good, name_of, the_sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sanic import Request

    from assistant.chat.gateway import Said
    from assistant.services.shapes import AnsweredTurn

CHAT = "chat"


async def answer(
    request: Request, conversation_id: str, said: Said, *, proof: str, busy: bool
) -> AnsweredTurn:
    """Return the gateway's answer, counting a record that it tells of; raises what it raises."""
    words = said.text or ""
    async with filing(request, CHAT, conversation_id, words=words, proof=proof) as this:
        answered: AnsweredTurn = await request.app.ctx.gateway.say(
            conversation_id, said, busy=busy, may_file=this.allowed
        )
        if answered.record:
            this.made(answered.record["reference"])
    return answered


async def sum_for_next(
    request: Request, conversation_id: str, proof: str, last: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Return the challenge for what may be filed next; None when none is needed.

    None also where ``proof`` is still good: the browser keeps it until something came of it.
    ``last`` are the latest replies, which may have asked for one.
    """
    form = name_of(request, CHAT, conversation_id)
    asked = asks_for_proof(last) or await is_asked(request)
    if not asked or await is_good(request, form, proof):
        return None
    challenge: dict[str, Any] = the_sum(request, form)["challenge"]
    return challenge


def asks_for_proof(replies: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a yes was not carried out for want of the sum."""
    return bool(replies and replies[-1].get("prove"))
