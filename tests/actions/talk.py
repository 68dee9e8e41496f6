"""A talk with single actions, on a real desk: their slots go on from turn to turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from assistant.casework.reading import Reading
from assistant.services.desk import Desk
from assistant.services.start_conversation import start_conversation

SILENCE = Reading()
"""A reading in which the heads heard nothing."""


@dataclass
class Talk:
    """A conversation; ``slots`` are as the last turn left them."""

    desk: Desk
    id: str = ""
    slots: dict[str, Any] = field(default_factory=dict)
    turns: int = 0

    def __post_init__(self) -> None:
        """Open it."""
        self.id = self.id or start_conversation(self.desk)[0]

    def hears(
        self, text: str, intent: str = "inform", *, form: str = "", reading: Reading = SILENCE
    ) -> Turn:
        """Return the turn in which ``text`` was heard, inside a form if one is named."""
        self.turns += 1
        message = {
            "text": text,
            "intent": {"name": intent},
            "entities": [],
            "message_id": f"turn-{self.turns}",
            "metadata": {"turn": self.turns},
            "reading": {**reading.to_json(), "words": len(text.split())},
        }
        loop = {"name": form} if form else {}
        tracker = Tracker(self.id, dict(self.slots), message, [], False, None, loop, None)  # noqa: FBT003 - Rasa's own
        return Turn(self.desk, CollectingDispatcher(), tracker)

    def ends(self, turn: Turn) -> dict[str, dict[str, Any]]:
        """Keep what the turn set; return what it said, by the name of the reply."""
        self.slots |= {one["name"]: one["value"] for one in turn.events if one["event"] == "slot"}
        said = [one for one in turn.dispatcher.messages if one.get("response")]
        return {one["response"]: one for one in said}


def goes_on_with(turn: Turn) -> str | None:
    """Return the action that the turn hands over to."""
    return next((one["name"] for one in turn.events if one["event"] == "followup"), None)
