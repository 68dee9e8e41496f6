"""The loaded assistant: the trained model, our tracker store, locks and the action server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

from assistant.brain.done_once import do_once
from assistant.brain.processor import HonestProcessor
from assistant.brain.tracker_store import SealedTrackerStore

if TYPE_CHECKING:
    from pathlib import Path

    from rasa.core.lock_store import LockStore

    from assistant.security.keys import Keys
    from assistant.settings import Settings

KEY_HEADER = "X-Schoolgate-Key"


def load_agent(
    settings: Settings, keys: Keys, model: Path, locks: LockStore | None = None
) -> Agent:
    """Return an agent that is ready; raises when the model or the tracker store cannot be used.

    Agents that serve the same conversations share their `locks`. Rasa's own loading is not used: it
    swallows errors and puts an in-memory store behind ours.
    """
    do_once()
    store = SealedTrackerStore(None, url=settings.tracker_database_url, key=keys.tracker)
    agent = Agent(
        lock_store=locks or InMemoryLockStore(), action_endpoint=action_endpoint(settings, keys)
    )
    agent.tracker_store = store
    agent.processor = HonestProcessor(
        model_path=model,
        tracker_store=store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
    )
    agent.domain = store.domain = agent.processor.domain
    agent.nlg.responses = agent.domain.responses
    return agent


def action_endpoint(settings: Settings, keys: Keys) -> EndpointConfig:
    """Return where actions run: loopback, with the shared key in a header."""
    url = f"http://127.0.0.1:{settings.actions_port}/webhook"
    return EndpointConfig(url=url, headers={KEY_HEADER: keys.action_key})
