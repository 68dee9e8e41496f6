"""Asks brain and alerts database, as long as the process runs, for what they are still to do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

from assistant.chat.forgetting import forget_again
from assistant.services.naming_wishes import grant_naming_wishes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sanic import Sanic

ROUND_SECONDS = 10.0

log = structlog.get_logger()


def employ_caretaker(app: Sanic[Any, Any], *, pause: float = ROUND_SECONDS) -> None:
    """Let a caretaker go round while the application runs."""

    async def start_rounds(app: Sanic[Any, Any]) -> None:
        app.add_task(_go_round(app, pause), name="caretaker")

    app.after_server_start(start_rounds)


async def _go_round(app: Sanic[Any, Any], pause: float) -> None:
    """Go round after round; no failure of one round is the end of the next."""
    while True:
        await _try(lambda: forget_again(app.ctx.desk, app.ctx.gateway.brain))
        await _try(lambda: asyncio.to_thread(grant_naming_wishes, app.ctx.desk))
        await asyncio.sleep(pause)


async def _try(errand: Callable[[], Awaitable[object]]) -> None:
    try:
        await errand()
    except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
        log.warning("caretaker_stumbled", error=type(problem).__name__)
