"""The postman of the public process; several processes share the work by leases."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from assistant.services.mailers import build_mailer
from assistant.services.post_round import post_round

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanic import Sanic

    from assistant.services.desk import Desk

ROUND_SECONDS = 5.0

log = structlog.get_logger()


def employ_postman(app: Sanic[Any, Any], desk: Desk) -> None:
    """Let a postman go his rounds while the application runs."""
    one_round = partial(post_round, desk, build_mailer(desk.settings))

    async def start_rounds(app: Sanic[Any, Any]) -> None:
        app.add_task(go_rounds(one_round), name="postman")

    app.after_server_start(start_rounds)


async def go_rounds(one_round: Callable[[], object], *, pause: float = ROUND_SECONDS) -> None:
    """Go round after round; no failure of one round is the end of the next."""
    while True:
        try:
            await asyncio.to_thread(one_round)
        except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
            log.warning("postman_stumbled", error=type(problem).__name__)
        await asyncio.sleep(pause)
