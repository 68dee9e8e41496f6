"""Ask for one's data, have it put right or deleted, or complain about it, without a script.

Data (Use and Access) Act 2025 s.103 asks that such a complaint is made easy; no legal words needed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.kinds import Channel, DataWish
from assistant.services.open_case import open_case
from assistant.services.shapes import NO_NEEDS, Child, Contact
from assistant.web.desk_frame import chosen
from assistant.web.form_token import require_form_token
from assistant.web.forms import NOTE_CHARACTERS, field, is_phone
from assistant.web.pages import render
from assistant.web.plain_filing import Shown, file_case, show_form

if TYPE_CHECKING:
    from assistant.web.desk_frame import Words

blueprint = Blueprint("data_page")

FIELDS = ("wish", "name", "child", "email", "phone", "words")
NEEDS_WORDS = frozenset({DataWish.CORRECT, DataWish.ERASE, DataWish.COMPLAIN})


@blueprint.get("/data-protection", name="show")
async def show(request: Request) -> HTTPResponse:
    """Show the form."""
    return _form(request, Shown({}))


@blueprint.post("/data-protection", name="send")
async def send(request: Request) -> HTTPResponse:
    """Open the case with the data protection officer, or show the form with what to mend."""
    require_form_token(request)
    typed = {name: field(request, name) for name in FIELDS}
    wish, problems = chosen(DataWish, typed["wish"]), _problems(typed)
    if wish is None or problems:
        return _form(request, Shown(typed, problems))
    contact = Contact(typed["name"], typed["phone"], typed["email"], safe=True)
    opening = partial(
        open_case,
        kind=wish.kind,
        channel=Channel.STATUTORY,
        statement=f"{wish.label}.\n\n{typed['words']}".strip(),
        outcome_wanted="",
        child=Child(typed["child"]),
        needs=NO_NEEDS,
    )
    receipt = await file_case(request, "data", typed, contact, opening)
    if isinstance(receipt, Shown):
        return _form(request, receipt)
    return render(request, "notices/data_sent.html", receipt=receipt)


def _problems(typed: Words) -> Words:
    wish = chosen(DataWish, typed["wish"])
    missing = wish in NEEDS_WORDS and not typed["words"]
    reachable = "@" in typed["email"] or is_phone(typed["phone"])
    found = {
        "wish": "" if wish else "Choose what you would like",
        "name": "" if typed["name"] else "Give your name, so that we can find what is about you",
        "email": "" if reachable else "Give an e-mail address or a phone number that is safe",
        "words": "Say what it is about, in your own words" if missing else "",
    }
    if len(typed["words"]) > NOTE_CHARACTERS:
        found["words"] = f"Make it shorter: at most {NOTE_CHARACTERS:,} characters"
    return {name: said for name, said in found.items() if said}


def _form(request: Request, shown: Shown) -> HTTPResponse:
    wishes = [{"value": each.value, "text": each.label} for each in DataWish]
    return show_form(request, "notices/data.html", shown, wishes=wishes)
