"""One talk with a parent at the desk: what they shared and no more, and how it ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sanic.response import json, redirect

from assistant.casework.duty import BY_STAFF
from assistant.casework.kinds import CaseKind
from assistant.services.end_chat import end_by_staff
from assistant.services.errors import NotHere, NotPossibleNow, TextTooLong
from assistant.services.offer_case import CHANNELS, offer_case
from assistant.services.read_chat import staffs_chat
from assistant.services.say_in_chat import staff_says
from assistant.web.calling import ask
from assistant.web.chats_list import blueprint, framed, is_there, missing
from assistant.web.desk_frame import chosen, me, show
from assistant.web.forms import field, new_key, problem_with_words, sent_key
from assistant.web.live_streams import News, seen_number, stream
from assistant.web.pages import macros, render

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

    from assistant.services.read_chat import ChatView
    from assistant.web.desk_frame import Words

BY_SCRIPT = "X-Schoolgate-Fragment"
STATUS, ROWS = "desk/chat_parts.html", "person/parts.html"
OVER = "The talk is over, so this was not sent"
GONE = {"gone": True}
TOO_LONG = "Make it shorter, or send it in parts"


@blueprint.get("/<chat_id:str>", name="show")
async def talk(request: Request, chat_id: str) -> HTTPResponse:
    """Show the talk, with what the parent shared and no more."""
    return await _talk(request, chat_id)


@blueprint.post("/<chat_id:str>/say", name="say")
async def say(request: Request, chat_id: str) -> HTTPResponse:
    """Send words to the parent; or begin them with one of the school's sentences."""
    words, by_script = field(request, "text"), BY_SCRIPT in request.headers
    begun = _first_words(request)
    if begun:
        return await _talk(request, chat_id, kept=f"{words} {begun}".strip())
    problem = problem_with_words(words) or await _sent(request, chat_id, words)
    if problem and by_script:
        return json({"problem": problem}, status=422)
    if problem:
        return await _talk(request, chat_id, {"text": problem}, kept=words)
    if by_script:
        after = seen_number(request) or _number(field(request, "after"))
        found = await _news(request, chat_id, after)
        return json(found.to_json() | {"key": new_key()}) if found else json(GONE, status=404)
    return redirect(f"/desk/chats/{chat_id}", status=303)


@blueprint.post("/<chat_id:str>/end", name="end")
async def end(request: Request, chat_id: str) -> HTTPResponse:
    """End the talk and say what came of it."""
    how = next((each for each in BY_STAFF if each.value == field(request, "how")), None)
    if how is None:
        return await _talk(request, chat_id, {"how": "Choose what came of it"})
    await ask(request, end_by_staff, staff_id=me(request), chat_id=chat_id, how=how)
    return redirect(f"/desk/chats/{chat_id}", status=303)


@blueprint.post("/<chat_id:str>/offer", name="offer")
async def offer(request: Request, chat_id: str) -> HTTPResponse:
    """Show the parent what could be recorded as a case; they agree or not."""
    kind, words = chosen(CaseKind, field(request, "kind")), field(request, "words")
    found = {} if kind in CHANNELS else {"kind": "Choose what it is"}
    if problem_with_words(words):
        found["words"] = "Write down what would be recorded"
    written = {"kind": kind.value if kind else "", "words": words}
    if found or kind is None:
        return await _talk(request, chat_id, found, written)
    wish = {"staff_id": me(request), "chat_id": chat_id, "words": words}
    try:
        await ask(request, offer_case, kind=kind, **wish)
    except NotPossibleNow:
        return await _talk(request, chat_id, {"text": OVER}, written)
    return redirect(f"/desk/chats/{chat_id}", status=303)


@blueprint.get("/<chat_id:str>/log", name="log")
async def log(request: Request, chat_id: str) -> HTTPResponse:
    """Show what was said in a frame that looks again by itself, without a script."""
    chat = await ask(request, staffs_chat, staff_id=me(request), chat_id=chat_id)
    await is_there(request)
    return framed(request, render(request, "person/log.html", chat=chat, side="staff"))


@blueprint.get("/<chat_id:str>/news", name="news")
async def news(request: Request, chat_id: str) -> HTTPResponse:
    """Tell the page of the talk what is new."""
    await is_there(request)
    found = await _news(request, chat_id, seen_number(request))
    return json(found.to_json()) if found else json(GONE, status=404)


@blueprint.get("/<chat_id:str>/stream", name="stream")
async def stream_news(request: Request, chat_id: str) -> HTTPResponse | None:
    """Tell the open page of the talk what is new, as it happens."""
    await ask(request, staffs_chat, staff_id=me(request), chat_id=chat_id)

    async def look(after: int) -> News | None:
        return await _news(request, chat_id, after) if await is_there(request) else None

    return await stream(request, chat_id, me(request), look)


async def _talk(
    request: Request,
    chat_id: str,
    found: Words | None = None,
    written: Words | None = None,
    *,
    kept: str = "",
) -> HTTPResponse:
    await is_there(request)
    try:
        chat = await ask(request, staffs_chat, staff_id=me(request), chat_id=chat_id)
    except NotHere:
        return missing(request)
    sent: dict[str, Any] = {"found": found, "written": written, "kept": kept}
    may_be = {"ends": BY_STAFF, "kinds": tuple(CHANNELS)}
    return show(request, "chat", "chats", chat=chat, key=new_key(), **may_be, **sent)


async def _news(request: Request, chat_id: str, after: int) -> News | None:
    try:
        chat = await ask(request, staffs_chat, staff_id=me(request), chat_id=chat_id)
    except NotHere:
        return None
    return _told(request, chat, after)


def _told(request: Request, chat: ChatView, after: int) -> News:
    rows = macros(request, ROWS).rows(chat, after, "staff")
    status = macros(request, STATUS).status(chat)
    number = chat.said[-1].number if chat.said else 0
    return News(number, chat.state.value, str(rows).strip(), str(status).strip())


async def _sent(request: Request, chat_id: str, words: str) -> str:
    """Send the words; return a sentence when they were not taken. Raises ``NotHere``."""
    key = field(request, "key") or sent_key(request)
    try:
        said = partial(staff_says, staff_id=me(request), chat_id=chat_id, key=key)
        await ask(request, said, words=words)
    except NotPossibleNow:
        return OVER
    except TextTooLong:
        return TOO_LONG
    return ""


def _first_words(request: Request) -> str:
    number, known = field(request, "begin"), request.app.ctx.desk.school.duty.first_words
    return known[int(number)] if number.isdecimal() and int(number) < len(known) else ""


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() else 0
