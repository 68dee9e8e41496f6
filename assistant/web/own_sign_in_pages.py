"""How you sign in: the page, the authenticator app, the recovery codes, a fresh proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from markupsafe import Markup
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.code_app import (
    app_being_added,
    confirm_code_app,
    remove_code_app,
    start_code_app,
)
from assistant.services.errors import (
    NotPossibleNow,
    SignInTooSlow,
    TooManySignIns,
    WrongCode,
    WrongSignIn,
)
from assistant.services.make_recovery_codes import make_recovery_codes
from assistant.services.prove_again import prove_again
from assistant.services.view_own_sign_in import view_own_sign_in
from assistant.web.calling import ask
from assistant.web.desk_frame import me, show
from assistant.web.forms import field, secret_field
from assistant.web.gate import guard, network_of, session_token
from assistant.web.letting_in import DESK, onward_path
from assistant.web.passkey_options import passkeys_work
from assistant.web.sign_in import wait_words

if TYPE_CHECKING:
    from assistant.services.code_app import NewApp

HERE = f"{DESK}/security"
WRONG_CODE = "The code is not right. Type the six digits that the app shows now"
TOO_SLOW = "That took too long. Begin again"
WRONG_PASSWORD = "The password is not right"  # noqa: S105 - what a page says
DONE = {
    "app": "The authenticator app is set up. You are signed out everywhere else.",
    "app-removed": "The authenticator app is removed. You are signed out everywhere else.",
    "passkey": "The passkey is added. You are signed out everywhere else.",
    "passkey-removed": "The passkey is removed. You are signed out everywhere else.",
}

blueprint = Blueprint("own_sign_in", url_prefix=DESK)
guard(blueprint)


@blueprint.get("/security", name="show")
async def show_own(request: Request) -> HTTPResponse:
    """Show how this person signs in."""
    return await own_page(request, done=DONE.get(request.args.get("done") or "", ""))


@blueprint.get("/prove", name="prove_form")
async def prove_form(request: Request) -> HTTPResponse:
    """Ask for the password once more."""
    onward = onward_path(request.args.get("onward"))
    return show(request, "prove", "security", onward=onward)


@blueprint.post("/prove", name="prove")
async def prove(request: Request) -> HTTPResponse:
    """Go on for a few minutes with what only the owner of the desk may change."""
    onward, password = onward_path(field(request, "onward")), secret_field(request, "password")
    whose = {"staff_id": me(request), "session": session_token(request)}
    try:
        await ask(request, prove_again, password=password, network=network_of(request), **whose)
    except WrongSignIn:
        return _prove_again(request, onward, WRONG_PASSWORD)
    except TooManySignIns as refusal:
        return _prove_again(request, onward, wait_words(refusal))
    return redirect(onward, status=303)


@blueprint.post("/security/app", name="start_app")
async def start_app(request: Request) -> HTTPResponse:
    """Show the secret of a new app; not by a redirect, for no address may hold it."""
    return _app_page(request, await ask(request, start_code_app, staff_id=me(request)))


@blueprint.post("/security/app/confirm", name="confirm_app")
async def confirm_app(request: Request) -> HTTPResponse:
    """Take the app once it shows the right code."""
    step, session = field(request, "step"), session_token(request)
    whose: dict[str, Any] = {"staff_id": me(request), "step": step}
    try:
        code = field(request, "code")
        codes = await ask(request, confirm_code_app, session=session, code=code, **whose)
    except WrongCode:
        return _app_page(request, await ask(request, app_being_added, **whose), WRONG_CODE)
    except SignInTooSlow:
        return await own_page(request, {"app": TOO_SLOW})
    return codes_page(request, codes) if codes else redirect(f"{HERE}?done=app", status=303)


@blueprint.post("/security/app/remove", name="remove_app")
async def remove_app(request: Request) -> HTTPResponse:
    """Remove the app."""
    session = session_token(request)
    await ask(request, remove_code_app, staff_id=me(request), session=session)
    return redirect(f"{HERE}?done=app-removed", status=303)


@blueprint.post("/security/codes", name="make_codes")
async def make_codes(request: Request) -> HTTPResponse:
    """Show ten fresh recovery codes, this once."""
    try:
        codes = await ask(request, make_recovery_codes, staff_id=me(request))
    except NotPossibleNow:
        return await own_page(request, {"codes": "Set up an app or a passkey first"})
    return codes_page(request, codes)


async def own_page(
    request: Request, found: dict[str, str] | None = None, done: str = ""
) -> HTTPResponse:
    """Return the page of how this person signs in, with what went wrong or was done."""
    own = await ask(request, view_own_sign_in, staff_id=me(request))
    passkeys = passkeys_work(request)
    return show(request, "security", "security", own=own, found=found, done=done, passkeys=passkeys)


def codes_page(request: Request, codes: tuple[str, ...]) -> HTTPResponse:
    """Return the page that shows recovery codes once, to print or to write down."""
    return show(request, "recovery_codes", "security", codes=codes)


def _app_page(request: Request, app: NewApp, problem: str = "") -> HTTPResponse:
    found = {"code": problem} if problem else {}
    groups = [app.secret[start : start + 4] for start in range(0, len(app.secret), 4)]
    drawn = segno.make(app.address, error="m").svg_inline(scale=4, border=4, light="#fff")
    square = Markup(drawn)  # noqa: S704 - drawn by segno, which escapes; nothing typed is in it
    context = {"step": app.step, "secret": " ".join(groups), "square": square, "found": found}
    return show(request, "code_app", "security", **context)


def _prove_again(request: Request, onward: str, problem: str) -> HTTPResponse:
    return show(request, "prove", "security", onward=onward, found={"password": problem})
