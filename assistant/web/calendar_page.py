"""The desk page on which staff make, and end, private addresses of their calendar."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.calendar_feeds import MOST_FEEDS
from assistant.services.errors import NotPossibleNow
from assistant.services.list_feeds import list_feeds
from assistant.services.make_feed import make_feed
from assistant.services.revoke_feed import revoke_feed
from assistant.web.calling import ask
from assistant.web.desk_frame import show
from assistant.web.forms import sent_key
from assistant.web.gate import guard

TOO_MANY = (
    f"You have {MOST_FEEDS} addresses already. End one that you do not use, then make a new one"
)

blueprint = Blueprint("desk_calendar", url_prefix="/desk/calendar")
guard(blueprint)


@blueprint.get("/", name="show")
async def feeds(request: Request) -> HTTPResponse:
    """Show which addresses work; never their secrets."""
    return await _page(request)


@blueprint.post("/make", name="make")
async def make(request: Request) -> HTTPResponse:
    """Make an address and show it this once; not by a redirect, for no link may hold it."""
    try:
        who, key = request.ctx.me.staff_id, sent_key(request)
        token = await ask(request, make_feed, staff_id=who, idempotency_key=key)
    except NotPossibleNow:
        return await _page(request, problem=TOO_MANY)
    return await _page(request, made=f"{_home(request)}/calendar/{token}.ics")


@blueprint.post("/<feed_id:str>/end", name="end")
async def end(request: Request, feed_id: str) -> HTTPResponse:
    """End an address."""
    await ask(request, revoke_feed, staff_id=request.ctx.me.staff_id, feed_id=feed_id)
    return redirect("/desk/calendar?done=ended", status=303)


async def _page(request: Request, *, made: str = "", problem: str = "") -> HTTPResponse:
    made_before = await ask(request, list_feeds, staff_id=request.ctx.me.staff_id)
    return show(
        request,
        "calendar",
        "calendar",
        status=400 if problem else 200,
        feeds=made_before,
        made=made,
        subscribe=made.replace(urlsplit(made).scheme, "webcal", 1) if made else "",
        ended=request.args.get("done") == "ended",
        problem=problem,
    )


def _home(request: Request) -> str:
    address: str = request.app.ctx.desk.settings.public_url
    return address
