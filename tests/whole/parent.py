"""A parent at the public JSON API, who sees every status and may send whatever they like."""

from __future__ import annotations

import secrets
from typing import Any, Self

import httpx

SECONDS = 60.0


class Parent:
    """An open conversation; ``last`` is the latest answer that was taken."""

    def __init__(self, http: httpx.Client, conversation: str, token: str) -> None:
        self.http = http
        self.conversation = conversation
        self.token = token
        self.last: dict[str, Any] = {}

    @classmethod
    def at(cls, url: str) -> Self:
        """Open a conversation."""
        http = httpx.Client(base_url=f"{url}/api/v1", timeout=SECONDS)
        started = http.post("/conversations")
        assert started.status_code == 201, started.text
        return cls(http, started.json()["conversation"], started.json()["token"])

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.http.close()

    @property
    def path(self) -> str:
        """The address of the conversation."""
        return f"/conversations/{self.conversation}"

    def send(self, body: dict[str, Any], **request: Any) -> httpx.Response:
        """Post a message and return the whole answer, whatever its status."""
        headers = {"Authorization": f"Bearer {self.token}"} | request.pop("headers", {})
        return self.http.post(f"{self.path}/messages", json=body, headers=headers, **request)

    def say(self, text: str, key: str | None = None) -> dict[str, Any]:
        """Say words that must be answered; ``key`` makes a repetition the same message."""
        return self._taken({"text": text, "idempotency_key": key or secrets.token_hex(8)})

    def choose(self, title: str) -> dict[str, Any]:
        """Press the button with this title under the last answer."""
        numbers = {one["title"]: one["choice"] for one in choices_of(self.last)}
        return self._taken({"choice": numbers[title]})

    def tell(self, *turns: str) -> dict[str, Any]:
        """Say several things one after the other; return the last answer."""
        for turn in turns:
            self.say(turn)
        return self.last

    def transcript(self) -> list[dict[str, Any]]:
        """Return the numbered turns."""
        answer = self.http.get(self.path, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["turns"])

    def _taken(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.send(body)
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text}"
        self.last = answer.json()
        return self.last


def words_of(answer: dict[str, Any]) -> str:
    """Return everything that an answer says."""
    return "\n".join(reply["text"] for reply in answer["replies"])


def choices_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every choice of an answer in order."""
    return [choice for reply in answer.get("replies", ()) for choice in reply["choices"]]
