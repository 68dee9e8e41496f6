"""First messages answered by a trained model as a brain that serves it would steer them.

People, language, net, both readers, arbitration, the trainers' rules and stories, then the routing
table. Only the school's own directory is left out, which belongs to no model.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import (
    ACTION_DEACTIVATE_LOOP_NAME,
    ACTION_LISTEN_NAME,
    ACTION_SESSION_START_NAME,
    DEFAULT_ACTION_NAMES,
)
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from threadpoolctl import threadpool_limits

from assistant.casework.details import read_details
from assistant.casework.kinds import Channel
from assistant.casework.reading import Reading
from assistant.casework.refusals import refused_doors
from assistant.casework.routing import FIXED, Heard, channel_of, route

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEARING = frozenset({"action_hear", "action_protect", "action_boundary"})
"""Actions that go where the routing table points."""
OTHERWISE = {
    "action_small_talk": Channel.SMALLTALK,
    "action_yes": Channel.SMALLTALK,  # a yes to nothing
    "action_go_on": Channel.ASK,
}
"""Where a first message is met by the other actions that are no service."""
MOST_ACTIONS = 5


@dataclass(frozen=True)
class Answered:
    """What a first message leads to: channel codes, the act, and how sure it is (0 to 1)."""

    channel: str
    alternatives: tuple[str, ...]
    act: str
    sure: float


class Served:
    """A model file, loaded as a brain loads it; raises what Rasa raises when it cannot be."""

    def __init__(self, model: Path) -> None:
        self._processor = MessageProcessor(model, None, None, None)
        self._known: dict[tuple[str, ...], str] = {}

    def answer_all(self, texts: Sequence[str]) -> list[Answered]:
        """Answer each text as the first of its own conversation; about 25 ms each."""
        with threadpool_limits(1):  # as the brain itself does
            return asyncio.run(self._answer_all(texts))

    async def _answer_all(self, texts: Sequence[str]) -> list[Answered]:
        messages = [UserMessage(text, metadata={}) for text in texts]
        return [self._answer(await self._processor.parse_message(each)) for each in messages]

    def _answer(self, parsed: dict[str, Any]) -> Answered:
        reading = Reading.from_json(parsed.get("reading"))
        action = self._action_for(parsed)
        if action not in HEARING:
            return Answered(self._channel_of(action), (), reading.act, reading.confidence)
        chosen = route(reading, heard_in(parsed["text"], reading))
        fixed = reading.act in FIXED
        sure = reading.confidence if fixed else reading.doors.get(chosen.channel, 0.0)
        others = tuple(door.value for door in chosen.alternatives)
        return Answered(chosen.channel.value, others, reading.act, sure)

    def _action_for(self, parsed: dict[str, Any]) -> str:
        """Ask rules and stories once for each act: of a first message they know nothing else."""
        found = sorted(entity["entity"] for entity in parsed["entities"])
        key = (parsed["intent"]["name"], *found)
        if key not in self._known:
            self._known[key] = self._last_action(parsed)
        return self._known[key]

    def _last_action(self, parsed: dict[str, Any]) -> str:
        """Return what the rules and stories do last before they listen again."""
        tracker, domain = self._conversation(parsed), self._processor.domain
        last = ""
        for _ in range(MOST_ACTIONS):
            scores = self._processor._predict_next_with_tracker(tracker).probabilities  # noqa: SLF001
            name = domain.action_names_or_texts[scores.index(max(scores))]
            if name == ACTION_LISTEN_NAME:
                break
            tracker.update(ActionExecuted(name))
            if name == ACTION_DEACTIVATE_LOOP_NAME:
                tracker.update(ActiveLoop(None))
            last = last if name in DEFAULT_ACTION_NAMES else name
        return last

    def _conversation(self, parsed: dict[str, Any]) -> DialogueStateTracker:
        said = UserUttered(parsed["text"], parsed["intent"], parsed["entities"])
        opening = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        domain = self._processor.domain
        events = [*opening, ActionExecuted(ACTION_LISTEN_NAME), said]
        return DialogueStateTracker.from_events("first", events, domain.slots, domain=domain)

    def _channel_of(self, action: str) -> str:
        texts = self._processor.domain.responses.get(action) or [{}]
        marked = (texts[0].get("custom") or {}).get("channel")
        return str(marked or OTHERWISE.get(action, Channel.SERVICE).value)


def heard_in(text: str, reading: Reading) -> Heard:
    """Return what the words of a first message settle: a role asked for, doors ruled out."""
    role = read_details(text, expects=None, people=reading.people).role_wanted
    wanted = channel_of(role) if role else None
    return Heard(wanted=wanted, refused=frozenset(refused_doors(text)))
