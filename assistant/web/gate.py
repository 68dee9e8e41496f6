"""The gate in front of every desk page: who asks, may they, and is the form one of ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sanic.response import redirect

from assistant.security.permissions import Permission, Visitor, may
from assistant.security.routes import ROUTES, may_use
from assistant.services.current_session import current_session
from assistant.web.calling import ask
from assistant.web.errors import not_here
from assistant.web.form_token import SESSION_COOKIE, cookie_name, guard_forms

if TYPE_CHECKING:
    from sanic import Blueprint, HTTPResponse, Request

    from assistant.services.desk_shapes import SignedIn

PAGE_OF = {
    Permission.CHOOSE_PASSWORD: "/desk/password",
    Permission.CHANGE_OWN_SIGN_IN: "/desk/security",
    Permission.LET_COLLEAGUE_IN: "/desk/colleagues",
}
"""Where somebody goes on who first has to show that it is they."""

ASKED_BY_ITSELF = frozenset(
    f"chats.{name}"
    for name in ("waiting", "list_news", "list_stream", "count", "log", "news", "stream")
)
"""What a page asks for while nobody presses anything: it makes no session grow younger."""


def guard(blueprint: Blueprint) -> None:
    """Put the gate in front of every route of `blueprint`, now and later."""
    blueprint.on_request(let_in)


async def let_in(request: Request) -> HTTPResponse | None:
    """Return None to go on, or the answer that ends the request here."""
    token = session_token(request)
    by_itself = route_name(request) in ASKED_BY_ITSELF
    me = await ask(request, current_session, token=token, by_itself=by_itself) if token else None
    request.ctx.me = me
    if not may_use(visitor(me), route_name(request)):
        return _turn_away(request, visitor(me))
    guard_forms(request)
    return None


def session_token(request: Request) -> str:
    """Return what the session cookie holds, empty when there is none."""
    return request.cookies.get(cookie_name(request, SESSION_COOKIE)) or ""


def visitor(me: SignedIn | None) -> Visitor:
    """Return what the permissions ask about, from a running session or none."""
    if me is None:
        return Visitor()
    late = me.second_step.is_late
    return Visitor(
        me.staff_id,
        me.may_work,
        me.roles,
        me.proved_lately,
        lacks_second_step=late,
        takes_chats=me.takes_chats,
    )


def network_of(request: Request) -> str:
    """Return the address of who asks, of which only a digest is ever kept."""
    return request.remote_addr or request.ip


def route_name(request: Request) -> str:
    """Return the route's name without the app's: `desk.case`."""
    name = request.route.name if request.route else ""
    return name.partition(".")[2]


def _turn_away(request: Request, who: Visitor) -> HTTPResponse:
    """Send to the page that is missing before this one; to everybody else there is nothing."""
    wanted = ROUTES.get(route_name(request))
    if wanted is None:
        return not_here(request)
    onward = f"?onward={request.path}" if request.method == "GET" else ""
    if not may(who, Permission.SIGN_OUT):
        return redirect(f"/desk/sign-in{onward}", status=303)
    if not who.has_own_password:
        return redirect("/desk/password", status=303)
    if may(replace(who, proved_lately=True), wanted):
        return redirect(f"/desk/prove?onward={PAGE_OF[wanted]}", status=303)
    if who.lacks_second_step and may(replace(who, lacks_second_step=False), wanted):
        return redirect("/desk/security", status=303)
    return not_here(request)
