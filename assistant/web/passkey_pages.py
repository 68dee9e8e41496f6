"""Passkeys at the desk: made, used, removed. A script asks the browser, a form sends its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json, raw, redirect

from assistant.services.add_passkey import add_passkey, offer_new_passkey
from assistant.services.errors import NotHere, NotPossibleNow, PasskeyRefused
from assistant.services.passkey_sign_in import offer_passkey_sign_in, sign_in_with_passkey
from assistant.services.passkeys import MOST_PASSKEYS
from assistant.services.remove_passkey import remove_passkey
from assistant.web.calling import ask
from assistant.web.desk_frame import me
from assistant.web.devices import device_words
from assistant.web.forms import field, one_line, secret_field
from assistant.web.gate import guard, session_token
from assistant.web.letting_in import DESK, let_in, onward_path
from assistant.web.own_sign_in_pages import HERE, codes_page, own_page
from assistant.web.passkey_options import passkeys_work
from assistant.web.sign_in import sign_in_page

if TYPE_CHECKING:
    from typing import Final

REFUSED = "The passkey was not accepted. Try again, or use your password"
NOT_ADDED = "The passkey was not added. Try again, and do not wait long"
TOO_MANY = f"You have {MOST_PASSKEYS} passkeys. Remove one that you do not use, then add this one"
JSON: Final = "application/json"

blueprint = Blueprint("passkeys", url_prefix=DESK)
guard(blueprint)


@blueprint.post("/passkey/options", name="sign_in_options")
async def sign_in_options(request: Request) -> HTTPResponse:
    """Send what the browser needs to look for a passkey."""
    _refuse_where_none_work(request)
    if not await request.app.ctx.limits.allow_challenge(request):
        return json({"problem": "Too many tries. Wait a minute, then try again"}, status=429)
    return raw(await ask(request, offer_passkey_sign_in), content_type=JSON)


@blueprint.post("/passkey", name="sign_in")
async def sign_in(request: Request) -> HTTPResponse:
    """Open a session for a passkey."""
    onward, answer = onward_path(field(request, "onward")), secret_field(request, "credential")
    try:
        opened = await ask(
            request, sign_in_with_passkey, answer=answer, device=device_words(request)
        )
    except PasskeyRefused:
        return sign_in_page(request, onward, "", REFUSED)
    return let_in(request, opened, onward)


@blueprint.post("/security/passkeys/options", name="new_options")
async def new_options(request: Request) -> HTTPResponse:
    """Send what the browser needs to make a passkey."""
    _refuse_where_none_work(request)
    return raw(await ask(request, offer_new_passkey, staff_id=me(request)), content_type=JSON)


@blueprint.post("/security/passkeys", name="add")
async def add(request: Request) -> HTTPResponse:
    """Keep a passkey that the browser has made."""
    answer, name = secret_field(request, "credential"), one_line(field(request, "name"))
    whose = {"staff_id": me(request), "session": session_token(request)}
    try:
        codes = await ask(request, add_passkey, answer=answer, name=name, **whose)
    except PasskeyRefused:
        return await own_page(request, {"passkeys": NOT_ADDED})
    except NotPossibleNow:
        return await own_page(request, {"passkeys": TOO_MANY})
    return codes_page(request, codes) if codes else redirect(f"{HERE}?done=passkey", status=303)


@blueprint.post("/security/passkeys/<passkey_id:str>/remove", name="remove")
async def remove(request: Request, passkey_id: str) -> HTTPResponse:
    """Remove a passkey."""
    whose = {"staff_id": me(request), "session": session_token(request)}
    await ask(request, remove_passkey, passkey_id=passkey_id, **whose)
    return redirect(f"{HERE}?done=passkey-removed", status=303)


def _refuse_where_none_work(request: Request) -> None:
    if not passkeys_work(request):
        raise NotHere
