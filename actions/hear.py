"""Hear a parent out: say what was heard, offer one door with the reason, others beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.answers import answer_for, outside_route_for
from actions.base import SchoolAction
from actions.doors import MEETING_DOORS, describe, hosts_at, other_doors
from actions.gathering import details_of, gather, leading, learned, time_of
from actions.languages import greet_in_own_language
from actions.own_records import records_of
from actions.safety import offer_to_pass_on, stay_with_safety, still_unsafe
from actions.status import say_status
from actions.turn import Choice, Turn
from assistant.casework.kinds import Channel, Role
from assistant.casework.routing import Heard, Route, route

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.casework.reading import Reading

CHANNEL_OF_ROLE = {
    Role.HEADTEACHER: Channel.HEADTEACHER,
    Role.EXECUTIVE_HEAD: Channel.GOVERNORS,
    Role.CHAIR: Channel.GOVERNORS,
    Role.VICE_CHAIR: Channel.GOVERNORS,
    Role.GOVERNOR: Channel.GOVERNORS,
    Role.CLERK: Channel.GOVERNORS,
}
"""Where somebody who is asked for by role is met; everybody else is staff."""

GRAVE_TOPICS = (
    "racism_discrimination",
    "bullying",
    "injury",
    "medical_allergy",
    "sen_support",
    "exclusion",
    "school_refusal",
    "teacher_conduct",
)
"""Topics that would be belittled if a lighter one were named instead."""
ANSWER_WORDS = 25
"""Up to this length a message with a time or a number answers the offer of a talk."""
GRAVE_AT = 0.3
NAME_AT = 0.55

TITLE_CALL_BACK = "Ask someone to ring me"


class Hear(SchoolAction):
    """Route what was said, and offer the door."""

    called = "action_hear"

    def act(self, turn: Turn) -> None:
        """Answer a message that tells or asks something."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        gather(turn)
        if turn.reading.language != "en" and greet_in_own_language(turn):
            return
        chosen = route(turn.reading, heard_before(turn))
        if asks_after_records(turn, chosen):
            say_status(turn)
            return
        keep_route(turn, chosen)
        formal = turn.intent == "complain" and chosen.channel is Channel.GOVERNORS
        (say_complaint if formal else SAYINGS[chosen.channel])(turn, chosen)


def asks_after_records(turn: Turn, chosen: Route) -> bool:
    """Whether a question goes on from the status that was just told."""
    vague = {Channel.ASK, Channel.SERVICE, Channel.SMALLTALK, Channel.POLICY}
    told = turn.slot("last_channel") == Channel.SERVICE.value
    return told and chosen.channel in vague and bool(records_of(turn))


def heard_before(turn: Turn) -> Heard:
    """Return what earlier turns settled."""
    door, last = turn.slot("door"), turn.slot("last_channel")
    return Heard(
        about_head=bool(turn.slot("about_head")) or is_about_the_head(turn),
        wanted=wanted_channel(turn),
        door=Channel(door) if door else None,
        last=Channel(last) if last else None,
    )


def is_about_the_head(turn: Turn) -> bool:
    """Whether somebody whom the matter is about leads the school."""
    people = turn.desk.school.by_id
    return any(Role.HEADTEACHER in people[one].roles for one in turn.slot("subjects") or ())


def wanted_channel(turn: Turn) -> Channel | None:
    """Return the channel of the person or role that the parent asks to see."""
    role = details_of(turn).get("role_wanted")
    named = turn.desk.school.by_id.get(turn.slot("wanted_staff") or "")
    wanted = named.role if named else Role(role) if role else None
    return CHANNEL_OF_ROLE.get(wanted, Channel.STAFF) if wanted else None


def keep_route(turn: Turn, chosen: Route) -> None:
    """Keep the door for the turns that follow and mark it on this one."""
    turn.steer(chosen.channel, chosen.alternatives, chosen.reason)
    turn.keep(about_head=chosen.about_head, last_channel=chosen.channel.value)
    if chosen.channel in {*MEETING_DOORS, Channel.COMPLAINT}:
        turn.keep(door=chosen.channel.value)


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
    reading = turn.reading
    topic = topic_to_name(reading)
    if turn.slot("acknowledged") in {topic, "any"}:
        return
    turn.keep(acknowledged=topic or "any")
    if reading.act in {"threat_to_post", "posted"}:
        turn.say(f"utter_heard_{reading.act}")
    elif reading.act in {"vent", "complain", "disclose"}:
        turn.say(f"utter_heard_{topic}" if topic else "utter_heard")
    if leading(reading.tried, at_least=0.6) not in {"", "none"} and reading.act == "vent":
        turn.say("utter_heard_tried")


def topic_to_name(reading: Reading) -> str:
    """Return the topic to name in the first words: a grave one before a clear one, or none."""
    grave = {name: reading.topics.get(name, 0.0) for name in GRAVE_TOPICS}
    found = leading(grave, at_least=GRAVE_AT) or leading(reading.topics, at_least=NAME_AT)
    return "" if found == "none" else found


def say_complaint(turn: Turn, chosen: Route) -> None:
    """Begin the formal route when it was asked for; else offer it."""
    acknowledge(turn)
    if turn.intent == "complain":
        turn.keep(complaint_begun=True)
        turn.say("utter_begin_complaint")
        turn.go_on_with("complaint_form")
        return
    doors = chosen.alternatives
    turn.say(
        "utter_door_complaint",
        reason=chosen.reason,
        choices=[
            Choice("Make a formal complaint", "/affirm"),
            *other_doors(doors),
            Choice("I want to say more", "/go_on"),
        ],
    )
    turn.mark(expects="door")
    turn.keep(pending="door")


def say_statutory(turn: Turn, chosen: Route) -> None:
    """Name the route outside the complaints process, and what the school itself can still do."""
    found = outside_route_for(turn)
    if found:
        turn.say("utter_outside_route", name=found.name, what=found.what_for, contact=found.contact)
    else:
        turn.say("utter_outside_route_unknown")
    turn.say("utter_outside_route_and_school", choices=other_doors(chosen.alternatives))


def say_policy(turn: Turn, chosen: Route) -> None:
    """Answer from the school's own settings, then offer the private door."""
    response, facts = answer_for(turn)
    turn.say(response, choices=other_doors(chosen.alternatives), **facts)
    held = turn.slot("pending") in {"forget", "callback"}
    if not held and chosen.alternatives and chosen.alternatives[0] in MEETING_DOORS:
        turn.keep(pending="door", door=chosen.alternatives[0].value)


def say_ask(turn: Turn, chosen: Route) -> None:
    """Ask one open question; the second time in a row offer a person as well."""
    asked = int(turn.slot("asked_open") or 0)
    turn.keep(asked_open=asked + 1)
    turn.mark(expects="point")
    if asked:
        turn.say(
            "utter_ask_more_again",
            choices=[
                Choice(TITLE_CALL_BACK, "/human"),
                *other_doors((Channel.STAFF,)),
            ],
        )
    else:
        turn.say("utter_ask_more")


def say_plain(response: str) -> Callable[[Turn, Route], None]:
    """Return a saying that is one response of the domain."""

    def say(turn: Turn, chosen: Route) -> None:
        turn.say(response)

    return say


SAYINGS: dict[Channel, Callable[[Turn, Route], Any]] = {
    Channel.STAFF: say_meeting_door,
    Channel.HEADTEACHER: say_meeting_door,
    Channel.GOVERNORS: say_meeting_door,
    Channel.COMPLAINT: say_complaint,
    Channel.STATUTORY: say_statutory,
    Channel.POLICY: say_policy,
    Channel.ASK: say_ask,
    Channel.SERVICE: say_plain("utter_service"),
    Channel.SMALLTALK: say_plain("utter_smalltalk"),
    Channel.OUT_OF_SCOPE: say_plain("utter_out_of_scope"),
    Channel.SAFEGUARDING: offer_to_pass_on,
    Channel.EMERGENCY: say_plain("utter_picked_emergency"),
    Channel.WELLBEING: say_plain("utter_picked_wellbeing"),
    Channel.MODERATION: say_plain("utter_boundary"),
}
