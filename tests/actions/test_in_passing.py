"""A short question in the middle is answered, and the door that stands open stays open."""

from __future__ import annotations

import pytest

from actions.hear import asks_in_passing
from assistant.services.desk import Desk
from tests.actions.hearing import HOMEWORK, STORY, agree, hear, told
from tests.actions.talk import Talk, goes_on_with

QUESTIONS = [
    ("who reads this", "utter_answer_who_reads"),
    ("will this be held against my son?", "utter_answer_held_against"),
    ("can i stay anonymous?", "utter_answer_anonymous"),
    ("what's the difference between a concern and a complaint?", "utter_answer_difference"),
    ("can i bring someone", "utter_answer_bring_someone"),
]


@pytest.mark.parametrize("intent", ["ask_policy", "ask_info", "vent", "nonsense"])
@pytest.mark.parametrize(("text", "reply"), QUESTIONS)
def test_a_question_in_the_middle_is_answered_and_the_door_stays_open(
    desk: Desk, text: str, reply: str, intent: str
) -> None:
    talk = told(desk)
    said, turn = hear(talk, text, intent)
    assert list(said) == [reply]
    assert (talk.slots["door"], talk.slots["pending"]) == ("staff", "door")
    assert turn.marks["expects"] == "door"
    assert [one["title"] for one in said[reply]["buttons"]] == ["Go on with it"]
    _, turn = agree(talk)
    assert goes_on_with(turn) == "meeting_form"


@pytest.mark.parametrize(("text", "_reply"), QUESTIONS)
def test_a_first_message_asks_nothing_in_passing(desk: Desk, text: str, _reply: str) -> None:
    assert not asks_in_passing(Talk(desk).hears(text, "ask_policy"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("book it but keep it anonymous", "book"),
        ("put it in as a complaint without my name", "complain"),
        ("get me somebody, and an interpreter", "human"),
    ],
)
def test_an_order_is_no_question_in_passing(desk: Desk, text: str, intent: str) -> None:
    talk = told(desk)
    assert not asks_in_passing(talk.hears(text, intent))
    assert asks_in_passing(talk.hears(text, "vent")), "the words point to a written answer"


def test_a_question_heard_as_an_order_is_answered_all_the_same(desk: Desk) -> None:
    said, turn = hear(told(desk), "can i stay anonymous if i complain?", "complain")
    assert list(said) == ["utter_answer_anonymous"]
    assert goes_on_with(turn) is None


def test_a_long_message_tells_something_beside_its_question(desk: Desk) -> None:
    talk = told(desk)
    text = f"{STORY}, and can i stay anonymous?"
    assert not asks_in_passing(talk.hears(text, "vent", reading=HOMEWORK))


def test_a_question_in_passing_is_no_part_of_the_account(desk: Desk) -> None:
    talk = told(desk)
    before = talk.slots["matter"]
    hear(talk, "will this be held against my son?", "ask_info")
    assert talk.slots["matter"] == before


def test_with_no_door_on_offer_the_answer_offers_nothing_to_go_on_with(desk: Desk) -> None:
    talk = told(desk)
    talk.slots["pending"] = None
    said, turn = hear(talk, "who reads this", "ask_policy")
    assert said["utter_answer_who_reads"]["buttons"] == []
    assert "expects" not in turn.marks
