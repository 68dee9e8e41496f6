"""Where you are signed in: see it, end one, sign out everywhere."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.own_sessions import end_all_sessions, end_session, list_sessions
from assistant.web.calling import ask
from assistant.web.desk_frame import me, show
from assistant.web.form_token import SESSION_COOKIE, set_cookie
from assistant.web.gate import guard, session_token
from assistant.web.letting_in import DESK

HERE = f"{DESK}/security/sessions"

blueprint = Blueprint("sessions", url_prefix=HERE)
guard(blueprint)


@blueprint.get("/", name="show")
async def show_sessions(request: Request) -> HTTPResponse:
    """Show where this person is signed in."""
    rows = await ask(request, list_sessions, staff_id=me(request), session=session_token(request))
    return show(request, "sessions", "security", rows=rows, ended=request.args.get("done"))


@blueprint.post("/<handle:str>/end", name="end")
async def end(request: Request, handle: str) -> HTTPResponse:
    """End one session; whoever ends their own is signed out."""
    await ask(request, end_session, staff_id=me(request), handle=handle)
    return redirect(f"{HERE}?done=ended", status=303)


@blueprint.post("/end-all", name="end_all")
async def end_all(request: Request) -> HTTPResponse:
    """Sign out everywhere, here too."""
    await ask(request, end_all_sessions, staff_id=me(request))
    response = redirect(f"{DESK}/sign-in", status=303)
    set_cookie(request, response, SESSION_COOKIE, "", max_age=0)
    return response
