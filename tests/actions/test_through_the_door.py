"""A door was offered, and the parent answers with what it needs instead of a yes."""

from __future__ import annotations

import pytest

from actions.hear import goes_through_the_door
from actions.status import Status
from assistant.casework.reading import Reading
from assistant.services.desk import Desk
from tests.actions.hearing import GRAVE, HOMEWORK, hear, told
from tests.actions.talk import Talk, goes_on_with

SERVICE = Reading(doors={"service": 0.9})


@pytest.mark.parametrize("intent", ["book", "inform", "nonsense", "vent", "greet"])
@pytest.mark.parametrize(
    "text",
    [
        "Yusuf Demir, reception, and any morning next week suits me",
        "friday afternoon",
        "07700 900111",
    ],
)
def test_a_name_a_time_or_a_number_goes_through_the_door(
    desk: Desk, text: str, intent: str
) -> None:
    talk = told(desk)
    said, turn = hear(talk, text, intent, SERVICE)
    assert list(said) == ["utter_begin_meeting"]
    assert (goes_on_with(turn), turn.marks["channel"]) == ("meeting_form", "staff")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no i don't want to do anything now, just needed to know", "vent"),
        ("complain formally, Yusuf Demir year 4", "complain"),
        ("when is the next inset day, friday?", "ask_policy"),
    ],
)
def test_a_refusal_or_another_wish_does_not(desk: Desk, text: str, intent: str) -> None:
    talk = told(desk)
    assert not goes_through_the_door(talk.hears(text, intent, reading=SERVICE))


def test_the_head_s_door_is_not_gone_through_when_this_turn_tells_it_is_about_the_head(
    desk: Desk,
) -> None:
    talk = told(desk, GRAVE)
    assert talk.slots["door"] == "headteacher"
    about = Reading(doors={"governors": 0.4}, about={"headteacher": 0.9})
    said, turn = hear(talk, "its the head herself, friday at 3", "vent", about)
    assert turn.marks["channel"] == "governors"
    assert "Ashworth" not in str(said)


def test_a_new_matter_with_a_time_in_it_is_heard_first(desk: Desk) -> None:
    talk = told(desk)
    said, turn = hear(talk, "and on friday the older boys kicked him", "vent", GRAVE)
    assert goes_on_with(turn) != "meeting_form" or "utter_begin_meeting" not in said
    assert turn.marks["channel"] == "headteacher"


def test_without_an_offer_a_name_opens_nothing(desk: Desk) -> None:
    assert not goes_through_the_door(Talk(desk).hears("Yusuf Demir, reception", reading=HOMEWORK))


def test_after_an_outside_route_details_and_short_questions_stay_with_it(desk: Desk) -> None:
    talk = Talk(desk)
    fine = Reading(doors={"statutory": 0.9}, topics={"attendance_fine": 0.9})
    said, _ = hear(talk, "how do i fight this fine for the holiday", "ask_info", fine)
    assert "utter_outside_route" in said
    vague = Reading(doors={"service": 0.4, "smalltalk": 0.3})
    for text in ("it's Mandy Stubbs by the way 07700 900441", "and if they say no"):
        said, turn = hear(talk, text, "vent", vague)
        assert list(said) == ["utter_outside_route_again"]
        assert turn.marks["channel"] == "statutory"


def test_a_less_plain_topic_does_not_take_the_route_away(desk: Desk) -> None:
    talk = Talk(desk)
    fine = Reading(doors={"statutory": 0.9}, topics={"attendance_fine": 0.9})
    hear(talk, "how do i fight this fine for the holiday", "ask_info", fine)
    plan = Reading(doors={"statutory": 0.9}, topics={"ehcp": 0.6})
    hear(talk, "the school said no and now the council sends this", "vent", plan)
    assert talk.slots["topic"] == "attendance_fine"


def test_a_long_story_that_names_a_meeting_is_no_wish_about_a_record(desk: Desk) -> None:
    story = " ".join(["she who cancelled the meeting wrote the letter about it herself and"] * 5)
    heard = Reading(doors={"governors": 0.8, "service": 0.2})
    _, turn = hear(Talk(desk), story, "vent", heard)
    assert turn.marks["channel"] == "governors"


def test_a_name_opens_no_record_and_somebody_may_ring(desk: Desk) -> None:
    talk = Talk(desk)
    turn = talk.hears("i put a complaint in last week, whats happening with it", "status")
    Status(desk).act(turn)
    talk.ends(turn)
    assert talk.slots["pending"] == "callback"
    said, turn = hear(talk, "Dylan Sayer year 6, im Michelle Sayer, 07700 900348", "inform")
    assert list(said) == ["utter_not_by_name"]
    assert turn.marks["channel"] == "service"
