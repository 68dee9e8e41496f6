"""What a message is to the question that stands open."""

from __future__ import annotations

import pytest

from assistant.brain.answers import is_answer, plain_act


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
