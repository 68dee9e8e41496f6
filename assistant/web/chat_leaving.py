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

blueprint = Blueprint("leaving")

NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"
"""Where "Exit this page" goes, as GOV.UK's component does."""


@blueprint.get("/exit", name="exit")
async def leave(request: Request) -> HTTPResponse:
    """Drop the browser's key to the chat and go to a page that says nothing about anyone."""
    response = redirect(NEUTRAL_PAGE, status=303)
    drop_identity(request, response)
    return response


@blueprint.post("/transcript", name="transcript")
async def transcript(request: Request) -> HTTPResponse:
    """Send what was said as a text file with a name that tells nothing."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    if identity is None:
        return redirect(FULL, status=303)
    turns = await ask(request, read_transcript, identity.conversation_id)
    talks = await ask(request, parents_chats, identity.conversation_id)
    headers = {"Content-Disposition": 'attachment; filename="notes.txt"'}
    return text(as_text(request.app.ctx.desk.school.name, turns, talks), headers=headers)


@blueprint.post("/forget", name="forget")
async def forget(request: Request) -> HTTPResponse:
    """Erase the chat here and in the brain; what was sent to the school stays with the school."""
    refuse_other_sites(request)
    identity = await find_identity(request)
    if identity is not None:
        await request.app.ctx.gateway.forget(identity.conversation_id)
    back = FRAMED if field(request, "back") == FRAMED else FULL
    response = redirect(f"{back}?forgotten=yes", status=303)
    drop_identity(request, response)
    return response
