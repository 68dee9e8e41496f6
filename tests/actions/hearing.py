"""Parents outside a form: a message is heard with the reading that the brain would give it."""

from __future__ import annotations

from typing import Any

from actions.consent import Yes
from actions.hear import Hear
from actions.turn import Turn
from assistant.casework.reading import Reading
from assistant.services.desk import Desk
from tests.actions.talk import SILENCE, Talk

HOMEWORK = Reading(doors={"staff": 0.8}, topics={"homework": 0.9})
GRAVE = Reading(doors={"headteacher": 0.8, "staff": 0.3}, topics={"bullying": 0.9})
STORY = "his homework has been lost three times now and nobody will tell me why it happens"


def hear(
    talk: Talk, text: str, intent: str = "vent", reading: Reading = SILENCE
) -> tuple[dict[str, Any], Turn]:
    """Let the assistant hear the parent out; return what it said and the turn."""
    turn = talk.hears(text, intent, reading=reading)
    Hear(talk.desk).act(turn)
    return talk.ends(turn), turn


def agree(talk: Talk) -> tuple[dict[str, Any], Turn]:
    """Say a plain yes."""
    turn = talk.hears("yes please", "affirm")
    Yes(talk.desk).act(turn)
    return talk.ends(turn), turn


def told(desk: Desk, reading: Reading = HOMEWORK) -> Talk:
    """Begin a talk in which the parent told a story and a door was offered."""
    talk = Talk(desk)
    hear(talk, STORY, "vent", reading)
    assert talk.slots["pending"] == "door"
    return talk
