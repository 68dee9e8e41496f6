"""Forget a conversation on both sides of the hop; a brain that is down forgets it later."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from assistant.chat.brain_client import BrainUnavailable
from assistant.services.forget_conversation import forget_conversation
from assistant.services.forget_wishes import open_wishes, wish_granted

if TYPE_CHECKING:
    from assistant.chat.brain_client import Brain
    from assistant.services.desk import Desk

log = structlog.get_logger()


async def forget(desk: Desk, brain: Brain, conversation_id: str) -> None:
    """Erase the conversation here and in the brain; raises ``ConversationGone``.

    A brain that is down does not stop a parent: the wish is kept until it is granted.
    """
    await asyncio.to_thread(forget_conversation, desk, conversation_id)
    await _ask(desk, brain, conversation_id)


async def forget_again(desk: Desk, brain: Brain) -> int:
    """Ask the brain for what is still to be forgotten; return how many wishes are done with."""
    done = 0
    for conversation_id in await asyncio.to_thread(open_wishes, desk):
        granted = await _ask(desk, brain, conversation_id)
        if granted is None:
            break  # it is down for all of them
        done += granted
    return done


async def _ask(desk: Desk, brain: Brain, conversation_id: str) -> bool | None:
    """Return whether the wish is done with, None when the brain could not be asked."""
    try:
        await brain.forget(conversation_id)
    except BrainUnavailable as problem:
        log.warning("brain_did_not_forget", conversation=conversation_id, why=str(problem))
        return None
    return await asyncio.to_thread(wish_granted, desk, conversation_id)
