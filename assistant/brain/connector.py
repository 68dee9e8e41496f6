"""Our only channel: the web process's turns, with a shared key, on loopback.

The contract: `POST turn` runs one turn, `POST parts` reads texts and keeps nothing,
`DELETE conversations/<id>` forgets, `GET health` tells whether a model is loaded. A turn sent twice
is answered with the same messages and runs nothing. Errors never echo what was sent.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.response import HTTPResponse, empty, json

from assistant.brain.agent import KEY_HEADER
from assistant.brain.hearing_parts import BadPartsError, hear_parts, read_parts
from assistant.brain.processor import TurnFailedError
from assistant.brain.tracker_store import SealedTrackerStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from rasa.core.agent import Agent
    from sanic import Request

    Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]

NAME = "schoolgate"
LONGEST_ID = 64
_PAYLOAD = re.compile(r"/[a-z_]+(\{.*\})?", re.DOTALL)
_IDENTIFIER = re.compile(rf"[\w.:-]{{1,{LONGEST_ID}}}", re.ASCII)
_log = structlog.get_logger(__name__)


class BadTurnError(ValueError):
    """The body is not a turn; the message names the field, never its value."""


@dataclass(frozen=True)
class Turn:
    """One checked turn; ``text`` is what Rasa reads: typed words, or a trusted payload."""

    sender: str
    turn_id: str
    text: str
    metadata: dict[str, Any]


def read_turn(body: Any) -> Turn:
    """Check a request's body; raises `BadTurnError`."""
    if not isinstance(body, dict):
        message = "the body must be a JSON object"
        raise BadTurnError(message)
    metadata = body.get("metadata", {})
    if not isinstance(metadata, dict):
        message = "metadata must be an object"
        raise BadTurnError(message)
    return Turn(
        sender=_identifier(body, "sender"),
        turn_id=_identifier(body, "turn_id"),
        text=_words(body.get("text"), body.get("payload")),
        metadata=metadata,
    )


def strip_slashes(text: str) -> str:
    """Remove leading slashes and spaces of any Unicode kind: typed text is never a command."""
    kept = 0
    while kept < len(text) and (
        text[kept] in "/\u2044\u2215\uff0f" or not text[kept].isprintable() or text[kept].isspace()
    ):
        kept += 1
    return text[kept:]


def _identifier(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        message = f"{name} must be 1 to {LONGEST_ID} plain characters"
        raise BadTurnError(message)
    return value


def _words(text: Any, payload: Any) -> str:
    if isinstance(text, str) and payload is None:
        return strip_slashes(text)
    if isinstance(payload, str) and text is None and _PAYLOAD.fullmatch(payload):
        return payload
    message = "exactly one of text and payload must be given, and a payload must be a choice"
    raise BadTurnError(message)


class SchoolgateChannel(InputChannel):
    """Runs the web process's turns on the agent that the server has loaded."""

    def __init__(self, key: str) -> None:
        """Keep the shared key that every request must carry."""
        self._key = key.encode()

    @classmethod
    def name(cls) -> str:
        """Return the name in the address: `/webhooks/schoolgate/`."""
        return NAME

    def blueprint(self, _: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the four routes; the agent is the server's `app.ctx.agent`."""
        routes = Blueprint("schoolgate_channel")
        routes.add_route(health, "/health", methods=["GET"])
        routes.add_route(self._guarded(take_turn), "/turn", methods=["POST"])
        routes.add_route(self._guarded(take_parts), "/parts", methods=["POST"])
        routes.add_route(self._guarded(forget), "/conversations/<sender:str>", methods=["DELETE"])
        return routes

    def _guarded(self, handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request, **named: str) -> HTTPResponse:
            given = request.headers.get(KEY_HEADER, "").encode("utf-8", "replace")
            if not hmac.compare_digest(given, self._key):
                return json({"error": "The key is wrong."}, 401)
            return await handler(request, **named)

        return guarded


async def health(request: Request) -> HTTPResponse:
    """Answer 200 once a model is loaded."""
    agent: Agent = request.app.ctx.agent
    return json({"status": "ok", "model": agent.processor.model_path.name})


async def take_turn(request: Request) -> HTTPResponse:
    """Run one turn: 200 with its messages, 400 for a bad body, 500 when an action failed.

    Bodies over the server's limit are refused by Sanic with 413 before they come here.
    """
    try:
        turn = read_turn(request.json)
    except InvalidUsage:
        return json({"error": "The body must be JSON."}, 400)
    except BadTurnError as problem:
        return json({"error": str(problem)}, 400)
    try:
        return json({"messages": await run_turn(request.app.ctx.agent, turn)})
    except TurnFailedError as problem:
        # Its text is the name of an action of ours.
        _log.error("brain.turn_failed", action=str(problem), turn=turn.turn_id)
        return json({"error": "The turn failed; nothing of it was kept."}, 500)
    except Exception as problem:  # noqa: BLE001 - whatever it was, the parent is told and it is logged
        _log.error("brain.turn_failed", problem=type(problem).__name__, turn=turn.turn_id)
        return json({"error": "The turn failed; nothing of it was kept."}, 500)


async def take_parts(request: Request) -> HTTPResponse:
    """Read texts for sorting: 200 with a reading each, 400 for a bad body."""
    try:
        texts = read_parts(request.json)
    except InvalidUsage:
        return json({"error": "The body must be JSON."}, 400)
    except BadPartsError as problem:
        return json({"error": str(problem)}, 400)
    return json({"parts": await asyncio.to_thread(hear_parts, request.app.ctx.agent, texts)})


async def forget(request: Request, sender: str) -> HTTPResponse:
    """Delete a conversation's tracker rows; 204 also when there were none."""
    agent: Agent = request.app.ctx.agent
    async with agent.lock_store.lock(sender):
        await _store(agent).delete(sender)
    return empty()


async def run_turn(agent: Agent, turn: Turn) -> list[dict[str, Any]]:
    """Run the turn, or return the messages of the same turn when it has run already."""
    output = WholeMessages()
    async with agent.lock_store.lock(turn.sender):
        before = _store(agent).events_of_turn(turn.sender, turn.turn_id)
        if before is not None:
            return messages_of(before)
        message = UserMessage(
            turn.text,
            output,
            turn.sender,
            input_channel=NAME,
            message_id=turn.turn_id,
            metadata={**turn.metadata, "turn_id": turn.turn_id},
        )
        await agent.processor.handle_message(message)
    return output.sent


class WholeMessages(OutputChannel):
    """Collects each message as it was said: text, buttons and custom part together."""

    def __init__(self) -> None:
        """Start with nothing sent."""
        self.sent: list[dict[str, Any]] = []

    async def send_response(self, _: str, message: dict[str, Any]) -> None:
        """Keep one message."""
        self.sent.append(to_message(message))


def messages_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the assistant said in the stored events of a turn."""
    said = [event for event in events if event["event"] == BotUttered.type_name]
    return [to_message({**event["data"], "text": event["text"]}) for event in said]


def to_message(said: dict[str, Any]) -> dict[str, Any]:
    """Keep the text, the buttons' titles and payloads, and the custom part; drop what is empty."""
    buttons = [
        {"title": button["title"], "payload": button["payload"]}
        for button in said.get("buttons") or ()
    ]
    kept = {"text": said.get("text"), "buttons": buttons, "custom": said.get("custom")}
    return {name: value for name, value in kept.items() if value}


def _store(agent: Agent) -> SealedTrackerStore:
    if not isinstance(agent.tracker_store, SealedTrackerStore):
        message = "the brain runs without its own tracker store"
        raise TypeError(message)
    return agent.tracker_store
