"""Ask for one's data, have it put right or deleted, or complain about it, without a script.

Data (Use and Access) Act 2025 s.103 asks that such a complaint is made easy; no legal words needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.kinds import Channel, DataWish
from assistant.services.open_case import open_case
from assistant.services.shapes import Child, Contact, Needs
from assistant.services.who_is_meant import people_in_words
from assistant.web.calling import ask
from assistant.web.chat_identity import find_identity
from assistant.web.danger_first import danger_in
from assistant.web.desk_frame import chosen
from assistant.web.filings import ASKED, filing, the_sum
from assistant.web.form_token import require_form_token
from assistant.web.forms import NOTE_CHARACTERS, field, is_phone, new_key, sent_key
from assistant.web.pages import render

if TYPE_CHECKING:
    from typing import Any

    from assistant.web.desk_frame import Words

blueprint = Blueprint("data_page")

FIELDS = ("wish", "name", "child", "email", "phone", "words")
NEEDS_WORDS = frozenset({DataWish.CORRECT, DataWish.ERASE, DataWish.COMPLAIN})


@blueprint.get("/data-protection", name="show")
async def show(request: Request) -> HTTPResponse:
    """Show the form."""
    return _form(request, {}, {})


@blueprint.post("/data-protection", name="send")
async def send(request: Request) -> HTTPResponse:
    """Open the case with the data protection officer, or show the form with what to mend."""
    require_form_token(request)
    typed = {name: field(request, name) for name in FIELDS}
    wish, problems = chosen(DataWish, typed["wish"]), _problems(typed)
    if wish is None or problems:
        return _form(request, typed, problems)
    identity = await find_identity(request)
    contact = Contact(typed["name"], typed["phone"], typed["email"], safe=True)
    warning = await danger_in(request, typed["words"], contact, identity)
    if warning:
        return _form(request, typed, {}, warning)
    key = sent_key(request)
    async with filing(request, "data-protection", key, words=typed["words"]) as this:
        if not this.allowed:
            return _form(request, typed, {}, asked=the_sum(request, this.form), key=key)
        receipt = await ask(
            request,
            open_case,
            idempotency_key=f"data:{key}",
            conversation_id=identity.conversation_id if identity else None,
            kind=wish.kind,
            channel=Channel.STATUTORY,
            statement=f"{wish.label}.\n\n{typed['words']}".strip(),
            outcome_wanted="",
            contact=contact,
            child=Child(typed["child"]),
            needs=Needs(),
            subjects=await ask(request, people_in_words, text=typed["words"]),
        )
        this.made(receipt.reference)
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


def _form(  # noqa: PLR0913 - what was typed, and why the form is shown again
    request: Request,
    typed: Words,
    problems: Words,
    warning: tuple[str, ...] = (),
    *,
    asked: dict[str, Any] | None = None,
    key: str = "",
) -> HTTPResponse:
    return render(
        request,
        "notices/data.html",
        status=422 if problems else ASKED if asked else 200,
        typed=typed,
        problems=problems,
        warning=warning,
        asked=asked,
        wishes=[{"value": each.value, "text": each.label} for each in DataWish],
        key=key or field(request, "idempotency_key") or new_key(),
    )
