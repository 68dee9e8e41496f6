"""Come back to a case without its link, by the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint
from sanic.response import redirect

from assistant.casework.receipts import normalise_receipt
from assistant.services.receipts import link_of_receipt
from assistant.web.calling import ask
from assistant.web.even_time import evenly
from assistant.web.filings import ASKED, filing, the_sum
from assistant.web.form_token import guard_forms
from assistant.web.forms import field, new_key
from assistant.web.limits import Kind
from assistant.web.pages import render

if TYPE_CHECKING:
    from typing import Any

    from sanic import HTTPResponse, Request

SLIP = "Check each character: one of them is not as it was printed"
UNKNOWN = "That receipt does not open a case"
TOO_MANY = "Too many tries. Wait a minute, then try again"

blueprint = Blueprint("come_back", url_prefix="/come-back")
blueprint.on_request(guard_forms)


@blueprint.get("/", name="show")
async def show(request: Request) -> HTTPResponse:
    """Ask for the receipt."""
    return _page(request)


@blueprint.post("/", name="enter")
@evenly
async def enter(request: Request) -> HTTPResponse:
    """Open the case's page; a slip is told apart without asking the database."""
    typed = field(request, "receipt")
    written = normalise_receipt(typed)
    if written is None:
        return _page(request, typed, SLIP)
    if not await request.app.ctx.limits.allow_receipt(request):
        return _page(request, typed, TOO_MANY, status=429)
    async with filing(request, "come-back", "", kind=Kind.WRONG_RECEIPT) as this:
        if not this.allowed:
            return _page(request, typed, status=ASKED, asked=the_sum(request, this.form))
        token = await ask(request, link_of_receipt, receipt=written)
        if token:
            return redirect(f"/r/{token}", status=303)
        this.made(new_key())
        return _page(request, typed, UNKNOWN)


def _page(
    request: Request,
    typed: str = "",
    problem: str = "",
    *,
    status: int = 400,
    asked: dict[str, Any] | None = None,
) -> HTTPResponse:
    shown = {"typed": typed[:60], "problem": problem, "asked": asked}
    status = status if problem or asked else 200
    return render(request, "record/come_back.html", status=status, **shown)
