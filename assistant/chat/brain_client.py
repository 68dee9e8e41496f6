"""The brain as the gateway sees it: a turn in, messages out, within a time limit.

Errors: ``BrainUnavailable`` is the only one; it means late, refused, failing or nonsense.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.settings import Settings

KEY_HEADER = "X-Schoolgate-Key"
RETRY_AFTER_SECONDS = 0.4
"""A restarting brain refuses connections for a moment; one more try is worth this wait."""

_HEALTH_SECONDS = 3.0
HEARING_SECONDS = 4.0
"""The longest that sorting may hold up an answer: 120 parts take about 2.5 seconds."""


class BrainUnavailable(Exception):  # noqa: N818 - it names a state of the world, not a fault of ours
    """The brain gave no answer that can be shown; the gateway answers honestly instead."""


@dataclass(frozen=True)
class BrainTurn:
    """One turn for the brain: exactly one of ``text`` (typed) and ``payload`` (our choice).

    Without ``may_file`` the actions make no record in it.
    """

    sender: str
    turn_id: str
    text: str | None
    payload: str | None
    now: datetime
    number: int = 0
    expects: str | None = None
    net: tuple[str, ...] = ()
    may_file: bool = True
    points: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the body that the brain's connector reads."""
        body = asdict(self)
        metadata = {
            "now": body.pop("now").isoformat(),
            "turn": body.pop("number"),
            "expects": body.pop("expects"),
            "net": list(body.pop("net")),
            "may_file": body.pop("may_file"),
        }
        points = body.pop("points")
        if points:
            metadata["points"] = points
        return {**body, "metadata": metadata}


class Button(BaseModel):
    """A choice that the brain offers; the payload never leaves the server."""

    model_config = ConfigDict(extra="ignore")
    title: str = Field(min_length=1)
    payload: str = Field(min_length=1)


class BrainMessage(BaseModel):
    """One message of the brain; ``custom`` carries the keys that the working contract names."""

    model_config = ConfigDict(extra="ignore")
    text: str | None = None
    buttons: list[Button] = []
    custom: dict[str, Any] = {}


class _Answer(BaseModel):
    messages: list[BrainMessage]


class _Heard(BaseModel):
    parts: list[dict[str, dict[str, float]]]


class Brain(Protocol):
    """What the gateway needs of a brain."""

    async def turn(self, turn: BrainTurn) -> list[BrainMessage]:
        """Return the brain's messages; a repeated ``turn_id`` returns the same and runs nothing.

        Raises:
            BrainUnavailable: no usable answer came within the time limit.
        """

    async def hear(self, texts: list[str]) -> list[dict[str, dict[str, float]]]:
        """Return the reading of each text, as ``points.kept_of`` makes it; nothing is kept.

        Raises ``BrainUnavailable``.
        """

    async def forget(self, conversation_id: str) -> None:
        """Remove what the brain remembers of the conversation; raises ``BrainUnavailable``."""

    async def is_ready(self) -> bool:
        """Tell whether a model is loaded and turns are answered."""

    async def close(self) -> None:
        """Let connections go."""


@dataclass
class HttpBrain:
    """The brain behind its connector on loopback."""

    base_url: str
    key: str
    timeout_seconds: float
    client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        """Open the pool of connections; a proxy of the machine is never asked about loopback."""
        self.client = httpx.AsyncClient(
            base_url=f"{self.base_url}/webhooks/schoolgate/",
            headers={KEY_HEADER: self.key},
            timeout=self.timeout_seconds,
            trust_env=False,
        )

    @classmethod
    def at_settings(cls, settings: Settings, key: str) -> HttpBrain:
        """Return the brain that ``settings`` name."""
        base_url = f"http://127.0.0.1:{settings.brain_port}"
        return cls(base_url, key, float(settings.brain_timeout_seconds))

    async def turn(self, turn: BrainTurn) -> list[BrainMessage]:
        """See ``Brain.turn``; the time limit covers both tries together."""
        response = await self._within_limit("POST", "turn", json=turn.to_json())
        try:
            return _Answer.model_validate_json(response.content).messages
        except ValidationError as error:
            raise BrainUnavailable("nonsense") from error

    async def hear(self, texts: list[str]) -> list[dict[str, dict[str, float]]]:
        """See ``Brain.hear``; not worth a second try."""
        try:
            limit = min(self.timeout_seconds, HEARING_SECONDS)
            response = await self.client.post("parts", json={"texts": texts}, timeout=limit)
            heard = _Heard.model_validate_json(response.raise_for_status().content).parts
        except (httpx.HTTPError, ValidationError) as error:
            raise BrainUnavailable(type(error).__name__) from error
        if len(heard) != len(texts):
            raise BrainUnavailable("nonsense")
        return heard

    async def forget(self, conversation_id: str) -> None:
        """See ``Brain.forget``."""
        await self._within_limit("DELETE", f"conversations/{conversation_id}")

    async def is_ready(self) -> bool:
        """See ``Brain.is_ready``."""
        try:
            response = await self.client.get("health", timeout=_HEALTH_SECONDS)
        except httpx.HTTPError:
            return False
        return response.is_success

    async def close(self) -> None:
        """See ``Brain.close``."""
        await self.client.aclose()

    async def _within_limit(self, method: str, path: str, **body: object) -> httpx.Response:
        try:
            async with asyncio.timeout(self.timeout_seconds):
                response = await self._send_once_more_if_refused(method, path, **body)
            return response.raise_for_status()
        except (TimeoutError, httpx.HTTPError) as error:
            raise BrainUnavailable(type(error).__name__) from error

    async def _send_once_more_if_refused(
        self, method: str, path: str, **body: object
    ) -> httpx.Response:
        try:
            return await self.client.request(method, path, **body)  # type: ignore[arg-type]
        except httpx.ConnectError:
            await asyncio.sleep(RETRY_AFTER_SECONDS)
            return await self.client.request(method, path, **body)  # type: ignore[arg-type]
