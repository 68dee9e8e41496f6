"""Hear a parent out: say what was heard, offer one door with the reason, others beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.gathering import gather, leading
from actions.heard import heard_before, keep_route
from actions.languages import greet_in_own_language
from actions.own_records import records_of
from actions.safety import stay_with_safety, still_unsafe
from actions.sayings import SAYINGS, answer_in_passing, say_complaint
from actions.status import say_status
from assistant.casework.kinds import Channel
from assistant.casework.own_record_words import has_one_already, wants_a_change
from assistant.casework.questions import TOPIC_ROUTES, which_answer
from assistant.casework.routing import route

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.casework.routing import Route


SHORT_QUESTION = 15
ANSWERED_IN_PASSING = frozenset(
    {"who_reads", "held_against", "anonymous", "how_long", "difference", "keep_the_right"}
)
"""Written answers that are given without leaving the door that stands open."""


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
        chosen = route(turn.reading, heard_before(turn))
        if asks_in_passing(turn):
            answer_in_passing(turn)
            return
        if asks_after_records(turn, chosen):
            say_status(turn)
            return
        keep_route(turn, chosen)
        formal = turn.intent == "complain" and chosen.channel is Channel.GOVERNORS
        (say_complaint if formal else SAYINGS[chosen.channel])(turn, chosen)


def goes_on_about_a_record(turn: Turn) -> bool:
    """Go over to changing or to telling the status, when the parent speaks of their own record."""
    if not has_one_already(turn.text):
        return False
    if wants_a_change(turn.text):
        turn.go_on_with("action_change")
    elif records_of(turn):
        say_status(turn)
    else:
        return False
    return True


def keep_outside_topic(turn: Turn) -> None:
    """Keep a topic that points to a body outside the school, for short questions after it."""
    topic = leading(turn.reading.topics)
    if topic in TOPIC_ROUTES:
        turn.keep(topic=topic)


def asks_in_passing(turn: Turn) -> bool:
    """Whether a short question about how this works is asked while a door stands open."""
    short = turn.reading.words <= SHORT_QUESTION and turn.text.rstrip().endswith("?")
    asked = which_answer(turn.text) if short and turn.slot("pending") in {"door", "safe"} else ""
    return asked in ANSWERED_IN_PASSING


def asks_after_records(turn: Turn, chosen: Route) -> bool:
    """Whether a question goes on from the status that was just told."""
    vague = {Channel.ASK, Channel.SERVICE, Channel.SMALLTALK, Channel.POLICY}
    told = turn.slot("last_channel") == Channel.SERVICE.value
    return told and chosen.channel in vague and bool(records_of(turn))
