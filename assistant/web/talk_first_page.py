"""The page that a school can link from its own posts: it opens straight at the first words."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from assistant.web.languages import address_in, language_of
from assistant.web.pages import render
from assistant.web.people_there import people_there

blueprint = Blueprint("talk_first")


@blueprint.get("/talk-first", name="show")
async def show(request: Request) -> HTTPResponse:
    """Show why private works better and what happens next; the form goes to the chat."""
    language = language_of(request)
    return render(
        request,
        "chat/talk_first.html",
        language=language,
        address=address_in("/", language),
        people_there=people_there(request.app.ctx.desk, language),
    )
