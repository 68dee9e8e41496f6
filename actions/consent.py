"""A plain yes or no outside a form: what it answers is whatever was offered last."""

from __future__ import annotations

import re

from actions.base import SchoolAction
from actions.doors import MEETING_DOORS, TITLE_CALL_BACK, describe, door_choice, hosts_at
from actions.gathering import details_of
from actions.heard import UNDER_THE_HEAD, keep_route
from actions.safety import pass_on, stay_with_safety, still_unsafe
from actions.turn import Choice, Turn
from assistant.casework.kinds import Channel
from assistant.casework.reasons import reason_for
from assistant.casework.routing import ANSWERING, Route, beside

FORMS = {
    Channel.STAFF: "meeting_form",
    Channel.HEADTEACHER: "meeting_form",
    Channel.GOVERNORS: "meeting_form",
    Channel.COMPLAINT: "complaint_form",
}


SENDS = re.compile(r"\b(?:send|submit|put) (?:it|that|this)\b", re.IGNORECASE)
"""A wish to send what was told, before any form was begun."""


class Yes(SchoolAction):
    """Go through the door that was offered."""

    called = "action_yes"

    def act(self, turn: Turn) -> None:
        """Begin what the parent agreed to; a yes to nothing is asked about."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        pending, door = turn.slot("pending"), turn.slot("door")
        turn.keep(pending=None)
        if pending == "callback":
            turn.go_on_with("call_back_form")
        elif pending == "pass_on":
            pass_on(turn)
        elif pending in {"door", "safe", "danger_over"} and door:
            begin(turn, Channel(door))
        elif turn.slot("matter") and SENDS.search(turn.text):
            begin(turn, Channel.COMPLAINT)
        else:
            turn.steer(Channel.SMALLTALK)
            turn.say("utter_anything_else")


class No(SchoolAction):
    """Leave the door that was offered, without pressing."""

    called = "action_no"

    def act(self, turn: Turn) -> None:
        """Offer the other ways on; a no to the safety question is taken seriously."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        if turn.slot("pending") == "safe":
            turn.steer(Channel.SAFEGUARDING, (Channel.STAFF,))
            turn.say(
                "utter_not_safe_or_not_now",
                choices=[
                    door_choice(Channel.SAFEGUARDING),
                    Choice("I only meant not now", "/stop"),
                ],
            )
        else:
            turn.steer(Channel(turn.slot("door") or Channel.SERVICE))
            turn.say(
                "utter_no_problem",
                choices=[
                    Choice("I want to say more", "/go_on"),
                    Choice(TITLE_CALL_BACK, "/human"),
                    door_choice(Channel.COMPLAINT),
                ],
            )
        turn.keep(pending=None)


class PickDoor(SchoolAction):
    """Go to the door whose button was pressed."""

    called = "action_pick_door"

    def act(self, turn: Turn) -> None:
        """Begin the form of that door, or say what stands behind it."""
        channel = Channel(turn.picked.get("door", Channel.ASK))
        about_head = bool(turn.slot("about_head"))
        if about_head and channel in UNDER_THE_HEAD:
            channel = Channel.GOVERNORS
        turn.keep(refused=[one for one in turn.slot("refused") or () if one != channel])
        chosen = Route(channel, beside(channel), reason_for(channel), about_head=about_head)
        keep_route(turn, chosen)
        if channel in FORMS:
            begin(turn, channel)
        elif channel is Channel.SERVICE:
            turn.go_on_with("call_back_form")
        elif channel is Channel.SAFEGUARDING and turn.slot("matter"):
            pass_on(turn)
        else:
            turn.mark(help=channel in {Channel.SAFEGUARDING, Channel.EMERGENCY, Channel.WELLBEING})
            turn.say(f"utter_picked_{channel.value}")


def begin(turn: Turn, channel: Channel) -> None:
    """Open the form behind a door."""
    turn.steer(channel, beside(channel), reason_for(channel))
    turn.keep(door=channel.value, pending=None)
    if channel in MEETING_DOORS:
        hosts = hosts_at(turn, channel)
        if not hosts:
            turn.say("utter_no_host")
            turn.go_on_with("call_back_form")
            return
        known = bool(details_of(turn).get("class_name"))
        turn.say("utter_begin_meeting", who=describe(hosts[0], child_known=known), reason="")
    else:
        turn.keep(complaint_begun=True)
        turn.say("utter_begin_complaint")
    turn.go_on_with(FORMS[channel])


class GoOn(SchoolAction):
    """Let the parent say more."""

    called = "action_go_on"

    def act(self, turn: Turn) -> None:
        """Listen."""
        turn.steer(Channel(turn.slot("door") or Channel.ASK))
        turn.mark(expects="point")
        turn.say("utter_go_on")


class Stop(SchoolAction):
    """Stop what was begun; nothing has gone to anyone."""

    called = "action_stop"

    def act(self, turn: Turn) -> None:
        """Say that nothing was sent, and what is kept."""
        last = turn.slot("last_channel")
        answered = last if last in ANSWERING else None
        turn.steer(Channel(turn.slot("door") or answered or Channel.SERVICE))
        turn.keep(
            pending=None,
            when=None,
            held=None,
            meeting_confirmed=None,
            complaint_confirmed=None,
            change_confirmed=None,
            new_when=None,
        )
        turn.say("utter_stopped")
