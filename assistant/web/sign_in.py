"""Sign in to the desk: with a password, or once with a printed link; choose a password; leave."""

from __future__ import annotations

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
from assistant.web.desk_frame import show
from assistant.web.devices import device_words
from assistant.web.form_token import SESSION_COOKIE, set_cookie
from assistant.web.forms import field, secret_field
from assistant.web.gate import guard, network_of, session_token
from assistant.web.letting_in import DESK, let_in, onward_path
from assistant.web.pages import render
from assistant.web.passkey_options import passkeys_work

if TYPE_CHECKING:
    from typing import Any

blueprint = Blueprint("sign_in", url_prefix=DESK)
guard(blueprint)


@blueprint.get("/sign-in", name="form")
async def sign_in_form(request: Request) -> HTTPResponse:
    """Show the sign-in form; whoever is signed in already goes on."""
    onward = onward_path(request.args.get("onward"))
    return redirect(onward) if request.ctx.me else sign_in_page(request, onward)


@blueprint.post("/sign-in", name="enter")
async def enter(request: Request) -> HTTPResponse:
    """Open a session for the right address and password; never say which was wrong."""
    email, onward = field(request, "email"), onward_path(field(request, "onward"))
    given = {"email": email, "password": secret_field(request, "password"), **caller(request)}
    try:
        entered = await ask(request, sign_in, **given)
    except WrongSignIn:
        return sign_in_page(
            request, onward, email, "The e-mail address or the password is not right"
        )
    except TooManySignIns as refusal:
        return sign_in_page(request, onward, email, wait_words(refusal), status=429)
    return let_in(request, entered, onward)


@blueprint.get("/first-login/<token:str>", name="first_form")
async def first_form(request: Request, token: str) -> HTTPResponse:
    """Show a button: reading the link uses nothing up, as mail scanners read links too."""
    return render(request, "desk/first_login.html", token=token)


@blueprint.post("/first-login/<token:str>", name="first_enter")
async def first_enter(request: Request, token: str) -> HTTPResponse:
    """Use the one-time login, then ask for a password."""
    try:
        entered = await ask(request, redeem_desk_login, token=token, device=device_words(request))
    except WrongSignIn:
        return render(request, "desk/used_login.html", status=410)
    return let_in(request, entered, f"{DESK}/password")


@blueprint.get("/password", name="password_form")
async def password_form(request: Request) -> HTTPResponse:
    """Show the form for a new password."""
    return _password_form(request)


@blueprint.post("/password", name="password_save")
async def password_save(request: Request) -> HTTPResponse:
    """Save the password; every other session of this person ends."""
    password = secret_field(request, "password")
    if password != secret_field(request, "again"):
        return _password_form(request, "The two passwords are not the same")
    try:
        who = {"staff_id": request.ctx.me.staff_id, "device": device_words(request)}
        opened = await ask(request, set_password, password=password, **who)
    except WeakPassword:
        shortest = f"Make it longer: at least {FEWEST_CHARACTERS} characters"
        return _password_form(request, shortest)
    return let_in(request, opened, DESK)


@blueprint.post("/sign-out", name="leave")
async def leave(request: Request) -> HTTPResponse:
    """End the session, here and on the server."""
    await ask(request, sign_out, token=session_token(request))
    response = redirect(f"{DESK}/sign-in", status=303)
    set_cookie(request, response, SESSION_COOKIE, "", max_age=0)
    return response


def caller(request: Request) -> dict[str, str]:
    """Return from where, and at what, somebody tries to sign in."""
    return {"network": network_of(request), "device": device_words(request)}


def wait_words(refusal: TooManySignIns) -> str:
    """Return what somebody is told who has tried too often."""
    return f"Too many tries. Wait {refusal.minutes} minutes, then try again"


def sign_in_page(
    request: Request, onward: str, email: str = "", problem: str = "", status: int = 400
) -> HTTPResponse:
    """Return the page of the ways in, with what went wrong."""
    status = status if problem else 200
    context: dict[str, Any] = {"onward": onward, "email": email, "problem": problem}
    desk = request.app.ctx.desk
    account = desk.settings.oidc_name if desk.school_account else ""
    context |= {"passkeys": passkeys_work(request), "account": account}
    return render(request, "desk/sign_in.html", status=status, **context)


def _password_form(request: Request, problem: str = "") -> HTTPResponse:
    status = 400 if problem else 200
    return show(request, "password", "security", status=status, problem=problem)
