"""The way from the chat to the booking pages."""

from __future__ import annotations

from typing import Any

import pytest

from actions.meeting_words import AskWhen
from assistant.services.desk import Desk
from assistant.services.draft_answers import Answers
from assistant.services.open_draft import open_draft
from tests.actions.hearing import STORY, told
from tests.actions.talk import Talk

CHILD = {"child_name": "Robin", "class_name": "4B", "year": "Year 4"}


def ask_when(desk: Desk, **slots: Any) -> tuple[Talk, dict[str, Any]]:
    talk = told(desk)
    talk.slots |= {"door": "staff", **slots}
    turn = talk.hears("4B", "inform", form="meeting_form")
    AskWhen(desk).act(turn)
    return talk, talk.ends(turn)


def answers_behind(desk: Desk, said: dict[str, Any]) -> Answers:
    link = str(said["utter_all_times"]["link"])
    assert link.startswith(f"{desk.settings.public_url}/meet/")
    return open_draft(desk, token=link.rpartition("/")[2]).answers


def test_beside_the_times_stands_a_page_with_all_of_them_filled_in(desk: Desk) -> None:
    talk, said = ask_when(desk, details={**CHILD, "mode": "phone", "parent_name": "Sam"})
    answers = answers_behind(desk, said)
    assert (answers.host_id, answers.channel, answers.mode) == ("mr-bennett", "staff", "phone")
    assert (answers.child.name, answers.child.class_name) == ("Robin", "4B")
    assert answers.contact.name == "Sam"
    assert "utter_ask_when" in said
    assert STORY not in str(talk.slots)


def test_who_it_is_about_is_left_to_be_asked_unless_it_was_told(desk: Desk) -> None:
    _, said = ask_when(desk, details=CHILD, subjects=["mr-mensah"])
    answers = answers_behind(desk, said)
    assert (answers.about, answers.meant) == ("", ("mr-mensah",))
    _, said = ask_when(desk, door="governors", about_head=True, subjects=["mrs-ashworth"])
    assert answers_behind(desk, said).about == "head"


def test_without_a_free_time_there_is_no_link(desk: Desk) -> None:
    _, said = ask_when(desk, door="governors", subjects=[each.id for each in desk.school.people])
    assert list(said) == ["utter_no_times"]


@pytest.mark.parametrize("again", [1, 2])
def test_a_turn_that_is_sent_again_opens_the_same_draft(desk: Desk, again: int) -> None:
    talk = told(desk)
    talk.slots |= {"door": "staff", "details": CHILD}
    links = set()
    for _ in range(again + 1):
        talk.turns = 5
        turn = talk.hears("4B", "inform", form="meeting_form")
        AskWhen(desk).act(turn)
        links.add(str(talk.ends(turn)["utter_all_times"]["link"]))
    assert len(links) == 1
