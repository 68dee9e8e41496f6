"""Times on offer: find them, hold one, and name them to a parent."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from actions.doors import hosts_at
from actions.gathering import details_of, needs_of
from actions.turn import Choice, Turn
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.slots import Slot
from assistant.casework.wording import say_when
from assistant.services.hold_slot import hold_slot
from assistant.services.meeting_errors import SlotTaken
from assistant.services.offer_slots import SlotOffer, offer_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.times import Window

MOST_TIMES = 5


def times_for(turn: Turn, windows: Sequence[Window] | None) -> SlotOffer:
    """Return free times with the first person behind the door who has any."""
    mode = wanted_mode(turn)
    offer = SlotOffer(matching=[], nearest=[])
    for host in hosts_at(turn, Channel(turn.slot("door") or Channel.STAFF)):
        offer = offer_slots(
            turn.desk,
            host_ids=[host.staff_id],
            windows=windows,
            mode=mode,
            needs=needs_of(turn),
            subjects=frozenset(turn.slot("subjects") or ()),
            holder=turn.conversation_id,
            limit=MOST_TIMES,
        )
        if offer.matching or offer.nearest:
            return offer
    return offer


def say_no_times(turn: Turn) -> None:
    """Say that nothing can be booked, and offer a call instead."""
    turn.say("utter_no_times", choices=[Choice("Ask someone to ring me", "/human")])
    turn.keep(pending="callback")


def wanted_mode(turn: Turn) -> MeetingMode | None:
    """Return how the parent wants to meet, if they said so."""
    mode = details_of(turn).get("mode")
    return MeetingMode(mode) if mode else None


def keep_slot(turn: Turn, slot: Slot) -> Slot:
    """Hold a time for this parent; if somebody was faster, hold the nearest one instead.

    Raises ``SlotTaken`` when there is no other.
    """
    for candidate in (slot, None):
        try:
            hold(turn, candidate or slot)
        except SlotTaken as taken:
            if not taken.alternatives:
                raise
            slot = taken.alternatives[0]
        else:
            break
    turn.keep(held=to_json(slot), when=say_when(to_london(slot.starts_at)))
    return slot


def hold(turn: Turn, slot: Slot) -> None:
    """Hold the time in the way in which they would meet, with everything that is needed."""
    hold_slot(
        turn.desk,
        holder=turn.conversation_id,
        slot=slot,
        needs=needs_of(turn),
        mode=mode_at(turn, slot),
    )


def mode_at(turn: Turn, slot: Slot) -> MeetingMode:
    """Return the wished mode where the time allows it, else the first that it allows."""
    wished = wanted_mode(turn)
    return wished if wished in slot.modes else slot.modes[0]


def to_json(slot: Slot) -> dict[str, Any]:
    """Return a time as a slot of the tracker keeps it."""
    return {
        "host": slot.host_id,
        "start": slot.starts_at.isoformat(),
        "end": slot.ends_at.isoformat(),
        "modes": [mode.value for mode in slot.modes],
    }


def from_json(kept: dict[str, Any]) -> Slot:
    """Return the time that ``to_json`` wrote."""
    return Slot(
        kept["host"],
        datetime.fromisoformat(kept["start"]),
        datetime.fromisoformat(kept["end"]),
        tuple(MeetingMode(mode) for mode in kept["modes"]),
    )


def time_choices(slots: Sequence[Slot]) -> list[Choice]:
    """Return one button a time."""
    return [pick_choice(say_when(to_london(slot.starts_at)), slot) for slot in slots]


def pick_choice(title: str, slot: Slot) -> Choice:
    """Return the button that takes a time."""
    return Choice(title, f"/pick_time{json.dumps({'slot': json.dumps(to_json(slot))})}")


def picked_slot(turn: Turn) -> Slot | None:
    """Return the time whose button was pressed, if one was."""
    picked = turn.picked.get("slot")
    return from_json(json.loads(picked)) if picked else None
