"""The meeting form: which child, when, and how to reach you, in whatever order it comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.doors import MEETING_DOORS, describe, hosts_at, refused_people
from actions.forms import FormTurn, asked_once
from actions.gathering import (
    agrees_to,
    at_the_same_time,
    child_of,
    learned,
    time_of,
)
from actions.heard import (
    UNDER_THE_HEAD,
    heard_before,
    is_about_the_head,
    keep_route,
    wanted_channel,
)
from actions.held_time import hold_what_is_needed, meet_as_is_allowed
from actions.reach import reachable, say_child, say_reach
from actions.slots import (
    from_json,
    keep_slot,
    picked_slot,
    say_no_times,
    time_choices,
    times_for,
)
from assistant.casework.calendar import to_london
from assistant.casework.details.roles import find_role
from assistant.casework.kinds import Channel
from assistant.casework.reasons import reason_for
from assistant.casework.routing import raises_the_door, route
from assistant.casework.wording import say_when
from assistant.services.meeting_errors import SlotTaken

if TYPE_CHECKING:
    from datetime import datetime

    from actions.turn import Turn
    from assistant.casework.slots import Slot


ANY_TIME = re.compile(
    r"\b(?:whatever'?s? (?:next|free|first)|soonest|earliest|next available|first (?:one|slot|"
    r"available|free)|you (?:choose|pick|decide)|that one|don'?t mind when|"
    r"when ?ever (?:is|suits))\b",
    re.IGNORECASE,
)
"""Words that take the first of the times on offer."""


class ValidateMeetingForm(FormTurn):
    """Take what the turn gives to the booking."""

    called = "validate_meeting_form"
    leaves = FormTurn.leaves | {"complain", "change", "status"}

    def channel(self, turn: Turn) -> Channel:
        """Return the channel of whoever the meeting is with."""
        return Channel(turn.slot("door") or Channel.STAFF)

    def takes_asides(self, turn: Turn) -> bool:
        """Take a time in a question ("could you do Tuesday?") as an answer."""
        return time_of(turn, asked=False) is not None

    def heed(self, turn: Turn) -> None:
        """Close the head's door the moment it comes out that it is about the head."""
        if is_about_the_head(turn) and turn.slot("door") in UNDER_THE_HEAD:
            turn.keep(door=Channel.GOVERNORS.value, about_head=True, held=None, when=None)
            turn.steer(Channel.GOVERNORS, (Channel.COMPLAINT,), reason_for(Channel.GOVERNORS))
        elif is_with_somebody_refused(turn):
            turn.keep(door=Channel.STAFF.value, held=None, when=None)
            turn.steer(Channel.STAFF)

    def take(self, turn: Turn) -> None:
        """Fill child, time, contact and the parent's word on the summary, whatever came first."""
        go_to_whom_is_wanted(turn)
        change_door_if_it_is_graver(turn)
        if turn.requested == "meeting_confirmed" and answer_to_summary(turn):
            return
        take_child(turn)
        try:
            take_time(turn)
            hold_what_is_needed(turn)
        except SlotTaken:
            say_no_times(turn)
        if reachable(turn):
            turn.keep(contact=say_reach(turn))
            meet_as_is_allowed(turn)


def is_with_somebody_refused(turn: Turn) -> bool:
    """Whether the door or the time that is kept belongs to the head, whom the parent ruled out."""
    refused = refused_people(turn)
    held = turn.slot("held") or {}
    at_their_door = bool(refused) and turn.slot("door") == Channel.HEADTEACHER
    return at_their_door or held.get("host") in refused


def go_to_whom_is_wanted(turn: Turn) -> None:
    """Turn to the door of the role that the parent names, unless that door is closed."""
    wanted = wanted_channel(turn)
    if not wanted or turn.intent == "pick_door" or find_role(turn.text) is None:
        return
    about_the_head = UNDER_THE_HEAD if turn.slot("about_head") else frozenset()
    closed = {*(turn.slot("refused") or ()), *about_the_head}
    if wanted.value not in {turn.slot("door"), *closed}:
        turn.keep(door=wanted.value, held=None, when=None)
        turn.steer(wanted)


def change_door_if_it_is_graver(turn: Turn) -> None:
    """Point to the headteacher or the chair when later words show that it belongs there."""
    if turn.intent != "vent" or not turn.text:
        return
    before = heard_before(turn)
    chosen = route(turn.reading, before)
    if chosen.channel in MEETING_DOORS and raises_the_door(before, chosen):
        keep_route(turn, chosen)
        turn.keep(held=None, when=None, acknowledged=None)
        who = next((describe(host) for host in hosts_at(turn, chosen.channel)), "")
        turn.say("utter_door_changed", who=who, reason=chosen.reason)


def answer_to_summary(turn: Turn) -> bool:
    """Take a yes, or a no, to the summary; anything else is a correction."""
    wish = time_of(turn, asked=False)
    said_yes = turn.intent in {"affirm", "book"} and wish is None
    if said_yes or agrees_to(turn, wish, turn.slot("held")["start"]):
        turn.keep(meeting_confirmed=True)
        return True
    if turn.intent == "deny" and wish is None:
        turn.keep(held=None, when=None, meeting_confirmed=None)
        turn.say("utter_what_to_change")
        return True
    return False


def take_child(turn: Turn) -> None:
    """Keep the child as a line of the summary; asked once, then left to the school to ask."""
    child = child_of(turn)
    named = child.name and turn.requested == "child"
    if child.class_name or child.year is not None or named or asked_once(turn, "child"):
        turn.keep(child=say_child(turn))


def take_time(turn: Turn) -> None:
    """Hold a time that was picked or wished for; say so when nothing is free then."""
    picked = picked_slot(turn)
    if picked:
        keep_slot(turn, picked)
        return
    if turn.requested == "when" and takes_the_first(turn):
        offer = times_for(turn, None)
        if offer.matching:
            say_kept(turn, keep_slot(turn, offer.matching[0]))
        return
    held = turn.slot("held")
    wish = at_the_same_time(
        turn,
        time_of(turn, asked=asked_once(turn, "when")),
        from_json(held).starts_at if held else None,
    )
    if wish is None or (not wish.windows and learned(turn)):
        return
    if not wish.windows:
        turn.say("utter_time_not_understood", why=wish.why or "")
        return
    offer = times_for(turn, wish.windows)
    if offer.matching:
        say_kept(turn, keep_slot(turn, offer.matching[0]))
    elif offer.nearest:
        held = keep_slot(turn, offer.nearest[0])
        closed = why_closed(turn, wish.windows[0].start)
        turn.say(
            "utter_nothing_then" if not closed else "utter_closed_then",
            why=closed,
            nearest=say_when(to_london(held.starts_at)),
            choices=time_choices(offer.nearest[1:3]),
        )
    else:
        say_no_times(turn)


def takes_the_first(turn: Turn) -> bool:
    """Whether the parent takes the first of the times on offer, or leaves the choice to us."""
    return turn.intent == "affirm" or bool(ANY_TIME.search(turn.text))


def say_kept(turn: Turn, held: Slot) -> None:
    """Say which time is kept, unless the whole meeting is about to be read back."""
    if not reachable(turn):
        turn.say("utter_time_kept", when=say_when(to_london(held.starts_at)))


def why_closed(turn: Turn, start: datetime) -> str:
    """Return why the school is closed on that day, or nothing when it is open."""
    return turn.desk.calendar.why_closed(to_london(start).date()) or ""
