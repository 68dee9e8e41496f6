"""One turn of a conversation, as an action sees it: what was heard, what to say, what to keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from assistant.casework.calendar import to_london
from assistant.casework.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from assistant.casework.kinds import Channel
    from assistant.services.desk import Desk


@dataclass(frozen=True)
class Choice:
    """A button: what the parent reads and the command that it stands for."""

    title: str
    payload: str

    def to_json(self) -> dict[str, str]:
        """Return the button as Rasa sends it."""
        return {"title": self.title, "payload": self.payload}


@dataclass
class Turn:
    """The parent's latest message with the slots, and everything that the action decides.

    Reading a slot after ``keep`` gives the new value. ``marks`` end up as one message that the
    parent does not see: channel, alternatives, reason, expects, record.
    """

    desk: Desk
    dispatcher: CollectingDispatcher
    tracker: Tracker
    events: list[EventType] = field(default_factory=list)
    marks: dict[str, Any] = field(default_factory=dict)
    _kept: dict[str, Any] = field(default_factory=dict)

    @property
    def conversation_id(self) -> str:
        """The conversation, as the gateway names it."""
        return str(self.tracker.sender_id)

    @property
    def turn_id(self) -> str:
        """The id of this turn: the same when the gateway sends it again after a fault."""
        return str(self.tracker.latest_message.get("message_id") or "")

    @property
    def intent(self) -> str:
        """The act that was heard."""
        return str((self.tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def text(self) -> str:
        """The typed words; empty when the parent chose a button."""
        text = str(self.tracker.latest_message.get("text") or "")
        return "" if text.startswith("/") else text

    @property
    def reading(self) -> Reading:
        """The signals of the message, with the act that arbitration settled on."""
        heard = Reading.from_json(self.tracker.latest_message.get("reading"))
        return Reading.from_json({**heard.to_json(), "act": self.intent})

    @property
    def picked(self) -> dict[str, Any]:
        """The facts that came with a button."""
        entities = self.tracker.latest_message.get("entities") or []
        return {found["entity"]: found["value"] for found in entities}

    @property
    def form(self) -> str | None:
        """The name of the form that is open, if any."""
        name = (self.tracker.active_loop or {}).get("name")
        return str(name) if name else None

    @property
    def requested(self) -> str | None:
        """The slot that the open form asked for last."""
        return self.slot("requested_slot") if self.form else None

    @property
    def now(self) -> datetime:
        """The time in Europe/London."""
        return to_london(self.desk.clock.now())

    @property
    def may_file(self) -> bool:
        """Whether a record may be made: no after a flood, until the browser has done its sum."""
        metadata = self.tracker.latest_message.get("metadata") or {}
        return metadata.get("may_file") is not False

    def slot(self, name: str) -> Any:
        """Return a slot's value, as kept in this turn or before it."""
        return self._kept[name] if name in self._kept else self.tracker.get_slot(name)

    def keep(self, **slots: Any) -> None:
        """Set slots."""
        self._kept.update(slots)
        self.events += [SlotSet(name, value) for name, value in slots.items()]

    def go_on_with(self, action: str) -> None:
        """Run another action or form straight after this one."""
        self.events.append(FollowupAction(action))

    def say(self, response: str, choices: Sequence[Choice] = (), **facts: Any) -> None:
        """Say a response of the domain, with facts for its blanks and choices below it."""
        buttons = [choice.to_json() for choice in choices]
        self.dispatcher.utter_message(
            response=response, buttons=buttons, **{**self._school_facts(), **facts}
        )

    def mark(self, **marks: Any) -> None:
        """Add to what the gateway learns of this turn; later marks win."""
        self.marks.update(marks)

    def steer(
        self, channel: Channel, alternatives: Sequence[Channel] = (), reason: str = ""
    ) -> None:
        """Mark the channel code of this turn with the doors beside it."""
        self.mark(channel=channel.value, alternatives=[*alternatives], reason=reason)

    def finish(self) -> list[EventType]:
        """Send the marks and return the events for Rasa."""
        if self.marks:
            self.dispatcher.utter_message(json_message=self.marks)
        return self.events

    def _school_facts(self) -> Mapping[str, str]:
        school = self.desk.school
        return {"school": school.short_name, "school_phone": school.phone}
