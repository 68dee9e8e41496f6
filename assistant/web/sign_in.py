"""Sign in to the desk: with a password, or once with a printed link; choose a password; leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.security.passwords import FEWEST_CHARACTERS
from assistant.services.errors import TooManySignIns, WeakPassword, WrongSignIn
from assistant.services.redeem_desk_login import redeem_desk_login
from assistant.services.set_password import set_password
from assistant.services.sign_in import sign_in
from assistant.services.sign_out import sign_out
from assistant.web.calling import ask
from assistant.web.form_token import SESSION_COOKIE, set_cookie
from assistant.web.forms import field, secret_field
from assistant.web.gate import guard, session_token
from assistant.web.pages import render

if TYPE_CHECKING:
    from assistant.services.desk_shapes import OpenedSession

DESK = "/desk"
_AT_THE_DESK = re.compile(r"/desk(/[A-Za-z0-9-]+)*")

blueprint = Blueprint("sign_in", url_prefix=DESK)
guard(blueprint)


@blueprint.get("/sign-in", name="form")
async def sign_in_form(request: Request) -> HTTPResponse:
    """Show the sign-in form; whoever is signed in already goes on."""
    onward = _onward(request.args.get("onward"))
    return redirect(onward) if request.ctx.me else _form(request, onward)


@blueprint.post("/sign-in", name="enter")
async def enter(request: Request) -> HTTPResponse:
    """Open a session for the right address and password; never say which was wrong."""
    email, onward = field(request, "email"), _onward(field(request, "onward"))
    password, network = secret_field(request, "password"), request.remote_addr or request.ip
    try:
        opened = await ask(request, sign_in, email=email, password=password, network=network)
    except WrongSignIn:
        return _form(request, onward, email, "The e-mail address or the password is not right")
    except TooManySignIns as refusal:
        wait = f"Too many tries. Wait {refusal.minutes} minutes, then try again"
        return _form(request, onward, email, wait, status=429)
    return _let_in(request, opened, onward)


@blueprint.get("/first-login/<token:str>", name="first_form")
async def first_form(request: Request, token: str) -> HTTPResponse:
    """Show a button: reading the link uses nothing up, as mail scanners read links too."""
    return render(request, "desk/first_login.html", token=token)


@blueprint.post("/first-login/<token:str>", name="first_enter")
async def first_enter(request: Request, token: str) -> HTTPResponse:
    """Use the one-time login, then ask for a password."""
    try:
        opened = await ask(request, redeem_desk_login, token=token)
    except WrongSignIn:
        return render(request, "desk/used_login.html", status=410)
    return _let_in(request, opened, f"{DESK}/password")


@blueprint.get("/password", name="password_form")
async def password_form(request: Request) -> HTTPResponse:
    """Show the form for a new password."""
    return render(request, "desk/password.html", me=request.ctx.me)


@blueprint.post("/password", name="password_save")
async def password_save(request: Request) -> HTTPResponse:
    """Save the password; every other session of this person ends."""
    password = secret_field(request, "password")
    if password != secret_field(request, "again"):
        return _password_form(request, "The two passwords are not the same")
    try:
        staff_id = request.ctx.me.staff_id
        opened = await ask(request, set_password, staff_id=staff_id, password=password)
    except WeakPassword:
        shortest = f"Make it longer: at least {FEWEST_CHARACTERS} characters"
        return _password_form(request, shortest)
    return _let_in(request, opened, DESK)


@blueprint.post("/sign-out", name="leave")
async def leave(request: Request) -> HTTPResponse:
    """End the session, here and on the server."""
    await ask(request, sign_out, token=session_token(request))
    response = redirect(f"{DESK}/sign-in", status=303)
    set_cookie(request, response, SESSION_COOKIE, "", max_age=0)
    return response


def _form(
    request: Request, onward: str, email: str = "", problem: str = "", status: int = 400
) -> HTTPResponse:
    status = status if problem else 200
    context = {"onward": onward, "email": email, "problem": problem}
    return render(request, "desk/sign_in.html", status=status, **context)


def _password_form(request: Request, problem: str) -> HTTPResponse:
    return render(request, "desk/password.html", status=400, me=request.ctx.me, problem=problem)


def _let_in(request: Request, opened: OpenedSession, onward: str) -> HTTPResponse:
    response = redirect(onward, status=303)
    set_cookie(request, response, SESSION_COOKIE, opened.token)
    return response


def _onward(path: str | None) -> str:
    """Return the desk page somebody was on the way to; never another site."""
    return path if path and _AT_THE_DESK.fullmatch(path) else DESK
