"""A parent asks for a person, chooses what that person sees, and talks with them.

Nothing goes before they press. Plain forms; quicker with a script. The same pages stand at
``/person`` and, for a school's frame, at ``/chat/person``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json, redirect

from assistant.chat import in_person
from assistant.chat.in_person import ChatClosed
from assistant.services.ask_for_person import NobodyHere, Wish
from assistant.services.end_chat import end_by_parent
from assistant.services.errors import ConversationGone, NotPossibleNow, TextTooLong
from assistant.services.offer_case import Agreed, agree_to_case, decline_case
from assistant.services.shapes import Contact
from assistant.web.calling import ask
from assistant.web.chat_identity import Identity, begin_identity, find_identity
from assistant.web.chat_page import refuse_other_sites
from assistant.web.filings import is_about_danger
from assistant.web.forms import (
    NO_NUMBER,
    field,
    is_phone,
    new_key,
    one_line,
    problem_with_words,
    several,
)
from assistant.web.headers import let_sites_frame
from assistant.web.languages import translatable
from assistant.web.live_streams import seen_number, stream
from assistant.web.not_said import NOTHING_WRITTEN, TOO_MANY, NotSaid
from assistant.web.pages import render
from assistant.web.person_view import (
    Asking,
    address,
    closed_words,
    first_step,
    is_framed,
    news_of,
    page,
    running_chat,
)
from assistant.web.reader import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.web.live_streams import News

blueprint = Blueprint("person", url_prefix="/person")
BY_SCRIPT = "X-Schoolgate-Fragment"
OVER = translatable("The talk is over, so this was not sent. Your words are still here.")
WRONG_NUMBER = translatable("Give a number that we can ring, or leave this empty.")


@blueprint.get("", name="show")
async def show(request: Request) -> HTTPResponse:
    """Show who is here and what they would see, or the talk as it stands."""
    return await page(request, await find_identity(request))


@blueprint.post("/look", name="look")
async def look(request: Request) -> HTTPResponse:
    """Show the same to a browser that keeps no cookie."""
    refuse_other_sites(request)
    return await page(request, await find_identity(request))


@blueprint.post("/ask", name="ask")
async def ask_person(request: Request) -> HTTPResponse:
    """Send the first message and what was ticked, or show the step again with what is wrong."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    typed = {name: field(request, name) for name in ("words", "name", "phone")}
    ticked = frozenset(int(each) for each in several(request, "share") if each.isdecimal())
    problems = _problems(request, typed)
    shown: dict[str, Any] = {"typed": typed, "ticked": ticked}
    if problems:
        asking = await first_step(request, identity, problems=problems, **shown)
        return await page(request, identity, asking)
    identity = identity or await begin_identity(request, typed["words"])
    wish = Wish(typed["words"], ticked, Contact(one_line(typed["name"]), typed["phone"]))
    key, gateway = field(request, "key") or new_key(), request.app.ctx.gateway
    try:
        await _refuse_flood(request, identity, typed["words"])
        await in_person.ask(gateway, identity.conversation_id, key, wish)
    except NobodyHere:
        asking = replace(await first_step(request, identity, **shown), nobody=True)
        return _kept(request, identity, await page(request, identity, asking))
    except (ChatClosed, NotSaid) as refused:
        asking = Asking(closed=_why(request, refused), **shown)
        return _kept(request, identity, await page(request, identity, asking))
    return await _onward(request, identity)


@blueprint.post("/say", name="say")
async def say(request: Request) -> HTTPResponse:
    """Send the next words to the person."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    words, key = field(request, "text"), field(request, "key") or new_key()
    if identity is None:
        return redirect(address(request), status=303)
    problem = await _said(request, identity, key, words)
    if BY_SCRIPT not in request.headers:
        if problem:
            return await page(request, identity, kept_text=words, problem=problem)
        return await _onward(request, identity)
    if problem:
        return json({"problem": problem}, status=422)
    return await _news(request, identity)


@blueprint.post("/stop", name="stop")
async def stop(request: Request) -> HTTPResponse:
    """Stop waiting, or end the talk; the assistant is back."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    if identity is None:
        return redirect(address(request), status=303)
    await ask(request, end_by_parent, conversation_id=identity.conversation_id)
    return await _onward(request, identity)


@blueprint.post("/case", name="case")
async def case(request: Request) -> HTTPResponse:
    """Agree to what the person offers to record, in the parent's own words, or not."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    if identity is None:
        return redirect(address(request), status=303)
    mine = {"conversation_id": identity.conversation_id}
    if field(request, "answer") != "yes":
        await ask(request, decline_case, **mine)
        return await _onward(request, identity)
    typed = {name: field(request, name) for name in ("words", "name", "phone")}
    contact = Contact(one_line(typed["name"]), typed["phone"])
    problems = _problems(request, typed, must_ring=True)
    if problems:
        return await page(request, identity, problem=" ".join(problems.values()))
    offer = field(request, "offer")
    await _hear(request, identity, f"case {offer}", typed["words"], contact)
    try:
        await ask(request, agree_to_case, agreed=Agreed(offer, typed["words"], contact), **mine)
    except NotPossibleNow:
        return await page(request, identity, problem=_say(request, OVER))
    return await _onward(request, identity)


@blueprint.post("/news", name="news")
async def news(request: Request) -> HTTPResponse:
    """Tell a page what is new that gets no stream."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    return await _news(request, identity) if identity else json({"gone": True})


@blueprint.get("/stream", name="stream")
async def stream_news(request: Request) -> HTTPResponse | None:
    """Tell an open page what is new, as it happens."""
    identity = await find_identity(request)
    chat = await running_chat(request, identity)
    if identity is None or chat is None:
        return HTTPResponse(status=204)  # tells the browser not to try again

    async def look_again(after: int) -> News | None:
        return await news_of(request, identity, after)

    return await stream(request, chat.id, identity.conversation_id, look_again)


@blueprint.get("/log", name="log")
async def log(request: Request) -> HTTPResponse:
    """Show what was said in a frame of the page that looks again by itself, without a script."""
    chat = await running_chat(request, await find_identity(request))
    is_framed(request)
    let_sites_frame(request)
    reader = reader_of(request)
    response = render(request, "person/log.html", chat=chat, side="parent", reader=reader)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


async def _refuse_flood(request: Request, identity: Identity, words: str) -> None:
    allowed = await request.app.ctx.limits.allow_message(request, identity.conversation_id)
    if not allowed and not await is_about_danger(request, words):
        raise NotSaid(429, TOO_MANY)


async def _hear(
    request: Request, identity: Identity, key: str, words: str, contact: Contact
) -> None:
    gateway = request.app.ctx.gateway
    await in_person.hear(gateway, identity.conversation_id, key, words, contact)


async def _said(request: Request, identity: Identity, key: str, words: str) -> str:
    """Send the words; return a sentence in the parent's language when they were not taken."""
    if not words:
        return _say(request, NOTHING_WRITTEN)
    try:
        await _refuse_flood(request, identity, words)
        await in_person.say(request.app.ctx.gateway, identity.conversation_id, key, words)
    except (ChatClosed, NotSaid) as refused:
        return _why(request, refused)
    except TextTooLong as too_long:
        return _why(request, NotSaid.after(too_long))
    except (NotPossibleNow, ConversationGone):
        return _say(request, OVER)
    return ""


def _why(request: Request, refused: ChatClosed | NotSaid) -> str:
    if isinstance(refused, ChatClosed):
        return closed_words(request, refused.until)
    return _say(request, refused.words)


def _say(request: Request, words: str) -> str:
    return reader_of(request).language.say(words)


def _problems(
    request: Request, typed: Mapping[str, str], *, must_ring: bool = False
) -> dict[str, str]:
    phone = "" if is_phone(typed["phone"]) else NO_NUMBER if must_ring else WRONG_NUMBER
    found = {
        "words": problem_with_words(typed["words"]) or "",
        "phone": phone if typed["phone"] or must_ring else "",
    }
    return {name: _say(request, words) for name, words in found.items() if words}


async def _news(request: Request, identity: Identity) -> HTTPResponse:
    sent = field(request, "after")
    after = int(sent) if sent.isdecimal() else seen_number(request)
    found = await news_of(request, identity, after)
    return json(found.to_json() | {"key": new_key()} if found else {"gone": True})


async def _onward(request: Request, identity: Identity) -> HTTPResponse:
    """Redirect where the cookie came back; else show the page at once."""
    if identity.kept:
        return redirect(address(request), status=303)
    return _kept(request, identity, await page(request, identity))


def _kept(request: Request, identity: Identity, response: HTTPResponse) -> HTTPResponse:
    if not identity.kept:
        identity.keep(request, response, framed=is_framed(request))
    return response


framed = blueprint.copy("person_framed", url_prefix="/chat/person")
