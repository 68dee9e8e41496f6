"""After a flood of filings a yes waits for the browser's sum; nothing that was said is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.turn import Choice

if TYPE_CHECKING:
    from actions.turn import Turn


def check_again(turn: Turn, form: str, confirmed: str) -> None:
    """Say why nothing was sent, and read everything back once more."""
    _say(turn)
    turn.keep(**{confirmed: None})
    turn.go_on_with(form)


def press_again(turn: Turn, title: str, payload: str) -> None:
    """Say why nothing was sent, with the button that sends it."""
    _say(turn, Choice(title, payload))


def _say(turn: Turn, *choices: Choice) -> None:
    turn.mark(prove=True)
    turn.say("utter_prove", choices=choices, hours=turn.desk.school.office_hours)
