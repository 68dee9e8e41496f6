"""The OpenAPI 3.1 document of the public API, made from the shapes that the handlers use."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from assistant.web import api_models

MODELS = (
    api_models.Message,
    api_models.Started,
    api_models.Turn,
    api_models.Transcript,
    api_models.Problem,
    api_models.Health,
)
PROBLEMS = {
    "400": "The request is not valid JSON.",
    "401": "No bearer token that we gave out came with the request.",
    "404": "No such conversation for this token: missing, forgotten or somebody else's.",
    "409": "The choice is not on offer (any more), or the same message is being answered now.",
    "413": "The request is too large.",
    "415": "The body is not JSON.",
    "422": "The body is not one of the shapes described here.",
    "429": "Too many requests; a message about a child's safety is never refused.",
    "503": "A database is away. Where the words told of danger, the message says whom to ring.",
}
_GUARDED: list[dict[str, list[str]]] = [{"token": []}]
_ID = {
    "name": "conversation",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
}


def document(school_name: str) -> dict[str, Any]:
    """Return the whole document as plain JSON types."""
    _, schemas = models_json_schema(
        [(model, "serialization") for model in MODELS], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Schoolgate chat of {school_name}",
            "version": "1.0.0",
            "description": "A parent talks; nothing goes to anyone until they say so.",
        },
        "paths": _paths(),
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths() -> dict[str, Any]:
    return {
        "/api/v1/conversations": {"post": _start()},
        "/api/v1/conversations/{conversation}": {"get": _read(), "delete": _forget()},
        "/api/v1/conversations/{conversation}/messages": {"post": _say()},
        "/healthz": {"get": _health()},
    }


def _start() -> dict[str, Any]:
    started = _answer("A conversation is open.", "Started")
    started["links"] = {
        name: {"operationId": name, "parameters": {"conversation": "$response.body#/conversation"}}
        for name in ("read", "say", "forget")
    }
    return {
        "operationId": "start",
        "summary": "Start a conversation",
        "responses": {"201": started, **_problems("429")},
    }


def _say() -> dict[str, Any]:
    body = {"required": True, "content": _json("Message")}
    answers = _problems("400", "401", "404", "409", "413", "415", "422", "429", "503")
    return {
        "operationId": "say",
        "summary": "Say something, or pick a choice",
        "security": _GUARDED,
        "parameters": [_ID],
        "requestBody": body,
        "responses": {"200": _answer("The answer.", "Turn"), **answers},
    }


def _read() -> dict[str, Any]:
    return {
        "operationId": "read",
        "summary": "Read the numbered transcript",
        "security": _GUARDED,
        "parameters": [_ID],
        "responses": {"200": _answer("What was said.", "Transcript"), **_problems("401", "404")},
    }


def _forget() -> dict[str, Any]:
    return {
        "operationId": "forget",
        "summary": "Forget the conversation; what was sent to the school stays with the school",
        "security": _GUARDED,
        "parameters": [_ID],
        "responses": {"204": {"description": "Forgotten."}, **_problems("401", "404")},
    }


def _health() -> dict[str, Any]:
    return {
        "operationId": "health",
        "summary": "Ask whether every part works",
        "responses": {
            "200": _answer("Everything works.", "Health"),
            "503": _answer("A part that does not work is named.", "Health"),
        },
    }


def _answer(description: str, model: str) -> dict[str, Any]:
    return {"description": description, "content": _json(model)}


def _problems(*codes: str) -> dict[str, Any]:
    answers = {code: _answer(PROBLEMS[code], "Problem") for code in codes}
    for code, header in (("401", "WWW-Authenticate"), ("429", "Retry-After")):
        if code in answers:
            answers[code]["headers"] = {header: {"schema": {"type": "string"}}}
    return answers


def _json(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
