"""Let a colleague in who has no password, or has lost it: a one-time login, shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.kinds import Role
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.issue_desk_login import TooClose, issue_for_colleague
from assistant.web.calling import ask
from assistant.web.desk_frame import me, show
from assistant.web.forms import field
from assistant.web.gate import guard
from assistant.web.letting_in import DESK

if TYPE_CHECKING:
    from assistant.web.desk_frame import Words

CLERK_ONLY = "Ask the clerk: only the clerk can say that a second step is lost"
TOO_CLOSE = "Choose somebody whose mailbox you do not read and who is not close to you"
NOBODY = "Choose a colleague from the list"

blueprint = Blueprint("colleague_login", url_prefix=f"{DESK}/colleagues")
guard(blueprint)


@blueprint.get("/", name="form")
async def form(request: Request) -> HTTPResponse:
    """Ask for whom."""
    return _page(request)


@blueprint.post("/", name="make")
async def make(request: Request) -> HTTPResponse:
    """Show the login this once; not by a redirect, for no address may hold it."""
    who, lost = field(request, "who"), field(request, "lost") == "yes"
    written = {"who": who, "lost": field(request, "lost")}
    try:
        whose = {"by": me(request), "staff_id": who}
        path = await ask(request, issue_for_colleague, resets_second_step=lost, **whose)
    except NotHere:
        return _page(request, {"who": NOBODY}, written)
    except TooClose:
        return _page(request, {"who": TOO_CLOSE}, written)
    except NotPossibleNow:
        return _page(request, {"who": CLERK_ONLY}, written)
    desk = request.app.ctx.desk
    address, name = f"{desk.settings.public_url}{path}", desk.school.person(who).name
    return show(request, "colleague_login_made", "security", address=address, who=name)


def _page(
    request: Request, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    everybody = sorted(request.app.ctx.desk.school.people, key=lambda person: person.name)
    people = [
        {"value": person.id, "text": f"{person.name}, {person.role.label}"}
        for person in everybody
        if person.id != me(request)
    ]
    is_clerk = Role.CLERK.value in request.ctx.me.roles
    context = {"people": people, "is_clerk": is_clerk, "found": found, "written": written}
    return show(request, "colleague_login", "security", **context)
