"""Hear a parent out: say what was heard, offer one door with the reason, others beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.answers import asks_how, keep_outside_topic
from actions.base import SchoolAction
from actions.consent import begin
from actions.gathering import gather
from actions.heard import heard_before, keep_route, open_doors, wanted_channel
from actions.languages import greet_in_own_language
from actions.meeting_door import wants_a_time
from actions.own_records import records_of
from actions.safety import (
    ASKS,
    is_calm_again,
    names_somebody,
    pass_on,
    stay_with_safety,
    still_unsafe,
    welcome_back,
)
from actions.sayings import (
    SAYINGS,
    answer_in_passing,
    is_about_a_post,
    say_before_posting,
    say_complaint,
    say_outside_again,
)
from actions.status import goes_on_about_a_record, say_status
from assistant.casework.details import wants_nothing
from assistant.casework.kinds import Channel
from assistant.casework.questions import follows_up_status
from assistant.casework.routing import SURE_AT, asks_formally, route, tells_a_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from actions.turn import Turn
    from assistant.casework.routing import Route


WHOM_TO_TELL = re.compile(
    r"\bwho\b.{0,25}\b(?:tell|speak|talk|ask|ring|contact|let know)\b", re.IGNORECASE
)
ORDERS = frozenset({"book", "complain", "human", "status", "change", "delete"})
"""Acts that ask for something to be done; a question among them has to look like one."""
VAGUE = frozenset({Channel.ASK, Channel.SERVICE, Channel.SMALLTALK, Channel.POLICY})
"""Channels of messages that go on from what was answered before."""
SENT_APART = frozenset({Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS, Channel.COMPLAINT})
"""Doors at which several matters can be handed in one by one."""
GOING_ELSEWHERE = ORDERS - {"book"} | {"ask_channel", "ask_policy", "threat_to_post", "posted"}
"""Acts by which a name or a time is no answer to the door that was offered."""


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
        if goes_on_about_a_record(turn):
            return
        keep_outside_topic(turn)
        answer = next((answer for asked, answer in ANSWERS if asked(turn)), None)
        if answer:
            answer(turn)
            return
        chosen = route(turn.reading, heard_before(turn))
        if asks_after_records(turn, chosen):
            say_status(turn)
            return
        if goes_on_outside(turn, chosen):
            say_outside_again(turn)
            return
        keep_route(turn, chosen)
        saying_for(turn, chosen)(turn, chosen)
        say_several(turn, chosen)


def saying_for(turn: Turn, chosen: Route) -> Callable[[Turn, Route], None]:
    """Return what is said at the channel, in view of how it came up."""
    if is_about_a_post(turn, chosen):
        return say_before_posting
    formal = asks_formally(turn.reading) and chosen.channel is Channel.GOVERNORS
    return say_complaint if formal else SAYINGS[chosen.channel]


def say_several(turn: Turn, chosen: Route) -> None:
    """Tell that several matters were heard, and where they are sorted before anything is sent."""
    count = int(turn.tracker.latest_message.get("points") or 0)
    if count > 1 and chosen.channel in SENT_APART and not chosen.worry:
        check = f"{turn.desk.settings.public_url}/check"
        turn.say("utter_several_matters", count=count, check=check)


def asks_in_passing(turn: Turn) -> bool:
    """Whether a short question about how this works comes after something else was said."""
    first = not (turn.slot("last_channel") or turn.slot("door"))
    ordered = turn.intent in ORDERS and not ASKS.search(turn.text)
    return not first and not ordered and asks_how(turn)


def asks_whom_after_danger(turn: Turn) -> bool:
    """Whether the parent asks whom to tell at school once a danger has passed."""
    over = turn.slot("pending") == "danger_over" and wanted_channel(turn) is None
    return over and (turn.intent == "ask_channel" or bool(WHOM_TO_TELL.search(turn.text)))


def asks_after_records(turn: Turn, chosen: Route) -> bool:
    """Whether a question goes on from the status that was just told."""
    told = turn.slot("last_channel") == Channel.SERVICE.value
    asks_on = chosen.channel in VAGUE or follows_up_status(turn.text)
    return told and asks_on and bool(records_of(turn))


def goes_on_outside(turn: Turn, chosen: Route) -> bool:
    """Whether nothing new is told after a route outside the school was named."""
    named = turn.slot("last_channel") == Channel.STATUTORY.value and turn.slot("last_answer")
    vague = chosen.channel in {*VAGUE, Channel.STATUTORY}
    told = tells_a_matter(turn.reading) and not names_somebody(turn)
    return bool(named) and vague and not told and turn.intent not in {*ORDERS, "thanks"}


def goes_through_the_door(turn: Turn) -> bool:
    """Whether a name, a class, a number or a time answers the door that was offered."""
    told = any(score >= SURE_AT for name, score in turn.reading.topics.items() if name != "none")
    open_door = turn.slot("pending") == "door" and turn.slot("door")
    elsewhere = turn.intent in GOING_ELSEWHERE or wanted_channel(turn) not in {
        None,
        turn.slot("door"),
    }
    declined = told or elsewhere or wants_nothing(turn.text)
    return bool(open_door) and not declined and wants_a_time(turn)


def open_the_door(turn: Turn) -> None:
    """Begin what stands behind the door; the form takes what this turn gave.

    Where this very turn tells that it is about the head, the governors' door stands for the head's.
    """
    door, *_ = open_doors(turn, (Channel(turn.slot("door")),))
    begin(turn, door)


ANSWERS: Sequence[tuple[Callable[[Turn], bool], Callable[[Turn], None]]] = (
    (is_calm_again, welcome_back),
    (asks_whom_after_danger, pass_on),
    (asks_in_passing, answer_in_passing),
    (goes_through_the_door, open_the_door),
)
"""What is answered before any door is thought of: when, and how."""
