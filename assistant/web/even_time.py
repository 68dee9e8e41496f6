"""Answers that take the same time whether or not there is anything: a floor under both.

What a hit costs more than a miss (or less) is hidden below the floor, which a free machine keeps
by far; the wait starts with the request, so no part of the work is added to it. Past the floor, on
a machine that is overrun, times tell what they tell: `bench --timing` measures it.
"""

from __future__ import annotations

import asyncio
import time
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sanic import HTTPResponse, Request

Rest = ParamSpec("Rest")
FLOOR_SECONDS = 0.1


def evenly(
    handler: Callable[Concatenate[Request, Rest], Coroutine[Any, Any, HTTPResponse]],
) -> Callable[Concatenate[Request, Rest], Coroutine[Any, Any, HTTPResponse]]:
    """Let the handler's whole answer take ``FLOOR_SECONDS`` at least; it must not raise a miss."""

    @wraps(handler)
    async def even(request: Request, /, *args: Rest.args, **named: Rest.kwargs) -> HTTPResponse:
        ready_at = time.monotonic() + FLOOR_SECONDS
        response = await handler(request, *args, **named)
        await asyncio.sleep(ready_at - time.monotonic())
        return response

    return even
