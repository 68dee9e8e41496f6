"""Leaving the chat: quickly, with a copy, or with nothing left of it."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect, text

from assistant.services.read_chat import parents_chats
from assistant.services.read_transcript import read_transcript
from assistant.web.calling import ask
from assistant.web.chat_identity import drop_identity, find_identity
from assistant.web.chat_page import FRAMED, FULL, refuse_other_sites
from assistant.web.conversation_view import as_text
from assistant.web.forms import field
from assistant.web.pages import NEUTRAL_PAGE, render
from assistant.web.reader import reader_of

blueprint = Blueprint("leaving")


@blueprint.get("/exit", name="exit")
async def leave(request: Request) -> HTTPResponse:
    """Drop the browser's key to the chat and go to a page that says nothing about anyone."""
    response = redirect(NEUTRAL_PAGE, status=303)
    drop_identity(request, response)
    return response


@blueprint.post("/transcript", name="transcript")
async def transcript(request: Request) -> HTTPResponse:
    """Send what was said as a page or as plain text, in a file with a name that tells nothing."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    if identity is None:
        return redirect(reader_of(request).address(FULL), status=303)
    turns = await ask(request, read_transcript, identity.conversation_id)
    talks = await ask(request, parents_chats, identity.conversation_id)
    desk = request.app.ctx.desk
    if field(request, "as") == "text":
        return _file(text(as_text(desk.school.name, turns, talks)), "notes.txt")
    whole = {"turns": turns, "talks": talks, "now": desk.clock.now()}
    return _file(render(request, "chat/transcript.html", **whole), "notes.html")


def _file(response: HTTPResponse, name: str) -> HTTPResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.post("/forget", name="forget")
async def forget(request: Request) -> HTTPResponse:
    """Erase the chat here and in the brain; what was sent to the school stays with the school."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    if identity is not None:
        await request.app.ctx.gateway.forget(identity.conversation_id)
    back = FRAMED if field(request, "back") == FRAMED else FULL
    address = reader_of(request).address(back, forgotten="yes")
    response = redirect(address, status=303)
    drop_identity(request, response)
    return response
