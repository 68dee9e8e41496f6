"""Ask for a call: a form that needs neither the brain nor a script, so there is always a way in."""

from __future__ import annotations

from functools import partial

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.kinds import CaseKind, Channel
from assistant.services.open_case import open_case
from assistant.services.read_chat import parents_chat
from assistant.services.shapes import NO_NEEDS, Child, Contact
from assistant.web.calling import ask
from assistant.web.chat_identity import find_identity
from assistant.web.check_words import PROMISES
from assistant.web.form_token import require_form_token
from assistant.web.forms import NO_NUMBER, field, is_phone, problem_with_words
from assistant.web.languages import translatable
from assistant.web.pages import render
from assistant.web.plain_filing import Shown, file_case, show_form
from assistant.web.reader import reader_of

blueprint = Blueprint("call_back")
NO_NAME = translatable("Tell us what to call you.")


@blueprint.get("/call-back", name="show")
async def show(request: Request) -> HTTPResponse:
    """Show the form, after a talk with a person filled with what the parent gave there."""
    return _form(request, Shown(await _given_before(request)))


@blueprint.post("/call-back", name="send")
async def send(request: Request) -> HTTPResponse:
    """Open the request, or show the form again with what was typed and what to mend."""
    require_form_token(request)
    typed = {name: field(request, name) for name in ("name", "phone", "words")}
    problems = _problems(typed)
    if problems:
        return _form(request, Shown(typed, problems))
    contact = Contact(name=typed["name"], phone=typed["phone"])
    opening = partial(
        open_case,
        kind=CaseKind.CALL_BACK,
        channel=Channel.STAFF,
        statement=typed["words"],
        outcome_wanted="A call from the school.",
        child=Child(),
        needs=NO_NEEDS,
    )
    receipt = await file_case(request, "call-back", typed, contact, opening)
    if isinstance(receipt, Shown):
        return _form(request, receipt)
    return render(
        request,
        "chat/call_back_sent.html",
        reader=reader_of(request),
        receipt=receipt,
        phone=typed["phone"],
        promises=PROMISES,
    )


async def _given_before(request: Request) -> dict[str, str]:
    """Return name, number and words of the talk that the parent comes from; no address has them."""
    identity = await find_identity(request) if "from" in request.args else None
    talk = await ask(request, parents_chat, identity.conversation_id) if identity else None
    if talk is None:
        return {}
    words = "\n\n".join(each.words for each in talk.said if each.by_parent)
    return {"name": talk.contact.name, "phone": talk.contact.phone, "words": words}


def _problems(typed: dict[str, str]) -> dict[str, str]:
    found = {
        "name": "" if typed["name"] else NO_NAME,
        "phone": "" if is_phone(typed["phone"]) else NO_NUMBER,
        "words": problem_with_words(typed["words"]) or "",
    }
    return {name: words for name, words in found.items() if words}


def _form(request: Request, shown: Shown) -> HTTPResponse:
    return show_form(request, "chat/call_back.html", shown, reader=reader_of(request))
