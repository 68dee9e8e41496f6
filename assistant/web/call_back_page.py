"""Ask for a call: a form that needs neither the brain nor a script, so there is always a way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.kinds import CaseKind, Channel
from assistant.services.open_case import open_case
from assistant.services.read_chat import parents_chat
from assistant.services.shapes import Child, Contact, Needs
from assistant.services.who_is_meant import people_in_words
from assistant.web.calling import ask
from assistant.web.chat_identity import find_identity
from assistant.web.check_words import PROMISES
from assistant.web.danger_first import danger_in
from assistant.web.filings import ASKED, filing, name_of, sent_proof, the_sum
from assistant.web.form_token import require_form_token
from assistant.web.forms import NO_NUMBER, field, is_phone, new_key, problem_with_words, sent_key
from assistant.web.languages import translatable
from assistant.web.pages import render
from assistant.web.reader import reader_of

if TYPE_CHECKING:
    from typing import Any

blueprint = Blueprint("call_back")
NO_NAME = translatable("Tell us what to call you.")


@blueprint.get("/call-back", name="show")
async def show(request: Request) -> HTTPResponse:
    """Show the form, after a talk with a person filled with what the parent gave there."""
    return _form(request, await _given_before(request), {})


@blueprint.post("/call-back", name="send")
async def send(request: Request) -> HTTPResponse:
    """Open the request, or show the form again with what was typed and what to mend."""
    require_form_token(request)
    typed = {name: field(request, name) for name in ("name", "phone", "words")}
    problems = _problems(typed)
    if problems:
        return _form(request, typed, problems)
    identity = await find_identity(request)
    contact = Contact(name=typed["name"], phone=typed["phone"])
    warning = await danger_in(request, typed["words"], contact, identity)
    if warning:
        return _form(request, typed, {}, warning)
    key = sent_key(request)
    form = name_of(request, "call-back", key)
    async with filing(request, form, words=typed["words"], proof=sent_proof(request)) as this:
        if not this.allowed:
            return _form(request, typed, {}, asked=the_sum(request, form), key=key)
        receipt = await ask(
            request,
            open_case,
            idempotency_key=f"call-back:{key}",
            conversation_id=identity.conversation_id if identity else None,
            kind=CaseKind.CALL_BACK,
            channel=Channel.STAFF,
            statement=typed["words"],
            outcome_wanted="A call from the school.",
            contact=contact,
            child=Child(),
            needs=Needs(),
            subjects=await ask(request, people_in_words, text=typed["words"]),
        )
        this.made(receipt.reference)
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


def _form(  # noqa: PLR0913 - what was typed, and why the form is shown again
    request: Request,
    typed: dict[str, str],
    problems: dict[str, str],
    warning: tuple[str, ...] = (),
    *,
    asked: dict[str, Any] | None = None,
    key: str = "",
) -> HTTPResponse:
    status = 422 if problems else ASKED if asked else 200
    return render(
        request,
        "chat/call_back.html",
        status=status,
        reader=reader_of(request),
        typed=typed,
        problems=problems,
        warning=warning,
        asked=asked,
        key=key or field(request, "idempotency_key") or new_key(),
    )
