"""The way in by the school's own account: out to its provider by a link, and back."""

from __future__ import annotations

import structlog
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.errors import SchoolAccountAway, SchoolAccountRefused
from assistant.services.school_account_sign_in import finish_school_account, start_school_account
from assistant.services.sign_in_steps import GOOD_FOR
from assistant.web.calling import ask
from assistant.web.devices import device_words
from assistant.web.form_token import cookie_name, set_cookie
from assistant.web.gate import guard
from assistant.web.letting_in import DESK, let_in, onward_path
from assistant.web.sign_in import sign_in_page

COOKIE = "desk-account"
REFUSED = "That account does not open this desk. Use your password, or ask the clerk"
AWAY = "The school's accounts cannot be reached now. Use your password, or try again later"
TOO_MANY = "Too many tries. Wait a minute, then try again"

log = structlog.get_logger()

blueprint = Blueprint("school_account", url_prefix=f"{DESK}/school-account")
guard(blueprint)


@blueprint.get("/", name="start")
async def start(request: Request) -> HTTPResponse:
    """Send the browser to the provider; by GET, because forms lead to our own pages alone."""
    onward = onward_path(request.args.get("onward"))
    if not await request.app.ctx.limits.allow_challenge(request):
        return sign_in_page(request, onward, "", TOO_MANY, status=429)
    try:
        way = await ask(request, start_school_account, onward=onward)
    except (SchoolAccountAway, SchoolAccountRefused) as problem:
        return _away(request, problem)
    response = redirect(way.address, status=303)
    set_cookie(request, response, COOKIE, way.browser, max_age=int(GOOD_FOR.total_seconds()))
    return response


@blueprint.get("/back", name="back")
async def back(request: Request) -> HTTPResponse:
    """Let somebody in whom the provider knows and the school file names."""
    brought = {name: request.args.get(name) or "" for name in ("state", "code")}
    browser = request.cookies.get(cookie_name(request, COOKIE)) or ""
    device = device_words(request)
    try:
        entered, onward = await ask(
            request, finish_school_account, browser=browser, device=device, **brought
        )
    except SchoolAccountRefused:
        return sign_in_page(request, DESK, "", REFUSED)
    except SchoolAccountAway as problem:
        return _away(request, problem)
    response = let_in(request, entered, onward)
    set_cookie(request, response, COOKIE, "", max_age=0)
    return response


def _away(request: Request, problem: Exception) -> HTTPResponse:
    cause = problem.__cause__ or problem
    log.warning("school_account_away", error=type(cause).__name__)
    return sign_in_page(request, DESK, "", AWAY, status=503)
