"""The public JSON API of the chat: start, say, read back, forget. The contract is `openapi.py`."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty
from sanic.response import json as json_response

from assistant.chat.gateway import Said
from assistant.chat.greeting import GREETING
from assistant.services.authenticate_conversation import authenticate_conversation
from assistant.services.errors import ServiceError
from assistant.services.read_transcript import read_transcript
from assistant.services.start_conversation import start_conversation
from assistant.web import api_tokens, openapi, shown
from assistant.web.api_models import Message
from assistant.web.api_problems import ApiProblem, problem_response
from assistant.web.calling import ask
from assistant.web.filing_in_chat import answer, sum_for_next
from assistant.web.filings import is_about_danger
from assistant.web.limits import SECONDS_TO_WAIT

if TYPE_CHECKING:
    from assistant.services.shapes import AnsweredTurn

blueprint = Blueprint("api", url_prefix="/api/v1")


@blueprint.get("/openapi.json", name="openapi")
async def describe(request: Request) -> HTTPResponse:
    """Send the OpenAPI document."""
    return json_response(openapi.document(request.app.ctx.desk.school.name))


@blueprint.post("/conversations", name="start")
async def start(request: Request) -> HTTPResponse:
    """Open a conversation; nothing was stored before."""
    if not await request.app.ctx.limits.allow_conversation(request):
        raise _too_many()
    conversation_id, token = await ask(request, start_conversation)
    replies = shown.replies(GREETING)
    token = api_tokens.marked(request.app.ctx.desk.keys, token)
    body = {"conversation": conversation_id, "token": token, "replies": replies}
    return json_response(body, status=201)


@blueprint.post("/conversations/<conversation:str>/messages", name="say")
async def say(request: Request, conversation: str) -> HTTPResponse:
    """Answer one message or choice of the parent."""
    await _require_owner(request, conversation)
    message = _read_message(request)
    busy = not await request.app.ctx.limits.allow_message(request, conversation)
    if busy and not await is_about_danger(request, message.text):
        raise _too_many()
    said = Said(
        idempotency_key=message.idempotency_key or secrets.token_hex(16),
        text=message.text,
        choice=message.choice,
        offered_in=message.turn,
    )
    proof = message.proof or ""
    answered = await answer(request, conversation, said, proof=proof, busy=busy)
    asked = await sum_for_next(request, conversation, proof, answered.replies)
    return json_response(_turn(answered) | {"challenge": asked})


@blueprint.get("/conversations/<conversation:str>", name="read")
async def read(request: Request, conversation: str) -> HTTPResponse:
    """Send the numbered transcript."""
    await _require_owner(request, conversation)
    turns = await ask(request, read_transcript, conversation)
    return json_response(
        {"conversation": conversation, "turns": [shown.transcript_turn(turn) for turn in turns]}
    )


@blueprint.delete("/conversations/<conversation:str>", name="forget")
async def forget(request: Request, conversation: str) -> HTTPResponse:
    """Forget the conversation here and in the brain."""
    await _require_owner(request, conversation)
    await request.app.ctx.gateway.forget(conversation)
    return empty()


@blueprint.exception(ApiProblem, ServiceError)  # type: ignore[untyped-decorator]
async def refuse(_request: Request, problem: Exception) -> HTTPResponse:
    """Answer with the problem's status, code and sentence."""
    return problem_response(problem)


async def _require_owner(request: Request, conversation: str) -> None:
    header = request.headers.get("authorization", "")
    token = api_tokens.token_of(request.app.ctx.desk.keys, header)
    if token is None:
        raise ApiProblem(401, "no_token", "Send the conversation's token as a bearer token.")
    if not await ask(request, authenticate_conversation, conversation, token):
        raise ApiProblem(404, "not_found", "There is no such conversation for this token.")


def _read_message(request: Request) -> Message:
    if request.content_type.split(";")[0].strip().lower() != "application/json":
        raise ApiProblem(415, "not_json", "Send the message as application/json.")
    try:
        return Message.model_validate_json(request.body)
    except ValidationError as error:
        raise _not_a_message(error.errors(include_url=False, include_input=False)) from error


def _not_a_message(errors: list[Any]) -> ApiProblem:
    """Say what is wrong with the body without echoing it."""
    kinds = {error["type"] for error in errors}
    if "json_invalid" in kinds:
        return ApiProblem(400, "invalid_json", "The body is not valid JSON.")
    own_words = next((error for error in errors if error["type"] == "value_error"), None)
    if own_words:
        return ApiProblem(422, "invalid_message", str(own_words["ctx"]["error"]))
    if "string_too_long" in kinds:
        return ApiProblem(422, "too_long", "The message is too long. Send it in several parts.")
    return ApiProblem(422, "invalid_message", 'Send {"text": …} or {"choice": number}.')


def _too_many() -> ApiProblem:
    return ApiProblem(
        429,
        "too_many",
        "That was a lot of messages in a short time. Wait a minute and send it again. "
        "If a child is in danger, ring 999.",
        {"Retry-After": str(SECONDS_TO_WAIT)},
    )


def _turn(answered: AnsweredTurn) -> dict[str, Any]:
    return {
        "turn": answered.number,
        "channel": answered.channel,
        "alternatives": answered.alternatives,
        "reason": answered.reason,
        "replies": shown.replies(answered.replies),
        "record": answered.record,
    }
