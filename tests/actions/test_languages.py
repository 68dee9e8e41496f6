"""A parent who writes in another language is greeted in it, kept verbatim, and never missed."""

from __future__ import annotations

import pytest

from actions.gathering import contact_of
from actions.languages import FURTHER_NAMES, NAMES
from actions.safety import Protect
from assistant.casework.reading import Reading
from assistant.services.desk import Desk
from tests.actions.hearing import hear
from tests.actions.talk import Talk

POLISH = "Dzień dobry, syn nie chce chodzić do szkoły, bo koledzy się z niego śmieją"
LOST = Reading(language="pl", doors={"staff": 0.8, "headteacher": 0.2})


@pytest.mark.parametrize("code", NAMES)
def test_the_greeting_is_in_the_language_and_offers_an_interpreter(desk: Desk, code: str) -> None:
    talk = Talk(desk)
    said, turn = hear(talk, POLISH, reading=Reading(language=code, doors={"staff": 0.8}))
    (greeting,) = said.values()
    assert greeting["response"] == f"utter_language_{code}"
    assert [choice["payload"] for choice in greeting["buttons"]] == ["/human"]
    assert turn.marks["channel"] == "staff"
    assert talk.slots["details"]["interpreter"] == NAMES[code]
    assert talk.slots["pending"] == "callback"


@pytest.mark.parametrize("code", [*FURTHER_NAMES, "xx"])
def test_any_further_language_is_met_in_simple_english(desk: Desk, code: str) -> None:
    talk = Talk(desk)
    said, _ = hear(talk, POLISH, reading=Reading(language=code, doors={"staff": 0.8}))
    assert list(said) == ["utter_language_other"]
    assert talk.slots["details"]["interpreter"] == FURTHER_NAMES.get(code, "to be asked")


def test_a_hint_of_harm_puts_the_safeguarding_lead_beside_the_door(desk: Desk) -> None:
    hint = Reading(language="pl", doors={"staff": 0.8}, net=("disclosure?",))
    _, turn = hear(Talk(desk), "Koledzy go biją na przerwie", reading=hint)
    assert turn.marks["channel"] == "staff"
    assert turn.marks["alternatives"][0] == "safeguarding"


def test_a_matter_about_the_head_is_not_for_the_head(desk: Desk) -> None:
    about = Reading(language="pl", doors={"governors": 0.8}, about={"headteacher": 0.9})
    _, turn = hear(Talk(desk), "Dyrektorka nakrzyczała na moją córkę", reading=about)
    assert turn.marks["channel"] == "governors"
    assert "headteacher" not in turn.marks["alternatives"]


def test_the_greeting_is_said_once(desk: Desk) -> None:
    talk = Talk(desk)
    hear(talk, POLISH, reading=LOST)
    said, _ = hear(talk, POLISH, reading=LOST)
    assert "utter_language_pl" not in said


def test_an_open_sign_of_harm_is_answered_in_the_language_first(desk: Desk) -> None:
    talk = Talk(desk)
    turn = talk.hears("Mój mąż bije syna", "disclose", reading=LOST)
    Protect(desk).act(turn)
    said = list(talk.ends(turn))
    assert said[:2] == ["utter_safety_pl", "utter_safeguarding"]
    assert talk.slots["details"]["interpreter"] == "Polish"
    assert contact_of(turn).phone == ""
