"""The terminal chat picks choices by the numbers it shows."""

from __future__ import annotations

import pytest

from assistant.evaluation.chat_client import Choice, Reply
from assistant.verbs.talk import picked, show

REPLIES = (
    Reply("First.", (Choice(0, "Yes"), Choice(1, "No"))),
    Reply("Second.", (Choice(2, "Later"),)),
)


def test_choices_are_numbered_from_one_through_all_replies(
    capsys: pytest.CaptureFixture[str],
) -> None:
    choices = show(REPLIES)
    assert [choice.number for choice in choices] == [0, 1, 2]
    assert "   3. Later" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "number"), [("1", 0), ("3", 2)])
def test_a_number_that_was_shown_picks_its_choice(words: str, number: int) -> None:
    choices = [choice for reply in REPLIES for choice in reply.choices]
    chosen = picked(words, choices)
    assert chosen is not None
    assert chosen.number == number


@pytest.mark.parametrize("words", ["0", "4", "yes", "1st", "²", "-1"])
def test_anything_else_is_what_the_person_says(words: str) -> None:
    choices = [choice for reply in REPLIES for choice in reply.choices]
    assert picked(words, choices) is None
