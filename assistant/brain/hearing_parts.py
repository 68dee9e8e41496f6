"""Read the parts of a message one by one, for sorting them: no dialogue, nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.brain.language import ENGLISH, language_of
from assistant.brain.listener import Listener
from assistant.casework.points import kept_of

if TYPE_CHECKING:
    from rasa.core.agent import Agent

MOST_PARTS = 120
LONGEST_PART = 1_000  # characters


class BadPartsError(ValueError):
    """The body does not hold parts; the message never quotes it."""


def read_parts(body: Any) -> list[str]:
    """Check a request's body; raises `BadPartsError`."""
    texts = body.get("texts") if isinstance(body, dict) else None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        message = "texts must be a list of texts"
        raise BadPartsError(message)
    if len(texts) > MOST_PARTS or any(len(text) > LONGEST_PART for text in texts):
        message = f"at most {MOST_PARTS} texts of {LONGEST_PART} characters"
        raise BadPartsError(message)
    return texts


def hear_parts(agent: Agent, texts: list[str]) -> list[dict[str, dict[str, float]]]:
    """Return what sorting needs of each part; nothing of a language that the heads do not know.

    About 20 ms a part on one core.
    """
    if language_of("\n".join(texts)) != ENGLISH:
        return [{} for _ in texts]
    return [kept_of(heard.reading) for heard in _listener(agent).hear_all(texts)]


def _listener(agent: Agent) -> Listener:
    """Return the ears of the loaded model; Rasa's graph runner gives no way to ask one node."""
    nodes = agent.processor.graph_runner._instantiated_nodes.values()  # noqa: SLF001
    return next(node._component for node in nodes if isinstance(node._component, Listener))  # noqa: SLF001
