"""The same client for every contender: a first message in a fresh conversation, and its answer.

What an answer is differs: a rival's reply names one door; ours carries the doors beside it too.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Self

import httpx

from assistant.chat.answers import merge
from assistant.chat.brain_client import KEY_HEADER, BrainMessage, BrainTurn, BrainUnavailable
from assistant.evaluation.chat_client import ChatClient
from assistant.evaluation.place import DEMONSTRATION_NOW
from assistant.evaluation.rivals.projects import REPLIES

if TYPE_CHECKING:
    from assistant.evaluation.chat_client import Conversation

SECONDS = 60.0


@dataclass(frozen=True)
class Given:
    """The door that an answer proposed, empty where it named none, and those beside it."""

    channel: str
    alternatives: tuple[str, ...] = ()


class Caller(Protocol):
    """Somebody with a connection of their own; ``prepare`` is never timed, ``ask`` is."""

    def prepare(self, conversations: int) -> None:
        """Open so many conversations where the contender wants them opened."""

    def ask(self, text: str) -> Given:
        """Send the first message of the next fresh conversation."""

    def close(self) -> None:
        """Let the connections go."""


class _HttpCaller:
    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self._http = httpx.Client(base_url=url, headers=headers, timeout=SECONDS, trust_env=False)

    def prepare(self, conversations: int) -> None:
        """Do nothing: a new sender is a new conversation."""

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def _post(self, path: str, body: object) -> httpx.Response:
        return self._http.post(path, json=body)


class RivalCaller(_HttpCaller):
    """Speaks to Rasa's stock REST channel."""

    def ask(self, text: str) -> Given:
        """See ``Caller.ask``; a reply that is not a rival's own names no door."""
        body = {"sender": uuid.uuid4().hex, "message": text}
        said = self._post("/webhooks/rest/webhook", body).raise_for_status().json()
        return Given(next((REPLIES[one["text"]] for one in said if one.get("text") in REPLIES), ""))


class BrainCaller(_HttpCaller):
    """Speaks to our brain through its connector, as the web process does.

    Its actions look conversations up, so each is opened at the web process, which then rests.
    """

    def __init__(self, url: str, key: str, web_url: str) -> None:
        """Keep the connector's key and where conversations are opened."""
        super().__init__(f"{url}/webhooks/schoolgate/", {KEY_HEADER: key})
        self._web_url = web_url
        self._open: list[str] = []

    def prepare(self, conversations: int) -> None:
        """See ``Caller.prepare``."""
        with ChatClient(self._web_url) as client:
            self._open = [client.start().id for _ in range(conversations)]

    def ask(self, text: str) -> Given:
        """See ``Caller.ask``; a turn that failed names no door."""
        now = datetime.fromisoformat(DEMONSTRATION_NOW)
        turn = BrainTurn(self._open.pop(), uuid.uuid4().hex, text, None, now)
        answer = self._post("turn", turn.to_json())
        if answer.is_error:
            return Given("")
        try:
            said = merge([BrainMessage.model_validate(one) for one in answer.json()["messages"]])
        except BrainUnavailable:
            return Given("")
        return Given(said.channel.value, tuple(each.value for each in said.alternatives))


class WebCaller:
    """Speaks to the public JSON API, as a parent's browser does."""

    def __init__(self, url: str) -> None:
        """Open no conversation yet."""
        self._client = ChatClient(url)
        self._open: list[Conversation] = []

    def prepare(self, conversations: int) -> None:
        """See ``Caller.prepare``."""
        self._open = [self._client.start() for _ in range(conversations)]

    def ask(self, text: str) -> Given:
        """See ``Caller.ask``."""
        said = self._client.say(self._open.pop(), text)
        return Given(said.channel, said.alternatives)

    def close(self) -> None:
        """Let the connections go."""
        self._client.__exit__()


class Hearing:
    """What a served model hears in a message, before any reply: Rasa's own parse address."""

    def __init__(self, url: str) -> None:
        """Open the connection."""
        self._http = httpx.Client(base_url=url, timeout=SECONDS, trust_env=False)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    def hear(self, text: str) -> dict[str, object]:
        """Return the parsed message as Rasa tells it."""
        answer = self._http.post("/model/parse", json={"text": text}).raise_for_status()
        return dict(answer.json())
