"""The door of a private talk: the feeling first, then one person with the reason, then the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.doors import describe, hosts_at, other_doors
from actions.gathering import details_of, leading, learned, time_of
from actions.turn import Choice
from assistant.casework.first_words import topic_to_name
from assistant.casework.kinds import Channel

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.casework.routing import Route

ANSWER_WORDS = 25
"""Up to this length a message with a time or a number answers the offer of a talk."""


def say_meeting_door(turn: Turn, chosen: Route) -> None:
    """Offer a private talk; begin it at once when the parent asked to book one."""
    acknowledge(turn)
    if details_of(turn).get("anonymous"):
        begin_without_name(turn)
        return
    hosts = hosts_at(turn, chosen.channel)
    if not hosts:
        turn.say("utter_no_host")
        turn.keep(pending="callback")
        return
    who = describe(hosts[0], child_known=bool(details_of(turn).get("class_name")))
    if turn.intent in {"book", "human"} or wants_a_time(turn):
        begin_meeting(turn, who, chosen.reason)
        return
    same = turn.slot("offered_door") == chosen.channel.value
    response = "utter_door_again" if same else f"utter_door_{chosen.channel.value}"
    turn.keep(offered_door=chosen.channel.value)
    turn.say(
        response,
        who=who,
        reason=chosen.reason,
        choices=[
            Choice("Book a private talk", "/affirm"),
            *other_doors(chosen.alternatives),
            Choice("I want to say more", "/go_on"),
        ],
    )
    if chosen.worry:
        turn.say("utter_is_your_child_safe")
    turn.mark(expects="door")
    turn.keep(pending="safe" if chosen.worry else "door")


def begin_without_name(turn: Turn) -> None:
    """Take it down in writing: a talk cannot be booked for somebody without a name."""
    turn.steer(Channel.COMPLAINT, (Channel.STAFF,))
    turn.say("utter_begin_complaint")
    turn.go_on_with("complaint_form")


def begin_meeting(turn: Turn, who: str, reason: str) -> None:
    """Open the meeting form; after a complaint was begun, say that the right to it is kept."""
    if turn.slot("complaint_begun"):
        turn.keep(complaint_begun=None)
        turn.say("utter_answer_keep_the_right")
    turn.say("utter_begin_meeting", who=who, reason=reason)
    turn.go_on_with("meeting_form")


def wants_a_time(turn: Turn) -> bool:
    """Whether this turn gives a time, a class or a number, as if a talk had been agreed."""
    offered = turn.slot("pending") in {"door", "safe"} and turn.reading.words <= ANSWER_WORDS
    gives = learned(turn) or time_of(turn, asked=False) is not None
    return gives and (offered or turn.intent == "inform")


def acknowledge(turn: Turn) -> None:
    """Say in a few words what was heard, unless it was said before."""
    reading, before = turn.reading, turn.slot("acknowledged")
    topic = topic_to_name(reading.topics)
    if before and topic in {"", before}:
        return
    turn.keep(acknowledged=topic or "any")
    if reading.act in {"threat_to_post", "posted"}:
        turn.say(f"utter_heard_{reading.act}")
    elif reading.act in {"vent", "complain", "disclose"}:
        turn.say(f"utter_heard_{topic}" if topic else "utter_heard")
    if leading(reading.tried, at_least=0.6) not in {"", "none"} and reading.act == "vent":
        turn.say("utter_heard_tried")
