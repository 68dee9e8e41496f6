"""Speaks the public JSON API as any client would."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from assistant.bootstrap.progress import SetupError

SECONDS = 30.0
_CREATED, _TOO_MANY = 201, 429


class NoAnswerError(SetupError):
    """The server at the address cannot be spoken to; the message says what happened."""


@dataclass(frozen=True)
class Choice:
    """A choice under a reply, by the number to send."""

    number: int
    title: str


@dataclass(frozen=True)
class Reply:
    """One thing that the assistant said."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Said:
    """The answer to one message. ``refused`` is the server's sentence where it took none."""

    channel: str
    alternatives: tuple[str, ...] = ()
    reason: str = ""
    replies: tuple[Reply, ...] = ()
    record: dict[str, str] | None = None
    refused: str = ""


@dataclass(frozen=True)
class Conversation:
    """An open conversation and what the assistant said first."""

    id: str
    token: str = field(repr=False)
    greeting: tuple[Reply, ...] = ()


class ChatClient:
    """A client of the API at ``url`` (no slash at its end); close it with ``with``."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=f"{self.url}/api/v1", timeout=SECONDS)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    def start(self) -> Conversation:
        """Open a conversation."""
        answer = self._post("/conversations", None, "")
        if answer.status_code != _CREATED:
            message = f"{self.url} opened no conversation: HTTP {answer.status_code}."
            raise NoAnswerError(message)
        body = answer.json()
        return Conversation(body["conversation"], body["token"], _replies(body["replies"]))

    def say(self, conversation: Conversation, text: str, key: str = "") -> Said:
        """Send typed words; sent again under the same ``key`` they are one message."""
        return self._send(conversation, {"text": text} | ({"idempotency_key": key} if key else {}))

    def choose(self, conversation: Conversation, number: int) -> Said:
        """Send the number of a choice of the last answer."""
        return self._send(conversation, {"choice": number})

    def _send(self, conversation: Conversation, body: dict[str, Any]) -> Said:
        path = f"/conversations/{conversation.id}/messages"
        answer = self._post(path, body, conversation.token)
        if answer.is_success:
            return said(answer.json())
        return Said(channel="", refused=_problem(answer))

    def _post(self, path: str, body: dict[str, Any] | None, token: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = self._http.post(path, json=body, headers=headers)
            if answer.status_code == _TOO_MANY:
                time.sleep(float(answer.headers.get("Retry-After", "1")))
                answer = self._http.post(path, json=body, headers=headers)
        except httpx.HTTPError as error:
            message = f"{self.url} does not answer: {error}."
            raise NoAnswerError(message) from error
        return answer


def said(body: dict[str, Any]) -> Said:
    """Read the body of an answered message."""
    return Said(
        channel=body["channel"],
        alternatives=tuple(body["alternatives"]),
        reason=body["reason"],
        replies=_replies(body["replies"]),
        record=body["record"],
    )


def _replies(stored: list[dict[str, Any]]) -> tuple[Reply, ...]:
    return tuple(
        Reply(one["text"], tuple(Choice(each["choice"], each["title"]) for each in one["choices"]))
        for one in stored
    )


def _problem(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"
