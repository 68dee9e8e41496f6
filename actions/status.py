"""Where the parent's records have got to, and the way to another time or to calling one off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.cancel_form import CALLS_OFF, KEEPS
from actions.gathering import gather
from actions.own_records import (
    MEETING,
    ask_for_reference,
    describe,
    record_meant,
    records_of,
    to_json,
)
from actions.safety import stay_with_safety, still_unsafe
from assistant.casework.kinds import Channel

if TYPE_CHECKING:
    from actions.turn import Turn

SHOWN = 4


class Status(SchoolAction):
    """Say where the parent's own records have got to."""

    called = "action_status"

    def act(self, turn: Turn) -> None:
        """List what this conversation may see, or ask for the reference."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        gather(turn)
        say_status(turn)


def say_status(turn: Turn) -> None:
    """Name each record with its dates, or ask for what proves that it is the parent's."""
    turn.steer(Channel.SERVICE)
    turn.keep(last_channel=Channel.SERVICE.value)
    records = records_of(turn)
    if not records:
        ask_for_reference(turn)
        return
    turn.say("utter_status", records="\n".join(describe(record) for record in records[:SHOWN]))


class Change(SchoolAction):
    """Move a meeting or call a record off; the parent confirms before anything changes."""

    called = "action_change"

    def act(self, turn: Turn) -> None:
        """Find what is meant, and whether it is to be moved or called off."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        gather(turn)
        turn.steer(Channel.SERVICE)
        record = record_meant(turn)
        if record is None:
            ask_for_reference(turn)
            return
        turn.keep(record=to_json(record), pending=None)
        off = bool(CALLS_OFF.search(turn.text)) and not KEEPS.search(turn.text)
        turn.go_on_with("cancel_form" if off or record.kind != MEETING else "change_form")
