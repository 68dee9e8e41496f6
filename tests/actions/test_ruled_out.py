"""What a parent rules out stays closed, until they ask for it after all."""

from __future__ import annotations

import pytest

from actions.consent import PickDoor
from actions.doors import hosts_at, refused_people
from actions.meeting_form import ValidateMeetingForm
from assistant.casework.kinds import Channel
from assistant.services.desk import Desk
from tests.actions.hearing import GRAVE, HOMEWORK, hear, told
from tests.actions.talk import Talk

HEAD = "mrs-ashworth"


def refusing(desk: Desk, words: str, intent: str = "vent") -> Talk:
    """Begin a talk in which the parent rules something out."""
    talk = Talk(desk)
    hear(talk, words, intent, GRAVE)
    return talk


@pytest.mark.parametrize(
    ("words", "closed"),
    [
        ("he is bullied every day. do NOT send me to the head", ["headteacher"]),
        ("he is bullied every day. anyone but the headteacher", ["headteacher"]),
        ("he is bullied. no meeting. just log it", ["staff"]),
        ("he is bullied but nothing formal", ["complaint"]),
        ("he is bullied. nothing formal and not the head", ["complaint", "headteacher"]),
    ],
)
def test_what_is_ruled_out_is_kept_for_the_turns_that_follow(
    desk: Desk, words: str, closed: list[str]
) -> None:
    talk = refusing(desk, words)
    assert talk.slots["refused"] == closed
    hear(talk, "it has been going on since september and he cries every night", "vent", GRAVE)
    assert talk.slots["refused"] == closed


def test_who_rules_nothing_out_has_nothing_kept(desk: Desk) -> None:
    assert "refused" not in told(desk).slots


@pytest.mark.parametrize(
    ("words", "after_all", "intent"),
    [
        ("he is bullied but nothing formal", "i want to make a formal complaint now", "complain"),
        ("he is bullied. no meeting. just log it", "ok can i book a talk then", "book"),
        ("he is bullied. not the head please", "actually i do want to see the head", "book"),
        ("he is bullied. not the head please", "i want to see the headteacher", "vent"),
        ("he is bullied. not the head please", "can i speak to Mrs Ashworth after all", "book"),
    ],
)
def test_a_door_opens_again_for_who_asks_for_it_after_all(
    desk: Desk, words: str, after_all: str, intent: str
) -> None:
    talk = refusing(desk, words)
    hear(talk, after_all, intent, GRAVE)
    assert talk.slots["refused"] == []


@pytest.mark.parametrize("door", ["headteacher", "complaint"])
def test_a_door_whose_button_is_pressed_is_asked_for_after_all(desk: Desk, door: str) -> None:
    talk = refusing(desk, "he is bullied. nothing formal and not the head")
    turn = talk.hears("", "pick_door")
    turn.tracker.latest_message["entities"] = [{"entity": "door", "value": door}]
    PickDoor(desk).act(turn)
    said = talk.ends(turn)
    assert door not in talk.slots["refused"]
    assert turn.marks["channel"] == door
    assert door != "headteacher" or "Mrs Ashworth" in said["utter_begin_meeting"]["who"]


def test_another_wish_leaves_closed_what_was_closed(desk: Desk) -> None:
    talk = refusing(desk, "he is bullied. nothing formal and not the head")
    hear(talk, "can i book a talk with the SENCO", "book", GRAVE)
    assert talk.slots["refused"] == ["complaint", "headteacher"]


@pytest.mark.parametrize("intent", ["vent", "book", "ask_channel"])
def test_a_head_who_is_ruled_out_is_neither_first_nor_beside_nor_host(
    desk: Desk, intent: str
) -> None:
    talk = Talk(desk)
    words = "he is bullied every day and last time it got worse. do NOT send me to the head"
    said, turn = hear(talk, words, intent, GRAVE)
    assert Channel.HEADTEACHER not in {turn.marks["channel"], *turn.marks["alternatives"]}
    assert "Ashworth" not in str(said)
    assert "headteacher" not in str([one["buttons"] for one in said.values()])
    for channel in (Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS, Channel.COMPLAINT):
        assert HEAD not in {host.staff_id for host in hosts_at(turn, channel)}, channel


def test_nobody_but_the_head_is_kept_away_by_a_refusal(desk: Desk) -> None:
    turn = Talk(desk).hears("")
    for closed, people in ((["headteacher"], {HEAD}), (["staff", "complaint"], set()), (None, [])):
        turn.keep(refused=closed)
        assert refused_people(turn) == frozenset(people)


def test_a_time_with_the_head_is_let_go_when_the_head_is_ruled_out(desk: Desk) -> None:
    talk = Talk(desk)
    hear(talk, "he is bullied every day and his teacher does nothing about it", "vent", GRAVE)
    form = ValidateMeetingForm(desk)
    talk.slots["requested_slot"] = "when"
    turn = talk.hears("friday morning", form="meeting_form")
    form.act(turn)
    talk.ends(turn)
    assert talk.slots["held"]["host"] == HEAD
    talk.slots["requested_slot"] = "contact"
    turn = talk.hears("anyone but the head please", "vent", form="meeting_form", reading=HOMEWORK)
    form.act(turn)
    talk.ends(turn)
    assert talk.slots["held"] is None
    assert (talk.slots["door"], turn.marks["channel"]) == ("staff", "staff")
