"""The chat page: full at `/`, framed at `/chat`; plain forms, quicker with a script."""

from __future__ import annotations

from dataclasses import replace

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import Forbidden
from sanic.response import redirect

from assistant.chat.gateway import Said
from assistant.chat.greeting import GREETING
from assistant.services.errors import ConversationGone
from assistant.web.chat_identity import Identity, begin_identity, find_identity
from assistant.web.conversation_view import BEGUN, ConversationView, view_conversation
from assistant.web.filing_in_chat import answer
from assistant.web.filings import is_about_danger, sent_proof
from assistant.web.forms import field, new_key
from assistant.web.headers import let_sites_frame
from assistant.web.not_said import NOTHING_WRITTEN, PROBLEMS, TOO_MANY, NotSaid
from assistant.web.pages import render
from assistant.web.people_there import people_there
from assistant.web.reader import TextSize, reader_of

blueprint = Blueprint("chat")

FULL, FRAMED = "/", "/chat"
FRAGMENT_HEADER = "X-Schoolgate-Fragment"
HIGHEST_NUMBER = 1_000_000


@blueprint.get(FULL, name="full")
@blueprint.get(FRAMED, name="framed")
async def show(request: Request) -> HTTPResponse:
    """Show the chat so far."""
    return await _page(request, await find_identity(request))


@blueprint.post(FULL, name="say_full")
@blueprint.post(FRAMED, name="say_framed")
async def say(request: Request) -> HTTPResponse:
    """Take a message or a choice; then show the answer."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    if field(request, "show"):  # another language, with what is half typed
        return await _page(request, identity, kept_text=field(request, "text"))
    try:
        said = _read(request)
        identity = identity or await _begin(request, said)
        await _say(request, identity, said)
    except NotSaid as problem:
        return await _say_again(request, identity, problem)
    except tuple(PROBLEMS) as problem:
        return await _say_again(request, identity, NotSaid.after(problem))
    return await _after(request, identity)


def here(request: Request) -> str:
    """Return the address of this page, read as it is."""
    return reader_of(request).address(request.path)


def refuse_other_sites(request: Request) -> None:
    """Refuse a form that another site's page sent (Fetch Metadata Request Headers, W3C).

    Older browsers, which do not say, have the cookie's SameSite rule instead.
    """
    if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        message = "Sent from another site"
        raise Forbidden(message)


def is_framed(request: Request) -> bool:
    """Tell whether this is the page inside a school's frame; let approved sites frame it then."""
    framed = request.path == FRAMED
    if framed:
        let_sites_frame(request)
    return framed


async def _begin(request: Request, said: Said) -> Identity:
    """Start a chat; raises ``ConversationGone`` when the page still shows one that has ended.

    The parent is told first then, unless the words are about danger: those are not held up.
    """
    if field(request, BEGUN) and not await is_about_danger(request, said.text):
        raise ConversationGone
    return await begin_identity(request, said.text or "")


async def _say(request: Request, identity: Identity, said: Said) -> None:
    limits = request.app.ctx.limits
    busy = not await limits.allow_message(request, identity.conversation_id)
    if busy and not await is_about_danger(request, said.text):
        raise NotSaid(429, TOO_MANY)
    proof = sent_proof(request)
    await answer(request, identity.conversation_id, said, proof=proof, busy=busy)


def _read(request: Request) -> Said:
    key = field(request, "key") or new_key()
    choice, turn = _number(request, "choice"), _number(request, "turn")
    if choice is not None:
        return Said(key, choice=choice, offered_in=turn)
    text = field(request, "text")
    if not text:
        raise NotSaid(422, NOTHING_WRITTEN)
    return Said(key, text=text)


def _number(request: Request, name: str) -> int | None:
    digits = field(request, name)
    small = digits.isascii() and digits.isdecimal() and len(digits) < len(str(HIGHEST_NUMBER))
    return int(digits) if small else None


async def _after(request: Request, identity: Identity) -> HTTPResponse:
    """Redirect where the cookie came back; else show the page at once."""
    if FRAGMENT_HEADER in request.headers:
        response = await _fragment(request, identity)
    elif identity.kept:
        is_framed(request)
        return redirect(here(request), status=303)
    else:
        response = await _page(request, identity)
    if not identity.kept:
        identity.keep(request, response, framed=is_framed(request))
    return response


async def _say_again(request: Request, identity: Identity | None, problem: NotSaid) -> HTTPResponse:
    if FRAGMENT_HEADER in request.headers and problem.look_again:
        return await _fragment(request, identity, problem)
    if FRAGMENT_HEADER in request.headers:
        return render(
            request,
            "chat/problem.html",
            status=problem.status,
            problem=problem.words,
            reader=reader_of(request),
        )
    return await _page(request, identity, problem=problem, kept_text=field(request, "text"))


async def _fragment(
    request: Request, identity: Identity | None, problem: NotSaid | None = None
) -> HTTPResponse:
    """Show what is new; all of it, in the place of what was shown, where another chat begins."""
    seen, proof = _number(request, "seen") or 0, sent_proof(request)
    conversation = await _view(request, identity, after=seen, proof=proof)
    return render(
        request,
        "chat/fragment.html",
        status=problem.status if problem else 200,
        conversation=conversation,
        address=here(request),
        reader=reader_of(request),
        problem=problem.words if problem else "",
    )


def _greeting(request: Request, conversation: ConversationView) -> str:
    """Return what the school says first on this page of its own, before the first message."""
    page = request.app.ctx.desk.school.embed.page(request.args.get("page") or "")
    return page.greeting if page and not conversation.turns else ""


async def _view(
    request: Request, identity: Identity | None, *, after: int = 0, proof: str = ""
) -> ConversationView:
    if identity and identity.fresh:
        after = 0
    try:
        return await view_conversation(request, identity, after=after, proof=proof)
    except ConversationGone:
        return ConversationView()


async def _page(
    request: Request,
    identity: Identity | None,
    *,
    problem: NotSaid | None = None,
    kept_text: str = "",
) -> HTTPResponse:
    framed, reader = is_framed(request), reader_of(request)
    conversation = await _view(request, identity)
    return render(
        request,
        "chat/page.html",
        status=problem.status if problem else 200,
        conversation=conversation,
        address=here(request),
        reader=reader,
        languages=[
            (each, replace(reader, language=each).address(request.path))
            for each in request.app.ctx.languages.values()
        ],
        sizes=[(each, replace(reader, size=each).address(request.path)) for each in TextSize],
        people_there=people_there(request.app.ctx.desk, reader.language),
        framed=framed,
        forgotten="forgotten" in request.args,
        greeting=GREETING,
        schools_greeting=_greeting(request, conversation),
        kept_text=kept_text,
        problem=problem.words if problem else "",
    )
