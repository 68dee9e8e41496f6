"""The action server: rasa-sdk's executor behind a small web hook of our own.

The stock server of rasa-sdk has no authentication, answers to every origin, inflates what it is
sent without a bound and echoes the request in its errors; this one does none of these.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import (
    ActionExecutionRejection,
    ActionMissingDomainException,
    ActionNotFoundException,
)
from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json

from actions.registry import ACTIONS

if TYPE_CHECKING:
    from actions.base import SchoolAction
    from assistant.services.desk import Desk

LARGEST_CALL = 1024 * 1024
"""Bytes of an action call; a tracker of one matter stays far below."""

log = structlog.get_logger()


def create_app(desk: Desk) -> Sanic[Any, Any]:
    """Build the action server around the actions of this school."""
    app: Sanic[Any, Any] = Sanic("schoolgate-actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_CALL
    app.ctx.key = desk.keys.action_key.encode()
    app.ctx.executor = executor_of([action(desk) for action in ACTIONS])
    app.add_route(webhook, "/webhook", methods=["POST"])
    app.add_route(health, "/health", methods=["GET"])
    app.error_handler.add(Exception, failed)
    return app


def executor_of(actions: list[SchoolAction]) -> ActionExecutor:
    """Return an executor that knows these actions and no others."""
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)
    return executor


async def health(request: Request) -> HTTPResponse:
    """Say that the server answers."""
    del request
    return json({"status": "ok"})


async def webhook(request: Request) -> HTTPResponse:
    """Run one action call of the brain."""
    given = request.headers.get("x-schoolgate-key", "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, request.app.ctx.key):
        return json({"error": "wrong key"}, status=401)
    if "content-encoding" in request.headers:
        return json({"error": "compressed calls are not accepted"}, status=415)
    call = request.json
    if not isinstance(call, dict):
        return json({"error": "not an action call"}, status=400)
    return await run(request.app.ctx.executor, call)


async def run(executor: ActionExecutor, call: dict[str, Any]) -> HTTPResponse:
    """Return the events and replies of the action, in the statuses that Rasa understands."""
    name = str(call.get("next_action"))
    try:
        result = await executor.run(call)
    except ActionExecutionRejection:
        return json({"error": "rejected", "action_name": name}, status=400)
    except ActionNotFoundException:
        return json({"error": "no such action", "action_name": name}, status=404)
    except ActionMissingDomainException:
        return json({"error": "domain missing", "action_name": name}, status=449)
    return json(result.model_dump() if result else None)


async def failed(request: Request, error: Exception) -> HTTPResponse:
    """Answer a fault without a word of what was sent; the log names only the kind of error."""
    status = error.status_code if isinstance(error, SanicException) else 500
    where = traceback_places(error)
    log.error("action_failed", error=type(error).__name__, where=where, path=request.path)
    return json({"error": "the action failed"}, status=status)


def traceback_places(error: Exception) -> list[str]:
    """Return file and line of each frame: enough to mend it, without anybody's words."""
    places: list[str] = []
    frame = error.__traceback__
    while frame is not None:
        places.append(f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}")
        frame = frame.tb_next
    return places[-6:]
