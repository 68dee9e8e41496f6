"""What is said at each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.answers import POSTING, answer_for, outside_route_for, spoken_before
from actions.doors import MEETING_DOORS, TITLE_CALL_BACK, other_doors
from actions.meeting_door import acknowledge, say_meeting_door
from actions.safety import meet_danger, offer_to_pass_on
from actions.turn import Choice
from assistant.casework.kinds import Channel
from assistant.casework.questions import is_sure

if TYPE_CHECKING:
    from collections.abc import Callable

    from actions.turn import Turn
    from assistant.casework.routing import Route
    from assistant.casework.school_shapes import OutsideRoute

DATA_PROTECTION = "data_protection"
"""The id of the route outside for which the school has a page of its own."""


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
        contact = _contact(turn, found)
        turn.say("utter_outside_route", name=found.name, what=found.what_for, contact=contact)
    else:
        turn.say("utter_outside_route_unknown")
    turn.say("utter_outside_route_and_school", choices=other_doors(chosen.alternatives))


def _contact(turn: Turn, route: OutsideRoute) -> str:
    """Return how to reach the route; for personal data the school has a page of its own."""
    if route.id != DATA_PROTECTION:
        return route.contact
    return f"{turn.desk.settings.public_url}/data-protection, or {route.contact}"


def say_outside_again(turn: Turn) -> None:
    """Say shortly where the matter goes, without leaving that route."""
    found = outside_route_for(turn)
    turn.steer(Channel.STATUTORY, (Channel.HEADTEACHER,))
    if found:
        turn.say("utter_outside_route_again", name=found.name, contact=_contact(turn, found))
    else:
        turn.say("utter_outside_route_unknown")


def say_policy(turn: Turn, chosen: Route) -> None:
    """Answer from the school's own settings, then offer the private door."""
    response, facts = answer_for(turn)
    turn.say(response, choices=other_doors(chosen.alternatives), **facts)
    held = turn.slot("pending") in {"forget", "callback"}
    if not held and chosen.alternatives and chosen.alternatives[0] in MEETING_DOORS:
        turn.keep(pending="door", door=chosen.alternatives[0].value)


def answer_in_passing(turn: Turn) -> None:
    """Answer a short question and leave the door that was offered open."""
    response, facts = answer_for(turn)
    outside = turn.slot("last_channel") == Channel.STATUTORY.value
    about = Channel.STATUTORY if outside else Channel.POLICY
    turn.steer(about, (Channel(turn.slot("door") or Channel.STAFF),))
    turn.keep(last_channel=turn.slot("last_channel") or Channel.POLICY.value)
    held = turn.slot("pending") in {"door", "safe"}
    if held:
        turn.mark(expects="door")
    turn.say(response, choices=[Choice("Go on with it", "/affirm")] if held else [], **facts)


def is_about_a_post(turn: Turn, chosen: Route) -> bool:
    """Whether the parent tells of a post, or means to post, and little of what is behind it."""
    vague = chosen.channel in {Channel.ASK, Channel.POLICY}
    return vague and turn.intent in POSTING and not is_sure(turn.text, spoken_before(turn))


def say_before_posting(turn: Turn, chosen: Route) -> None:
    """Say why private works better, never what follows a post; a person is one tap away."""
    turn.mark(expects="point")
    turn.say(
        "utter_after_posting" if turn.intent == "posted" else "utter_before_posting",
        choices=[*other_doors((Channel.STAFF,)), Choice(TITLE_CALL_BACK, "/human")],
    )


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
    Channel.EMERGENCY: meet_danger,
    Channel.WELLBEING: say_plain("utter_picked_wellbeing"),
    Channel.MODERATION: say_plain("utter_boundary"),
}
