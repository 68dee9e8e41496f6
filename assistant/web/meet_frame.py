"""What the booking pages share: the link in the address, the frame around each page, the way on.

No account, no script and no cookie: the token in the path is the key to the draft, and each form
proves with it that it came from the page. GET shows; POST changes and redirects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.drafts import DraftGone
from assistant.services.open_draft import open_draft
from assistant.web.calling import ask
from assistant.web.form_token import link_field, refuse_large_forms, require_link_token
from assistant.web.forms import field
from assistant.web.meet_steps import NUMBERED, before, may_show, next_step, number_of
from assistant.web.pages import render

if TYPE_CHECKING:
    from assistant.services.drafts import DraftView

blueprint = Blueprint("meet", url_prefix="/meet")

START = "/meet"
BOOKED = "booked"


@blueprint.on_request
def guard(request: Request) -> None:
    """Refuse a form that was not sent from a page of ours; the first page is known by its key."""
    refuse_large_forms(request)
    if request.method == "POST":
        link = request.match_info.get("token") or field(request, "idempotency_key")
        require_link_token(request, link)


@blueprint.exception(DraftGone)  # type: ignore[untyped-decorator]
async def gone(request: Request, _error: Exception) -> HTTPResponse:
    """Say that nothing is kept here; the same for a wrong link and for one that has ended."""
    return render(request, "meet/gone.html", status=404)


def address_of(token: str, step: str) -> str:
    """Return where a step of the draft is."""
    return f"{START}/{token}/{step}"


def go_to(token: str, step: str) -> HTTPResponse:
    """Send the browser on, so that a reload sends nothing again."""
    return redirect(address_of(token, step), status=303)


async def open_at(request: Request, token: str, step: str) -> DraftView | HTTPResponse:
    """Return the draft, or the way to the step whose turn it is."""
    draft = await ask(request, open_draft, token=token)
    if draft.receipt:
        return go_to(token, BOOKED)
    first_open = await first_open_step(request, draft)
    return draft if may_show(step, first_open) else go_to(token, first_open)


async def go_on(request: Request, token: str, draft: DraftView) -> HTTPResponse:
    """Send the browser to the first step that lacks an answer, or to the check."""
    return go_to(token, BOOKED if draft.receipt else await first_open_step(request, draft))


async def first_open_step(request: Request, draft: DraftView) -> str:
    """Return the step whose turn it is."""
    return await ask(request, next_step, answers=draft.answers)


def show_step(
    request: Request,
    step: str,
    token: str,
    draft: DraftView | None,
    *,
    status: int = 200,
    **context: Any,  # noqa: ANN401 - whatever the page shows
) -> HTTPResponse:
    """Return the page of a step inside the shared frame."""
    key = context.get("key", "")
    frame = {
        "address": f"{START}/{token}" if token else START,
        "token": token,
        "here": step,
        "action": address_of(token, step) if token else START,
        "number": number_of(step),
        "steps": len(NUMBERED),
        "back": address_of(token, before(step)) if token and before(step) else "",
        "warning": draft.answers.warning if draft else (),
        "hidden": link_field(request, token or key),
        "draft_hours": request.app.ctx.desk.settings.draft_hours,
        "typed": {},
        "problems": {},
    }
    return render(request, f"meet/{step}.html", status=status, **{**frame, **context})
