"""What every way in ends with: the session's cookie, or the way to the second step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sanic.response import redirect

from assistant.services.desk_shapes import HalfSignedIn
from assistant.services.sign_in_steps import GOOD_FOR
from assistant.web.form_token import SESSION_COOKIE, cookie_name, set_cookie

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

    from assistant.services.desk_shapes import Entered

DESK = "/desk"
SECOND_STEP = f"{DESK}/second-step"
STEP_COOKIE = "desk-step"

_AT_THE_DESK = re.compile(r"/desk(/[A-Za-z0-9-]+)*")


def let_in(request: Request, entered: Entered, onward: str) -> HTTPResponse:
    """Send somebody on with a session under a new id, or on to the second step without one."""
    if isinstance(entered, HalfSignedIn):
        response = redirect(f"{SECOND_STEP}?onward={onward}", status=303)
        seconds = int(GOOD_FOR.total_seconds())
        set_cookie(request, response, STEP_COOKIE, entered.token, max_age=seconds)
        return response
    response = redirect(onward, status=303)
    set_cookie(request, response, SESSION_COOKIE, entered.token)
    if step_token(request):
        set_cookie(request, response, STEP_COOKIE, "", max_age=0)
    return response


def step_token(request: Request) -> str:
    """Return what the cookie of the second step holds, empty when there is none."""
    return request.cookies.get(cookie_name(request, STEP_COOKIE)) or ""


def onward_path(path: str | None) -> str:
    """Return the desk page somebody was on the way to; never another site."""
    return path if path and _AT_THE_DESK.fullmatch(path) else DESK
