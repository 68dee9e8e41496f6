"""A parent who will post, or has posted, meets no threat: why private, and one tap to a person."""

from __future__ import annotations

import re

import pytest

from assistant.casework.reading import Reading
from assistant.services.desk import Desk
from assistant.settings import ROOT
from tests.actions.hearing import STORY, hear
from tests.actions.talk import Talk

THREAT = re.compile(
    r"police|solicitor|legal|lawyer|\bban|restrict|defam|allowed|must not", re.IGNORECASE
)
BEHIND_IT = Reading(act="threat_to_post", doors={"staff": 0.8}, topics={"homework": 0.4})
DOMAIN = (ROOT / "domain.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "intent", "reply"),
    [
        ("I'm going to put this all over facebook", "threat_to_post", "utter_before_posting"),
        ("already put it on the class group", "posted", "utter_after_posting"),
    ],
)
def test_little_is_told_of_what_is_behind_it(
    desk: Desk, text: str, intent: str, reply: str
) -> None:
    said, turn = hear(Talk(desk), text, intent, Reading(doors={"ask": 0.9}))
    assert list(said) == [reply]
    assert [one["title"] for one in said[reply]["buttons"]] == [
        "Talk to a member of staff", "Ask someone to ring me"
    ]  # fmt: skip
    assert turn.marks["channel"] == "ask"


def test_a_question_about_the_rules_gets_its_answer(desk: Desk) -> None:
    said, _ = hear(
        Talk(desk),
        "am i in trouble for posting it on facebook",
        "posted",
        Reading(doors={"policy": 0.9}),
    )
    assert list(said) == ["utter_answer_after_posting"]


def test_with_a_matter_behind_it_the_door_is_offered_at_once(desk: Desk) -> None:
    said, _ = hear(
        Talk(desk), f"{STORY} and i am putting it on facebook", "threat_to_post", BEHIND_IT
    )
    assert list(said) == ["utter_heard_threat_to_post", "utter_door_staff"]


@pytest.mark.parametrize(
    "reply",
    ["utter_before_posting", "utter_after_posting", "utter_answer_why_private",
     "utter_heard_threat_to_post", "utter_heard_posted"],
)  # fmt: skip
def test_nothing_in_these_words_threatens(reply: str) -> None:
    words = re.search(rf"  {reply}:\n    - text: (.+)", DOMAIN)
    assert words
    assert not THREAT.search(words[1])
