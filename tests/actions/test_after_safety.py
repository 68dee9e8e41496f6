"""After a boundary, a threat or a danger: how the talk goes on when it is over."""

from __future__ import annotations

from typing import Any

import pytest

from actions.safety import Boundary, Protect, is_calm_again
from actions.turn import Turn
from assistant.casework.reading import Reading
from assistant.services.desk import Desk
from assistant.store.alert_tables import Alert
from tests.actions.hearing import GRAVE, HOMEWORK, agree, hear, told
from tests.actions.talk import Talk, goes_on_with
from tests.services.filings import rows_of

SORRY = [
    "sorry, i was just angry",
    "i take it back",
    "im not going to touch anyone",
    "ok ive calmed down",
    "heat of the moment, i shouldnt have said that",
]


def met(talk: Talk, action: type[Boundary | Protect], text: str, intent: str) -> Turn:
    """Let the assistant meet abuse or a risk."""
    turn = talk.hears(text, intent)
    action(talk.desk).act(turn)
    talk.ends(turn)
    return turn


def endangered(talk: Talk) -> Talk:
    """Tell of a danger, and then that it has passed."""
    met(talk, Protect, "there is a man with a knife outside the gate", "danger")
    assert talk.slots["safety"] == "emergency"
    said, _ = hear(talk, "its over now, everyone is safe")
    assert list(said) == ["utter_it_is_over"]
    assert talk.slots["pending"] == "danger_over"
    return talk


def alerts(desk: Desk) -> int:
    return rows_of(desk.alerts_unit_of_work, Alert)


@pytest.mark.parametrize("words", SORRY)
@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        (Boundary, "you are all useless idiots", "abuse"),
        (Protect, "i will come in and knock his teeth out", "threat"),
    ],
)
def test_words_that_take_it_back_lead_to_the_talk(
    desk: Desk, action: type[Boundary | Protect], text: str, intent: str, words: str
) -> None:
    talk = told(desk)
    assert met(talk, action, text, intent).marks["expects"] == "calm"
    said, turn = hear(talk, words)
    assert list(said) == ["utter_calm_again"]
    assert turn.marks["channel"] == "staff"
    assert talk.slots["pending"] == "door"
    _, turn = agree(talk)
    assert goes_on_with(turn) == "meeting_form"


def test_the_talk_after_the_anger_is_with_whoever_was_offered_before(desk: Desk) -> None:
    talk = told(desk, GRAVE)
    met(talk, Boundary, "you are all useless idiots", "abuse")
    _, turn = hear(talk, "sorry, i was just angry")
    assert (turn.marks["channel"], talk.slots["door"]) == ("headteacher", "headteacher")


def test_the_doors_beside_the_talk_after_the_anger_are_none_that_were_closed(desk: Desk) -> None:
    talk = Talk(desk)
    hear(talk, "his homework was lost again. nothing formal and not the head", "vent", HOMEWORK)
    met(talk, Boundary, "you are all useless idiots", "abuse")
    _, turn = hear(talk, "sorry, i was just angry")
    assert turn.marks["channel"] == "staff"
    assert not {"headteacher", "complaint"} & {*turn.marks["alternatives"]}


def test_a_matter_about_the_head_goes_on_with_the_governors_after_the_anger(desk: Desk) -> None:
    talk = Talk(desk)
    talk.slots |= {"about_head": True, "subjects": ["mrs-ashworth"]}
    met(talk, Boundary, "you are all useless idiots", "abuse")
    _, turn = hear(talk, "sorry, i was just angry")
    assert turn.marks["channel"] == "governors"
    assert not {"headteacher", "staff"} & {*turn.marks["alternatives"]}


def test_a_threat_that_is_taken_back_has_reached_the_leads_all_the_same(desk: Desk) -> None:
    talk = told(desk)
    met(talk, Protect, "i will come in and knock his teeth out", "threat")
    hear(talk, "sorry, i was just angry")
    assert alerts(desk) == 1


def test_an_apology_for_nothing_is_no_return_from_anger(desk: Desk) -> None:
    assert not is_calm_again(told(desk).hears("sorry, i was just angry"))


def test_more_of_the_same_is_not_welcomed_back(desk: Desk) -> None:
    talk = told(desk)
    met(talk, Boundary, "you are all useless idiots", "abuse")
    assert not is_calm_again(talk.hears("i meant every word of it"))


def test_a_yes_after_a_danger_has_passed_begins_the_talk_with_the_head(desk: Desk) -> None:
    talk = endangered(Talk(desk))
    said, turn = agree(talk)
    assert "Mrs Ashworth" in said["utter_begin_meeting"]["who"]
    assert goes_on_with(turn) == "meeting_form"
    assert (talk.slots["door"], talk.slots["pending"]) == ("headteacher", None)


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("who at school do I tell", "ask_channel"),
        ("who should i speak to about it", "ask_channel"),
        ("who do i let know at school", "ask_info"),
    ],
)
def test_whom_to_tell_after_a_danger_is_the_safeguarding_lead(
    desk: Desk, words: str, intent: str
) -> None:
    talk = endangered(Talk(desk))
    before = alerts(desk)
    said, turn = hear(talk, words, intent)
    assert list(said) == ["utter_safeguarding"]
    assert said["utter_safeguarding"]["lead"] == "Mr Mensah"
    assert turn.marks["channel"] == "safeguarding"
    assert (talk.slots["safety"], talk.slots["pending"]) == ("safeguarding", None)
    assert alerts(desk) == before + 1


@pytest.mark.parametrize("words", ["can I see the head", "i want to see the headteacher please"])
def test_who_asks_for_the_head_after_a_danger_books_the_head(desk: Desk, words: str) -> None:
    talk = endangered(Talk(desk))
    before = alerts(desk)
    said, turn = hear(talk, words, "book", Reading(doors={"headteacher": 0.5, "emergency": 0.3}))
    assert "Mrs Ashworth" in said["utter_begin_meeting"]["who"]
    assert goes_on_with(turn) == "meeting_form"
    assert alerts(desk) == before


@pytest.mark.parametrize(
    "before",
    [
        {"about_head": True, "subjects": ["mrs-ashworth"]},
        {"refused": ["headteacher"]},
    ],
)
def test_after_a_danger_nobody_is_sent_to_a_head_who_is_closed_to_them(
    desk: Desk, before: dict[str, Any]
) -> None:
    talk = Talk(desk)
    talk.slots |= before
    met(talk, Protect, "there is a man with a knife outside the gate", "danger")
    _, turn = hear(talk, "its over now, everyone is safe")
    assert "headteacher" not in {turn.marks["channel"], *turn.marks["alternatives"]}
    said, turn = agree(talk)
    assert "Ashworth" not in str(said)
    assert turn.marks["channel"] != "headteacher"
