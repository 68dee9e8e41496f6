"""In the change form a parent finds another time, asks about the meeting, or leaves it alone."""

from __future__ import annotations

from typing import Any

import pytest

from actions.change_form import AskNewWhen, MoveMeeting, ValidateChangeForm
from assistant.casework.calendar import to_london
from assistant.services.desk import Desk
from tests.actions.coming_back import SENCO, come_back, hear, records
from tests.actions.talk import Talk, goes_on_with


def change(talk: Talk, text: str, intent: str = "inform") -> dict[str, Any]:
    """Say something inside the change form, and let it ask its question."""
    turn = talk.hears(text, intent, form="change_form")
    ValidateChangeForm(talk.desk).act(turn)
    return talk.ends(turn)


def test_a_meeting_is_moved_through_a_day_that_disagrees_to_one_that_is_confirmed(
    desk: Desk,
) -> None:
    talk = come_back(desk, SENCO)
    _, turn = hear(talk, SENCO, "book")
    assert goes_on_with(turn) == "change_form"
    assert change(talk, SENCO, "book") == {}
    talk.slots["requested_slot"] = "new_when"
    said = change(talk, "can we do tuesday 2nd december", "book")
    assert "day" in said["utter_time_not_understood"]["why"]
    change(talk, "sorry wednesday. wednesday the 2nd. still 2pm")
    assert talk.slots["new_when"].startswith("Wednesday 2 December")
    talk.slots["requested_slot"] = "change_confirmed"
    change(talk, "yes", "affirm")
    turn = talk.hears("yes", "affirm")
    MoveMeeting(desk).act(turn)
    assert "utter_moved" in talk.ends(turn)
    start = records(talk)[0].starts_at
    assert start is not None
    assert to_london(start).strftime("%a %d %b") == "Wed 02 Dec"


@pytest.mark.parametrize("asked", ["new_when", "change_confirmed"])
def test_a_parent_who_leaves_it_as_it_is_leaves_the_change_form(desk: Desk, asked: str) -> None:
    talk = come_back(desk, SENCO)
    hear(talk, SENCO)
    before = records(talk)
    talk.slots |= {"requested_slot": asked, "held": {"start": "2026-12-02T14:00:00+00:00"}}
    change(talk, "no thats all, dont change anything", "deny")
    turn = talk.hears("", "deny")
    MoveMeeting(desk).act(turn)
    assert list(talk.ends(turn)) == ["utter_kept"]
    assert records(talk) == before


def test_another_day_is_no_yes_to_the_day_that_was_proposed(desk: Desk) -> None:
    talk = come_back(desk, SENCO)
    hear(talk, SENCO)
    talk.slots["held"] = {"start": "2026-12-02T14:00:00+00:00"}
    talk.slots |= {"requested_slot": "change_confirmed", "new_when": "Wednesday"}
    change(talk, "no can we do another day", "change")
    assert (talk.slots["new_when"], talk.slots["change_confirmed"]) == (None, None)


def test_a_question_in_the_change_form_is_answered_from_the_meeting(desk: Desk) -> None:
    talk = come_back(desk, SENCO)
    hear(talk, SENCO)
    talk.slots["requested_slot"] = "new_when"
    assert list(change(talk, "where do i go when i get there", "ask_info")) == [
        "utter_record_place"
    ]
    turn = talk.hears("", form="change_form")
    AskNewWhen(desk).act(turn)
    assert "utter_ask_new_when" in talk.ends(turn)
