"""The second step of signing in, after the password; there is no session before it."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.errors import SignInTooSlow, TooManySignIns, WrongCode, WrongSignIn
from assistant.services.take_second_step import take_second_step, who_steps
from assistant.web.calling import ask
from assistant.web.forms import field
from assistant.web.gate import guard
from assistant.web.letting_in import DESK, let_in, onward_path, step_token
from assistant.web.pages import render
from assistant.web.passkey_options import passkeys_work
from assistant.web.sign_in import caller, wait_words

WRONG = "The code is not right, or it was used before. Wait for the next one, or use another"

blueprint = Blueprint("second_step", url_prefix=f"{DESK}/second-step")
guard(blueprint)


@blueprint.get("/", name="show")
async def show(request: Request) -> HTTPResponse:
    """Ask for a code; whoever took no first step is sent to it."""
    onward = onward_path(request.args.get("onward"))
    try:
        await ask(request, who_steps, token=step_token(request))
    except SignInTooSlow:
        return _from_the_start(onward)
    return _page(request, onward)


@blueprint.post("/", name="take")
async def take(request: Request) -> HTTPResponse:
    """Open the session for a code that fits."""
    onward, code = onward_path(field(request, "onward")), field(request, "code")
    try:
        token = step_token(request)
        opened = await ask(request, take_second_step, token=token, code=code, **caller(request))
    except WrongCode:
        return _page(request, onward, WRONG, 400)
    except TooManySignIns as refusal:
        return _page(request, onward, wait_words(refusal), 429)
    except (SignInTooSlow, WrongSignIn):
        return _from_the_start(onward)
    return let_in(request, opened, onward)


def _page(request: Request, onward: str, problem: str = "", status: int = 200) -> HTTPResponse:
    shown = {"onward": onward, "problem": problem, "passkeys": passkeys_work(request)}
    return render(request, "desk/second_step.html", status=status, **shown)


def _from_the_start(onward: str) -> HTTPResponse:
    return redirect(f"{DESK}/sign-in?onward={onward}", status=303)
