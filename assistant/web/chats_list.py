"""The desk's list of chats: who is here for parents, and who waits.

Works without a script. The list tells nothing of a matter but how long a parent has waited; a wait
that names somebody, or somebody close to them, is in none of what they can see or count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json, redirect

from assistant.casework.duty import duty_ends, opening_words
from assistant.services.begin_duty import begin_duty
from assistant.services.end_duty import end_duty
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.list_chats import count_waiting, list_chats
from assistant.services.signs_of_life import staff_is_there
from assistant.services.take_chat import take_chat
from assistant.web.calling import ask
from assistant.web.desk_frame import me, show
from assistant.web.form_token import hidden_field
from assistant.web.forms import field
from assistant.web.gate import guard, session_token
from assistant.web.live_streams import WAITING, News, stream
from assistant.web.pages import macros, render

if TYPE_CHECKING:
    from assistant.services.list_chats import ChatList

blueprint = Blueprint("chats", url_prefix="/desk/chats")
guard(blueprint)

PARTS = "desk/chats_parts.html"
NOT_HERE_YET = "Say first that you are here for chats"
CLOSED = "The school is closed now, so nobody can be here for chats"


@blueprint.get("", name="list")
async def waiting_list(request: Request) -> HTTPResponse:
    """Show whether one is here for chats, who waits, and one's own talks."""
    return await _list(request)


@blueprint.post("/duty", name="begin")
async def begin(request: Request) -> HTTPResponse:
    """Say that one is here until the chosen time."""
    desk = request.app.ctx.desk
    ends = duty_ends(desk.school, desk.calendar, desk.clock.now())
    wanted = field(request, "until")
    until = next((each for each in ends if each.isoformat() == wanted), None)
    if until is None:
        return await _list(request, {"until": CLOSED if not ends else "Choose until when"})
    who = {"staff_id": me(request), "session": session_token(request)}
    await ask(request, begin_duty, until=until, **who)
    return redirect("/desk/chats", status=303)


@blueprint.post("/duty/end", name="end_duty")
async def stop_duty(request: Request) -> HTTPResponse:
    """Say that one is not here any more."""
    await ask(request, end_duty, staff_id=me(request))
    return redirect("/desk/chats", status=303)


@blueprint.get("/waiting", name="waiting")
async def waiting_frame(request: Request) -> HTTPResponse:
    """Show who waits in a frame of the list that looks again by itself, without a script."""
    found = await _list_of(request)
    response = render(request, "desk/chats_frame.html", chats=found)
    return framed(request, response)


@blueprint.get("/news", name="list_news")
async def list_news(request: Request) -> HTTPResponse:
    """Tell the page who waits now."""
    return json((await _list_news(request)).to_json())


@blueprint.get("/count", name="count")
async def count(request: Request) -> HTTPResponse:
    """Tell the list of work how many wait; looking there is no sign of being here for chats."""
    number = await ask(request, count_waiting, staff_id=me(request))
    badge = macros(request, PARTS).badge(number)
    return json(News(number, "list", "", str(badge).strip()).to_json())


@blueprint.get("/stream", name="list_stream")
async def list_stream(request: Request) -> HTTPResponse | None:
    """Tell the open list who waits, as it happens."""

    async def look(_after: int) -> News | None:
        return await _list_news(request) if await is_there(request) else None

    return await stream(request, WAITING, me(request), look)


@blueprint.post("/<chat_id:str>/take", name="take")
async def take(request: Request, chat_id: str) -> HTTPResponse:
    """Take the chat of a parent who waits."""
    who = {"staff_id": me(request), "session": session_token(request)}
    try:
        await ask(request, take_chat, chat_id=chat_id, **who)
    except NotPossibleNow:
        return await _list(request, {"until": NOT_HERE_YET})
    except NotHere:
        return missing(request)
    return redirect(f"/desk/chats/{chat_id}", status=303)


async def is_there(request: Request) -> bool:
    """Note that the person's page is open; return whether they are still signed in."""
    who = {"staff_id": me(request), "session": session_token(request)}
    return await ask(request, staff_is_there, **who)


async def _list_of(request: Request) -> ChatList:
    await is_there(request)
    return await ask(request, list_chats, staff_id=me(request))


async def _list(request: Request, found: dict[str, str] | None = None) -> HTTPResponse:
    desk = request.app.ctx.desk
    ends = duty_ends(desk.school, desk.calendar, desk.clock.now())
    shown = {"chats": await _list_of(request), "ends": ends, "found": found}
    return show(request, "chats", "chats", opening=opening_words(desk.school), **shown)


def missing(request: Request) -> HTTPResponse:
    """Say the same of a chat that was taken, that is closed to this person, and that never was."""
    response = show(request, "chat_gone", "chats")
    response.status = 404
    return response


async def _list_news(request: Request) -> News:
    found = await ask(request, list_chats, staff_id=me(request))
    status = macros(request, PARTS).waiting(found, hidden_field(request))
    return News(len(found.waiting), "list", "", str(status).strip())


def framed(request: Request, response: HTTPResponse) -> HTTPResponse:
    """Let a page of our own show it within itself, and nobody else."""
    request.ctx.frame_ancestors = (request.app.ctx.desk.settings.public_url,)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
