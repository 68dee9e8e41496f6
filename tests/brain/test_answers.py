"""What a message is to the question that stands open."""

from __future__ import annotations

import pytest

from assistant.brain.answers import is_answer, plain_act
from assistant.brain.evidence import believed


@pytest.mark.parametrize(
    "text", ["yes", "go on then", "yeah go for it", "tak", "sí", "oui", "haan"]
)
def test_a_yes_in_any_of_its_forms_affirms(text: str) -> None:
    assert plain_act(text, "confirm") == "affirm"


@pytest.mark.parametrize("text", ["no", "nah", "leave it", "no thanks", "nie"])
def test_a_no_in_any_of_its_forms_denies(text: str) -> None:
    assert plain_act(text, "confirm") == "deny"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("stop", "stop"),
        ("leave it", "stop"),
        ("go back", "go_back"),
        ("skip", "skip"),
        ("can I speak to a real person", "human"),
        ("no, year 5 not 4", "correct"),
    ],
)
def test_a_wish_about_the_form_is_its_own_act(text: str, act: str) -> None:
    assert plain_act(text, "child") == act


@pytest.mark.parametrize("text", ["no one rang me back", "thanks", "she was told to stop it", ""])
def test_words_about_school_are_no_wish(text: str) -> None:
    assert plain_act(text, None) is None


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("he's called Jayden, year 4", "child"),
        ("Tuesday after school", "when"),
        ("07700 900123", "contact"),
        ("my email is a@b.example", "contact"),
    ],
)
def test_words_that_carry_what_was_asked_answer(text: str, expects: str) -> None:
    assert is_answer(text, expects)


@pytest.mark.parametrize("expects", [None, "child", "when", "contact", "reference", "confirm"])
def test_words_that_do_not_carry_it_do_not_answer(expects: str | None) -> None:
    assert not is_answer("who is going to read all this", expects)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("no meeting, just log it", "complain"),
        ("i dont want a meeting, make it a complaint", "complain"),
        ("I don't want a formal complaint, just talk to someone", "book"),
        ("i dont want to book anything. just delete it", "delete"),
        ("i dont want to complain. i only wanted to ask", "stop"),
        ("I don't want a formal complaint", None),
        ("i would rather not make a complaint", None),
        ("no meeting please", None),
        ("nothing formal", None),
    ],
)
@pytest.mark.parametrize("expects", ["door", "child", "when", "confirm"])
def test_what_is_ruled_out_is_not_asked_for(text: str, act: str | None, expects: str) -> None:
    assert plain_act(text, expects) == act


@pytest.mark.parametrize(
    ("text", "act"),
    [("i want to make a formal complaint", "complain"), ("can we just talk first", "book")],
)
def test_what_is_not_ruled_out_is_asked_for(text: str, act: str) -> None:
    assert plain_act(text, "door") == act


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("I don't want a formal complaint, just talk to someone", {"complain"}),
        ("nothing formal", {"complain"}),
        ("no. no meeting. just record it", {"book"}),
        ("no i dont want to meet anyone. or complain. just wanted to know", {"book", "complain"}),
        ("I want a meeting and then a formal complaint", set()),
    ],
)
def test_an_act_that_is_ruled_out_is_not_believed(text: str, closed: set[str]) -> None:
    acts = (("complain", 0.5), ("book", 0.3), ("vent", 0.2))
    assert believed(acts, text) == [one for one in acts if one[0] not in closed]


SORRY = [
    "sorry, i was just angry",
    "i take it back",
    "im not going to touch anyone",
    "ok ive calmed down",
    "it was heat of the moment",
]


@pytest.mark.parametrize("text", SORRY)
def test_words_that_take_the_anger_back_answer_the_boundary(text: str) -> None:
    assert plain_act(text, "calm") == "vent"
    assert is_answer(text, "calm")


@pytest.mark.parametrize("text", ["you are all useless", "i meant every word of it", "no i wont"])
def test_more_anger_does_not_answer_the_boundary(text: str) -> None:
    assert plain_act(text, "calm") != "vent"
    assert not is_answer(text, "calm")


@pytest.mark.parametrize("text", SORRY)
@pytest.mark.parametrize("expects", [None, "confirm"])
def test_an_apology_is_no_answer_where_no_boundary_was_set(text: str, expects: str | None) -> None:
    assert plain_act(text, expects) != "vent"


@pytest.mark.parametrize(
    "text",
    [
        "no i don't want to do anything now, just needed to know. cheers",
        "ok ill ring the council. dont need a meeting no",
        "ok I'll send it to them. no nothing else",
        "i dont need anything else thanks",
    ],
)
@pytest.mark.parametrize("expects", [None, "door", "when"])
def test_who_wants_nothing_more_stops(text: str, expects: str | None) -> None:
    assert plain_act(text, expects) == "stop"


@pytest.mark.parametrize("text", ["yes please change it", "yeah swap it", "ok change that"])
def test_a_yes_to_a_change_is_a_yes(text: str) -> None:
    assert plain_act(text, "confirm") == "affirm"


def test_who_wants_no_forms_but_somebody_to_listen_asks_for_a_meeting() -> None:
    text = "i don't want forms, i want somebody to sit down with me and hear it"
    assert plain_act(text, "outcome") == "book"
