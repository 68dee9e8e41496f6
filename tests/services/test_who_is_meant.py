"""Whom a message is about, and whom it only asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.casework.reading import Reading
from assistant.services.desk import Desk
from assistant.services.who_is_meant import Meant, who_is_meant
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE

HEAD = "mrs-ashworth"
HINTED = Reading(act="vent", about={"headteacher": 0.3}, doors={"headteacher": 0.7})


def meant(desk: Desk, text: str, reading: Reading = HINTED, act: str = "vent") -> Meant:
    heard = replace(reading, act=act, words=len(text.split()))
    return who_is_meant(desk, text=text, reading=heard)


@pytest.mark.parametrize("act", ["vent", "book", "complain", "ask_channel"])
@pytest.mark.parametrize(
    "text",
    [
        "I want the headteacher for this one not someone in his department",
        "i need the head teacher not another form to fill in",
        "can I speak to the principal please",
        "i need the head teacher",
        "i would rather see the head than his teacher",
        "get the headteacher for me",
    ],
)
def test_a_head_who_is_asked_for_is_no_subject(desk: Desk, text: str, act: str) -> None:
    assert meant(desk, text, act=act).subjects == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "the headteacher shouted at my son in front of everybody",
        "that principal lied to us about the whole thing",
        "our head laughed at me when i cried",
    ],
)
@pytest.mark.parametrize("act", ["vent", "complain"])
def test_a_head_who_is_accused_is_a_subject(desk: Desk, text: str, act: str) -> None:
    assert meant(desk, text, act=act).subjects == {HEAD}


@pytest.mark.parametrize(
    "text",
    [
        "i told the headteacher about it twice and it goes on every single day",
        "the head of year shouted at my son in front of everybody",
    ],
)
def test_a_head_who_was_told_and_a_head_of_year_are_no_subjects(desk: Desk, text: str) -> None:
    assert meant(desk, text).subjects == frozenset()


def test_somebody_named_in_a_grievance_is_a_subject_unless_the_sentence_asks_for_them(
    desk: Desk,
) -> None:
    nobody = Reading()
    assert meant(desk, "Mrs Cartwright lost it again", nobody).subjects == {"mrs-cartwright"}
    asked = meant(desk, "can i speak to Mrs Cartwright", nobody)
    assert asked == Meant(wanted="mrs-cartwright")


@pytest.mark.parametrize(
    "text",
    [
        "its the head herself that does it",
        "this is about the headteacher",
        "I'm complaining about the head, nobody else",
    ],
)
def test_a_head_named_as_the_matter_is_a_subject_whatever_the_readers_hear(
    desk: Desk, text: str
) -> None:
    assert meant(desk, text, Reading(doors={"headteacher": 0.9})).subjects == {HEAD}


@pytest.mark.parametrize(
    "text",
    [
        "the head wasn't the problem by the way",
        "the headteacher was really kind about it, its the bus company",
        "i want to hear the head say that to my face",
        "i'd like to hear it from the head himself",
        "the head girl laughed at my daughter in assembly",
    ],
)
def test_a_head_who_is_cleared_or_only_to_be_heard_is_no_subject(desk: Desk, text: str) -> None:
    assert meant(desk, text).subjects == frozenset()


def test_praise_does_not_open_the_door_to_a_head_who_is_surely_complained_about(
    desk: Desk,
) -> None:
    surely = replace(HINTED, about={"headteacher": 0.8})
    text = "the head was lovely to my face and then she wrote that about us"
    assert meant(desk, text, surely).subjects == {HEAD}
