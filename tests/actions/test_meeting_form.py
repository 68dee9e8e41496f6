"""The meeting form goes to whoever is named, and asks nothing for ever."""

from __future__ import annotations

from typing import Any

import pytest

from actions.forms import ASKED_ENOUGH
from actions.meeting_form import ValidateMeetingForm
from actions.turn import Turn
from assistant.services.desk import Desk
from tests.actions.hearing import GRAVE, HOMEWORK, told
from tests.actions.talk import Talk

HELD = {
    "held": {
        "host": "mrs-cartwright",
        "start": "2026-12-02T14:00:00+00:00",
        "end": "2026-12-02T14:30:00+00:00",
        "modes": ["in_person"],
    },
    "when": "Wednesday 2 December, 2pm",
}


def answer(talk: Talk, text: str, intent: str = "inform", *, to: str = "child") -> Turn:
    """Say something inside the meeting form that asked for ``to``."""
    talk.slots["requested_slot"] = to
    turn = talk.hears(text, intent, form="meeting_form")
    ValidateMeetingForm(talk.desk).act(turn)
    talk.ends(turn)
    return turn


@pytest.mark.parametrize("intent", ["inform", "book", "vent"])
@pytest.mark.parametrize(
    ("words", "door"),
    [
        ("actually can i see the headteacher", "headteacher"),
        ("i would rather see the head", "headteacher"),
        ("can we meet the chair of governors please", "governors"),
    ],
)
def test_who_names_another_role_is_turned_to_that_door(
    desk: Desk, words: str, door: str, intent: str
) -> None:
    talk = told(desk)
    talk.slots |= HELD
    turn = answer(talk, words, intent)
    assert (talk.slots["door"], turn.marks["channel"]) == (door, door)
    assert (talk.slots["held"], talk.slots["when"]) == (None, None)


def test_who_names_a_teacher_is_turned_back_from_the_head(desk: Desk) -> None:
    talk = told(desk, GRAVE)
    answer(talk, "can i see his class teacher instead", "book")
    assert talk.slots["door"] == "staff"


def test_whoever_stands_behind_the_open_door_moves_nothing(desk: Desk) -> None:
    talk = told(desk)
    talk.slots |= HELD
    answer(talk, "can i see the SENCO", "book")
    assert talk.slots["door"] == "staff"
    assert talk.slots["held"] == HELD["held"]


def test_the_role_that_was_named_before_is_not_turned_to_again(desk: Desk) -> None:
    talk = told(desk)
    talk.slots |= {"details": {"role_wanted": "headteacher"}}
    answer(talk, "Kezia Boateng 3J")
    assert talk.slots["door"] == "staff"


@pytest.mark.parametrize(
    ("closed", "words", "door"),
    [
        ({"about_head": True}, "can i see the headteacher", "governors"),
        ({"about_head": True}, "can i see his class teacher", "governors"),
    ],
)
def test_a_closed_door_is_not_opened_by_a_name(
    desk: Desk, closed: dict[str, Any], words: str, door: str
) -> None:
    talk = told(desk, HOMEWORK)
    talk.slots |= {**closed, "door": door, "subjects": ["mrs-ashworth"]}
    answer(talk, words, "book")
    assert talk.slots["door"] == door


def test_words_that_only_speak_of_a_head_who_was_ruled_out_open_no_door(desk: Desk) -> None:
    talk = told(desk, HOMEWORK)
    talk.slots |= {"refused": ["headteacher"], "details": {"role_wanted": "headteacher"}}
    answer(talk, "i want anyone but the head please", "inform")
    assert talk.slots["door"] == "staff"


def test_a_mere_yes_to_which_child_is_not_asked_for_ever(desk: Desk) -> None:
    talk = told(desk)
    for _ in range(ASKED_ENOUGH - 1):
        answer(talk, "yes", "affirm")
        assert not talk.slots.get("child")
    answer(talk, "yes", "affirm")
    assert talk.slots["child"]


def test_anything_else_than_a_yes_is_asked_once(desk: Desk) -> None:
    talk = told(desk)
    answer(talk, "i would rather not say", "deny")
    assert talk.slots["child"]


def test_a_question_leaves_the_child_to_be_asked_for_again(desk: Desk) -> None:
    talk = told(desk)
    answer(talk, "can i bring someone?", "ask_info")
    assert not talk.slots.get("child")
