"""Parents who come back about a record: it is made as the runner of dialogues makes it."""

from __future__ import annotations

from typing import Any

from actions.status import goes_on_about_a_record
from actions.turn import Turn
from assistant.evaluation.earlier import earlier_records
from assistant.evaluation.make_earlier import make_earlier
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from assistant.services.shapes import RecordView
from tests.actions.talk import Talk

TUTOR = (
    "i booked a meeting on here yesterday with my sons form tutor, thursday 26th 3.30, Callum "
    "Reece 9B, im Tony Reece 07700 900922. is it still on? never got a text"
)
SENCO = (
    "need to move a meeting booked on here, its with the SENCO on friday 27th november 2pm, for "
    "Kezia Boateng 3J, im Ama Boateng 07700 900588"
)
COMPLAINT = "i put in a complaint last week, im Dee Farrow 07700 900733, whats happening with it"


def come_back(desk: Desk, first: str) -> Talk:
    """Begin a talk in which what the first words say exists."""
    talk = Talk(desk)
    make_earlier(desk, talk.id, earlier_records(first, desk.clock.now(), desk.calendar), [first])
    assert records(talk)
    return talk


def records(talk: Talk) -> list[RecordView]:
    return find_records(talk.desk, conversation_id=talk.id)


def hear(talk: Talk, text: str, intent: str = "inform") -> tuple[dict[str, Any], Turn]:
    """Let the parent's own records answer; the first of the pair is empty where they do not."""
    turn = talk.hears(text, intent)
    goes_on_about_a_record(turn)
    return talk.ends(turn), turn
