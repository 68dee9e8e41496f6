"""The page that a school can link from its own posts: it opens straight at the first words."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from assistant.web.pages import render
from assistant.web.people_there import people_there
from assistant.web.reader import reader_of

blueprint = Blueprint("talk_first")


@blueprint.get("/talk-first", name="show")
async def show(request: Request) -> HTTPResponse:
    """Show why private works better and what happens next; the form goes to the chat."""
    reader = reader_of(request)
    return render(
        request,
        "chat/talk_first.html",
        reader=reader,
        address=reader.address("/"),
        people_there=people_there(request.app.ctx.desk, reader.language),
    )
