"""A newly trained model takes over while the brain goes on answering.

The new agent is loaded beside the old one and tried once; then it stands in the old one's place. A
turn that runs meanwhile ends with the agent it began with. Both share the locks of the
conversations, and the conversations themselves lie in the tracker store, so none is dropped.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

import structlog

if TYPE_CHECKING:
    from pathlib import Path

    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from sanic import Sanic

LOOK_EVERY = 2.0  # seconds
TRIAL = "hello"
_log = structlog.get_logger(__name__)


class Load(Protocol):
    """Loads a model file into an agent that shares the given locks; raises when it cannot."""

    def __call__(self, model: Path, locks: LockStore) -> Agent:
        """Return the agent."""


class Succession:
    """Looks where the pointer leads, and lets the model there take over."""

    def __init__(self, pointer: Path, load: Load) -> None:
        """Keep the pointer, the symbolic link that a training replaces in one step."""
        self._pointer, self._load = pointer, load
        self._refused: Path | None = None

    async def watch(self, app: Sanic[Any, Any]) -> None:
        """Look until the server ends."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look(app)

    async def look(self, app: Sanic[Any, Any]) -> None:
        """Put the agent of a new model in the place of `app.ctx.agent`; keep it when that fails."""
        present: Agent = app.ctx.agent
        model = self._pointer.resolve()
        if model in {present.processor.model_path, self._refused} or not model.is_file():
            return
        try:
            app.ctx.agent = await asyncio.to_thread(self._tried, model, present.lock_store)
        except Exception as problem:  # noqa: BLE001 - whatever it was, the brain serves on
            self._refused = model
            _log.error("brain.model_refused", model=model.name, problem=type(problem).__name__)
            return
        _log.info("brain.model_taken_over", model=model.name)

    def _tried(self, model: Path, locks: LockStore) -> Agent:
        agent = self._load(model, locks)
        asyncio.run(agent.parse_message(TRIAL))
        return agent
