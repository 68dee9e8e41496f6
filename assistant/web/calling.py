"""Ask a service from a handler: services are synchronous, so each runs in a thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanic import Request

    from assistant.services.desk import Desk

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


async def ask(
    request: Request,
    service: Callable[Concatenate[Desk, Arguments], Answer],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> Answer:
    """Return what `service` answers, or raise what it raises."""
    return await asyncio.to_thread(service, request.app.ctx.desk, *args, **kwargs)
