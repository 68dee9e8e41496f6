"""What the forms of steps and restrictions share: a reason, days, words for the parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.forms import field, problem_with_words
from assistant.web.letter_pages import problem_with_letter

if TYPE_CHECKING:
    from datetime import date

    from sanic import Request

    from assistant.casework.policy_steps import PolicyStep
    from assistant.casework.school import School
    from assistant.web.desk_frame import Words

WHY = "Say why, in a sentence or two"


def sent(request: Request, *names: str) -> Words:
    """Return the fields of a form by their names."""
    return {name: field(request, name) for name in names}


def begun_from(request: Request, step: PolicyStep) -> str:
    """Return the school's own words from which the letter of the step is begun."""
    school: School = request.app.ctx.desk.school
    letter = school.letter_for(step)
    return letter.words.strip() if letter else ""


def wrong_words(written: Words, template: str = "", *, may_wait: bool = False) -> Words:
    """Return what is wrong with the reason and the message, by field.

    ``template`` is what the message was begun from. ``may_wait``: the parent is told later, so
    that the message is not sent, whatever it says.
    """
    told = "" if may_wait else problem_with_letter(written["message"], template)
    found = {"reason": WHY if problem_with_words(written["reason"]) else "", "message": told}
    return {name: said for name, said in found.items() if said}


def wrong_day(
    day: date | None, first: date, last: date | None = None, *, named: str = "a day"
) -> str:
    """Return what is wrong with a day that lies from ``first`` to ``last``; empty when it does.

    A form with two days has ``named`` tell which of them is meant.
    """
    if day is None or day < first:
        return f"Choose {named} that is still to come"
    if last and day > last:
        return f"Choose {named} until {last.day} {last:%B %Y}"
    return ""
