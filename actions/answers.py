"""Written answers and outside routes: which one is asked for, with the school's own facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.answer_facts import facts_of_school
from actions.gathering import leading
from assistant.casework.questions import (
    TOPIC_ROUTES,
    Spoken,
    goes_on_from,
    is_sure,
    outside_answer,
    which_answer,
    which_outside_routes,
)
from assistant.casework.routing import CLEAR_TOPIC_AT

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.casework.school_shapes import OutsideRoute

SHORT_QUESTION = 15
"""Words; a longer message tells something beside its question."""
PLAIN_TOPIC_AT = 0.75
"""From this probability a later topic takes the place of one that was kept."""
POSTING = frozenset({"posted", "threat_to_post"})
"""Acts that tell of a post on social media."""


def answer_for(turn: Turn) -> tuple[str, dict[str, Any]]:
    """Return the reply that answers the question, with the facts for its blanks."""
    name = which_answer(turn.text, spoken_before(turn))
    turn.keep(last_answer=name)
    return f"utter_answer_{name}", facts_of(turn)


def goes_on(turn: Turn) -> bool:
    """Whether the message is a question that goes on from what was answered before."""
    return bool(turn.text) and goes_on_from(turn.text, spoken_before(turn))


def asks_how(turn: Turn) -> bool:
    """Whether the message is a short question that one written answer surely meets."""
    short = 0 < len(turn.text.split()) <= SHORT_QUESTION
    return short and (goes_on(turn) or is_sure(turn.text, spoken_before(turn)))


def spoken_before(turn: Turn) -> Spoken:
    """Return what was spoken of before, for questions that say little by themselves."""
    return Spoken(
        answer=turn.slot("last_answer") or "",
        topic=turn.slot("topic") or "",
        channel=turn.slot("last_channel") or "",
        posting=told_of_posting(turn),
    )


def told_of_posting(turn: Turn) -> bool:
    """Whether the parent has told of a post, or of the wish to post, in this chat."""
    heard = (event for event in turn.tracker.events if event.get("event") == "user")
    intents = ((event.get("parse_data") or {}).get("intent") or {} for event in heard)
    return any(intent.get("name") in POSTING for intent in intents)


def facts_of(turn: Turn) -> dict[str, Any]:
    """Return what written answers quote from the school's settings."""
    return facts_of_school(turn.desk.school)


def keep_outside_topic(turn: Turn) -> None:
    """Keep a topic that points to a body outside the school, for short questions after it.

    Another takes its place only when it is plain: the council sends fines and plans alike.
    """
    at_least = PLAIN_TOPIC_AT if turn.slot("topic") else CLEAR_TOPIC_AT
    topic = leading(turn.reading.topics, at_least=at_least)
    if topic in TOPIC_ROUTES:
        turn.keep(topic=topic)


def outside_route_for(turn: Turn) -> OutsideRoute | None:
    """Return the body outside the school that decides this matter, if the settings name one."""
    routes = {route.id: route for route in turn.desk.school.outside_routes}
    keep_outside_topic(turn)
    wanted = which_outside_routes(turn.text, turn.slot("topic"))
    found = next((routes[name] for name in wanted if name in routes), None)
    if found:
        turn.keep(last_answer=outside_answer(found.id))
    return found
