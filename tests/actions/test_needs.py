"""The times that the chat offers and holds are those that the parent can use."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from actions.booking import BookMeeting
from actions.change_form import MoveMeeting
from actions.meeting_form import ValidateMeetingForm
from actions.meeting_words import AskMeetingConfirmed, AskWhen
from actions.slots import from_json
from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from assistant.services.shapes import Contact, Needs
from tests.actions.hearing import told
from tests.actions.talk import Talk, goes_on_with
from tests.instants import london
from tests.services.bookings import book
from tests.services.policing import close_visits

TEN = london("2026-11-25T10:00")
URDU = Needs(interpreter="Urdu")
RESTRICTED = Contact("Mandy Stubbs", "07700 900441")


def answer(talk: Talk, text: str, intent: str = "inform", *, to: str = "child") -> dict[str, Any]:
    """Say something inside the meeting form that asked for ``to``; return what it said."""
    talk.slots["requested_slot"] = to
    turn = talk.hears(text, intent, form="meeting_form")
    ValidateMeetingForm(talk.desk).act(turn)
    return talk.ends(turn)


def press(talk: Talk, choice: dict[str, Any], *, to: str) -> dict[str, Any]:
    """Press a button of a time inside the form."""
    talk.slots["requested_slot"] = to
    turn = talk.hears(choice["payload"], "pick_time", form="meeting_form")
    value = choice["payload"].removeprefix('/pick_time{"slot": ').removesuffix("}")
    turn.tracker.latest_message["entities"] = [{"entity": "slot", "value": json.loads(value)}]
    ValidateMeetingForm(talk.desk).act(turn)
    return talk.ends(turn)


def summary(talk: Talk) -> dict[str, Any]:
    turn = talk.hears("", form="meeting_form")
    AskMeetingConfirmed(talk.desk).act(turn)
    return talk.ends(turn)["utter_meeting_summary"]


def confirm(talk: Talk) -> tuple[dict[str, Any], Any]:
    turn = talk.hears("yes", "affirm")
    BookMeeting(talk.desk).act(turn)
    return talk.ends(turn), turn


def held(talk: Talk) -> Any:
    return from_json(talk.slots["held"])


def talk_with_a_time(desk: Desk) -> Talk:
    """Hold ten o'clock on Wednesday with the Year 4 teacher."""
    talk = told(desk)
    answer(talk, "Robin Stubbs 4B")
    answer(talk, "wednesday at 10", to="when")
    assert held(talk).starts_at == TEN
    return talk


def restrict(desk: Desk) -> None:
    until = (desk.clock.now() + timedelta(days=30)).date()
    close_visits(desk, contact=RESTRICTED, until=until)


def test_a_language_with_an_interpreter_is_offered_only_times_when_one_is_free(desk: Desk) -> None:
    talk = told(desk)
    said = answer(talk, "Robin Stubbs 4B and I need an Urdu interpreter please")
    assert said["utter_interpreter_noted"]["language"] == "Urdu"
    assert "utter_noted" not in said
    turn = talk.hears("", form="meeting_form")
    AskWhen(desk).act(turn)
    for button in talk.ends(turn)["utter_ask_when"]["buttons"]:
        assert button["title"].split(" ")[0] in {"Monday", "Tuesday", "Wednesday", "Thursday"}
    answer(talk, "wednesday afternoon", to="when")
    assert f"{to_london(held(talk).starts_at):%a %H}" in {"Wed 11", "Thu 15", "Thu 16", "Thu 17"}


def test_a_language_without_one_is_arranged_by_the_school_and_says_so(desk: Desk) -> None:
    said = answer(told(desk), "Robin Stubbs 4B and I need a Polish interpreter please")
    assert said["utter_noted"]["what"] == "an interpreter for Polish"
    assert "utter_interpreter_noted" not in said


def test_a_need_that_is_told_after_the_time_moves_the_time_and_says_so(desk: Desk) -> None:
    talk = talk_with_a_time(desk)
    book(desk, "other", TEN, host_id="mrs-okafor", needs=URDU)
    said = answer(talk, "oh and i need an interpreter who speaks Urdu", to="contact")
    assert "utter_needs_another_time" in said
    assert held(talk).starts_at != TEN
    assert talk.slots["when"] == said["utter_needs_another_time"]["nearest"]


def test_a_need_that_the_time_meets_keeps_the_time(desk: Desk) -> None:
    talk = talk_with_a_time(desk)
    said = answer(talk, "i use a wheelchair by the way", to="contact")
    assert said["utter_noted"]["what"] == "a room without steps"
    assert held(talk).starts_at == TEN
    answer(talk, "Mandy Stubbs 07700 900441", to="contact")
    said, _ = confirm(talk)
    assert "the meeting room beside the main office" in said["utter_booked"]["place"]


def test_a_parent_who_wants_the_phone_keeps_no_room_from_others(desk: Desk) -> None:
    talk = talk_with_a_time(desk)
    answer(talk, "can you ring me instead, by phone", to="contact")
    for number, host in enumerate(("mrs-okafor", "mr-mensah")):
        assert book(desk, f"room {number}", TEN, host_id=host).mode == "in_person"


def test_both_parents_are_put_down_and_who_wants_to_be_alone_is_told_so(desk: Desk) -> None:
    talk = talk_with_a_time(desk)
    said = answer(talk, "his dad and I both want to come", to="contact")
    assert "both parents" in said["utter_noted"]["what"]
    assert "both parents together" in summary(talk)["extras"]
    assert "utter_own_meeting" in answer(talk, "actually without his dad please", to="contact")
    assert "both" not in summary(talk)["extras"]


@pytest.mark.parametrize(
    ("words", "asked", "safe"),
    [
        ("Mandy Stubbs 07700 900441", "contact", True),
        ("Mandy Stubbs 07700 900441 but dont ring me", "contact", False),
        ("im Mandy Stubbs 07700 900441 by the way", "when", None),
    ],
)
def test_whether_a_way_is_safe_is_asked_once_and_only_of_who_was_not_asked(
    desk: Desk,
    words: str,
    asked: str,
    safe: bool | None,  # noqa: FBT001
) -> None:
    talk = talk_with_a_time(desk)
    answer(talk, words, to=asked)
    assert talk.slots["details"].get("safe_contact") is safe
    assert ("Is it safe to ring" in summary(talk)["safe"]) == (safe is None)


def test_who_may_not_come_in_is_turned_to_phone_or_video_before_the_summary(desk: Desk) -> None:
    restrict(desk)
    talk = talk_with_a_time(desk)
    said = answer(talk, "Mandy Stubbs 07700 900441", to="contact")
    offer = said["utter_visit_another_way"]
    assert [button["title"] for button in offer["buttons"]] == ["By phone", "By video call"]
    assert (summary(talk)["how"], held(talk).starts_at) == ("by phone", TEN)
    assert press(talk, offer["buttons"][1], to="meeting_confirmed") == {}
    assert summary(talk)["how"] == "by video call"
    said, _ = confirm(talk)
    assert said["utter_booked"]["how"] == "by video call"


def test_a_restriction_that_is_made_meanwhile_is_met_at_the_booking(desk: Desk) -> None:
    talk = talk_with_a_time(desk)
    answer(talk, "Mandy Stubbs 07700 900441", to="contact")
    restrict(desk)
    said, turn = confirm(talk)
    assert "utter_visit_another_way" in said
    assert goes_on_with(turn) == "meeting_form"
    assert (talk.slots["meeting_confirmed"], held(talk).starts_at) == (None, TEN)
    assert summary(talk)["how"] == "by phone"
    assert "utter_booked" in confirm(talk)[0]


def test_a_meeting_in_person_of_who_may_not_come_in_stays_where_it_was(desk: Desk) -> None:
    talk = talk_with_a_time(desk)
    answer(talk, "Mandy Stubbs 07700 900441", to="contact")
    confirm(talk)
    restrict(desk)
    record = find_records(desk, conversation_id=talk.id)[0]
    talk.slots |= {
        "record": {"id": record.id, "what": record.summary},
        "held": {"start": "2026-11-25T11:00:00+00:00"},
        "new_when": "Wednesday 25 November, 11am",
    }
    turn = talk.hears("yes", "affirm")
    MoveMeeting(desk).act(turn)
    assert list(talk.ends(turn)) == ["utter_visit_not_moved"]
    assert find_records(desk, conversation_id=talk.id)[0].starts_at == TEN
    assert MeetingMode(record.mode) is MeetingMode.IN_PERSON


def test_when_there_is_no_such_time_at_all_a_call_is_offered_and_nothing_is_lost(
    desk: Desk,
) -> None:
    talk = talk_with_a_time(desk)
    said = answer(talk, "please ring me, with a sign language interpreter", to="contact")
    assert "utter_no_times" in said
    assert (talk.slots["held"], talk.slots["pending"]) == (None, "callback")
    kept = talk.slots["details"]
    assert (kept["child_name"], kept["interpreter"]) == ("Robin Stubbs", "BSL")
