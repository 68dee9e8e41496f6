"""What the page before sending was sent: words and doors by point, and how to reach the parent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.services.change_points import Edited, Move
from assistant.services.shapes import Child, Contact
from assistant.web.forms import field, is_phone, one_line
from assistant.web.languages import translatable
from assistant.web.meet_contact import SAFE, problem_with_email, problem_with_length
from assistant.web.meet_matter import child_of_group, group_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanic import Request

    from assistant.services.desk import Desk
    from assistant.services.view_points import DraftPage

WORDS, DOOR = "words:", "door:"
HIGHEST = 1_000_000
LONGEST_WORDS = 100_000
"""Characters of one point; a parent who pastes more is asked to split it."""
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)

NO_NAME = translatable("Tell us what to call you, or tick that you would rather not say")
NO_WAY = translatable("Give a phone number or an e-mail address, so that you can get an answer")
WRONG_PHONE = translatable("Give a phone number that we can ring")
WRONG_EMAIL = translatable("Give the whole e-mail address, such as name@example.com")
NOT_SAID_SAFE = translatable("Say whether it is safe to write to you there")
TOO_LONG_NAME = translatable("Make the name shorter")
TOO_LONG = translatable("One point is very long. Split it, or make it shorter")
NOTHING_GOES = translatable("There is nothing to send yet")


def number(request: Request, name: str) -> int:
    """Return a small number of the form, 0 for anything else."""
    sent = field(request, name)
    return int(sent) if _NUMBER.fullmatch(sent) else 0


def read_edited(request: Request) -> Edited:
    """Return what the fields held; a page without the fields of contact leaves it as it is."""
    form: Mapping[str, object] = request.form or {}
    words = {
        name.removeprefix(WORDS): field(request, name) for name in form if name.startswith(WORDS)
    }
    doors = {
        name.removeprefix(DOOR): field(request, name) for name in form if name.startswith(DOOR)
    }
    asked = "name" in form
    return Edited(
        seen=number(request, "seen"),
        version=number(request, "version"),
        words=words,
        doors=doors,
        contact=_contact(request) if asked else None,
        child=_child(request) if asked else None,
        nameless=field(request, "nameless") == "yes",
    )


def read_move(asked: str) -> Move:
    """Return what a button stands for: ``act:point`` or ``split:point:place``."""
    act, _, rest = asked.partition(":")
    point, _, at = rest.partition(":")
    return Move(act, point, int(at) if _NUMBER.fullmatch(at) else 0)


def written(page: DraftPage) -> dict[str, str]:
    """Return what the fields of contact and child hold."""
    draft = page.draft
    known = {value: name for name, value in SAFE.items()}
    return {
        "name": draft.contact.name,
        "phone": draft.contact.phone,
        "email": draft.contact.email,
        "safe": known.get(draft.contact.safe, "") if draft.contact.safe is not None else "",
        "nameless": "yes" if draft.nameless else "",
        "child_name": draft.child.name,
        "group": group_of(draft.child),
    }


def problems(page: DraftPage) -> dict[str, str]:
    """Return what has to be mended before the draft can be sent, by field, in their order."""
    contact, nameless = page.draft.contact, page.draft.nameless
    reachable = contact.phone or contact.email
    phone = "" if not contact.phone or is_phone(contact.phone) else WRONG_PHONE
    long = [each for each in page.going if len(each.point.words) > LONGEST_WORDS]
    found = {
        "points": "" if page.going else NOTHING_GOES,
        **{f"words-{each.point.id}": TOO_LONG for each in long},
        "name": _problem_with_name(contact.name, nameless=nameless),
        "phone": phone or ("" if reachable or nameless else NO_WAY),
        "email": WRONG_EMAIL if problem_with_email(contact.email) else "",
        "safe": NOT_SAID_SAFE if contact.email and contact.safe is None else "",
        "child_name": TOO_LONG_NAME if problem_with_length(page.draft.child.name) else "",
    }
    return {name: words for name, words in found.items() if words}


def _problem_with_name(name: str, *, nameless: bool) -> str:
    if problem_with_length(name):
        return TOO_LONG_NAME
    return "" if name or nameless else NO_NAME


def _contact(request: Request) -> Contact:
    return Contact(
        name=one_line(field(request, "name")),
        phone=one_line(field(request, "phone")),
        email=field(request, "email"),
        safe=SAFE.get(field(request, "safe")),
    )


def _child(request: Request) -> Child:
    desk: Desk = request.app.ctx.desk
    known = child_of_group(desk, field(request, "group")) or Child()
    return Child(one_line(field(request, "child_name")), known.year, known.class_name)
