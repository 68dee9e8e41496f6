"""The time that is held: kept in step with what the parent needs and with how they may meet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from actions.gathering import contact_of, details_of, needs_of
from actions.meeting_words import MODES
from actions.slots import (
    from_json,
    keep_slot,
    mode_at,
    pick_choice,
    say_no_times,
    time_choices,
    times_for,
    to_json,
)
from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.times import Window
from assistant.casework.wording import say_when
from assistant.services.visit_restrictions import refusal_of_visit

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.services.meeting_errors import VisitNotAllowed

A_MOMENT = timedelta(minutes=1)
NEEDS = ("interpreter", "step_free", "mode")
"""Details that decide whether a time can be had."""


def hold_what_is_needed(turn: Turn) -> None:
    """Hold the room and the interpreter that this turn asks for as well, or the nearest time.

    Raises ``SlotTaken`` when there is no time at all.
    """
    before, now = turn.tracker.get_slot("details") or {}, details_of(turn)
    same = all(before.get(name) == now.get(name) for name in NEEDS)
    if same or not turn.slot("held") or turn.slot("held") != turn.tracker.get_slot("held"):
        return  # a time that was found in this turn was found for these needs
    start = from_json(turn.slot("held")).starts_at
    offer = times_for(turn, [Window(start, start + A_MOMENT)])
    if offer.matching:
        keep_slot(turn, offer.matching[0])
    elif offer.nearest:
        held = keep_slot(turn, offer.nearest[0])
        nearest = say_when(to_london(held.starts_at))
        turn.say(
            "utter_needs_another_time", nearest=nearest, choices=time_choices(offer.nearest[1:])
        )
    else:
        turn.keep(held=None, when=None)
        say_no_times(turn)


def meet_as_is_allowed(turn: Turn) -> None:
    """Turn to phone or video before the summary, for a parent who may not come in for now."""
    held = turn.slot("held")
    if not held or mode_at(turn, from_json(held)) is not MeetingMode.IN_PERSON:
        return
    slot = from_json(held)
    refused = refusal_of_visit(
        turn.desk,
        contact=contact_of(turn),
        host_id=slot.host_id,
        starts_at=slot.starts_at,
        needs=needs_of(turn),
        holder=turn.conversation_id,
    )
    if refused:
        meet_another_way(turn, refused)


def meet_another_way(turn: Turn, refused: VisitNotAllowed) -> None:
    """Say it calmly and keep the time by phone or video, or offer the nearest such times."""
    way = refused.modes[0] if refused.modes else MeetingMode.PHONE
    turn.keep(details={**details_of(turn), "mode": way.value}, meeting_confirmed=None)
    if not refused.modes:
        turn.keep(held=None, when=None)
        turn.say("utter_visit_another_time", choices=time_choices(refused.alternatives))
        return
    slot = from_json(turn.slot("held"))._replace(modes=refused.modes)
    turn.keep(held=to_json(slot))
    turn.say(
        "utter_visit_another_way",
        when=say_when(to_london(slot.starts_at)),
        how=MODES[way],
        choices=[
            pick_choice(MODES[mode].capitalize(), slot._replace(modes=(mode,)))
            for mode in refused.modes
        ],
    )
