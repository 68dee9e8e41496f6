"""Who the parent is, how to reach them safely, and the child."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import MeetingMode
from assistant.services.shapes import Contact
from assistant.web.forms import NOTE_CHARACTERS, is_phone, one_line
from assistant.web.meet_matter import too_long

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers

FIELDS = ("name", "phone", "email", "safe", "child_name", "note")
LONGEST_NAME = 200
SAFE = {"yes": True, "no": False}
_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]+")


def written(answers: Answers) -> dict[str, str]:
    """Return what the page's fields hold."""
    contact = answers.contact
    safe = {known: word for word, known in SAFE.items()}
    return {
        "name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        "safe": safe.get(bool(contact.safe), "") if contact.safe is not None else "",
        "child_name": answers.child.name,
        "note": answers.note,
    }


def shown(_desk: Desk, answers: Answers) -> dict[str, Any]:
    """Return whether the school must ring, and until when the time is kept."""
    return {"rings": answers.mode == MeetingMode.PHONE.value, "answers": answers}


def problems(_desk: Desk, answers: Answers, typed: dict[str, str]) -> dict[str, str]:
    """Return what is missing, in the order of the page."""
    found = {
        "name": _problem_with_name(one_line(typed["name"])),
        "phone": _problem_with_phone(answers, typed),
        "email": problem_with_email(typed["email"]),
        "safe": "" if typed["safe"] in SAFE else "Say whether it is safe to write to you",
        "child_name": problem_with_length(one_line(typed["child_name"])),
        "note": too_long() if len(typed["note"]) > NOTE_CHARACTERS else "",
    }
    return {name: words for name, words in found.items() if words}


def change(_desk: Desk, typed: dict[str, str]) -> Callable[[Answers], Answers]:
    """Keep them; names, numbers and addresses are one line each."""
    contact = Contact(
        name=one_line(typed["name"]),
        phone=one_line(typed["phone"]),
        email=typed["email"],
        safe=SAFE.get(typed["safe"]),
    )

    def put(answers: Answers) -> Answers:
        child = replace(answers.child, name=one_line(typed["child_name"]))
        return replace(answers, contact=contact, child=child, note=typed["note"])

    return put


def _problem_with_name(name: str) -> str:
    return problem_with_length(name) if name else "Tell us what to call you"


def problem_with_length(name: str) -> str:
    """Return what is wrong with a name, empty when nothing is."""
    return "" if len(name) <= LONGEST_NAME else f"Use at most {LONGEST_NAME} characters"


def _problem_with_phone(answers: Answers, typed: dict[str, str]) -> str:
    if typed["phone"]:
        return "" if is_phone(typed["phone"]) else "Give a number that we can ring"
    if answers.mode == MeetingMode.PHONE.value:
        return "Give the number that we ring for the talk"
    return "" if typed["email"] else "Give a phone number or an e-mail address"


def problem_with_email(email: str) -> str:
    """Return what is wrong with an address, empty when nothing is or none was given."""
    good = not email or (len(email) <= LONGEST_NAME and _EMAIL.fullmatch(email))
    return "" if good else "Give the whole e-mail address, such as name@example.com"
