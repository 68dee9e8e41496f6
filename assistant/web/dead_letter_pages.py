"""Messages that could not be delivered: see which, and see to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint
from sanic.response import redirect

from assistant.services.list_dead_letters import list_dead_letters
from assistant.services.settle_dead_letter import Settling, settle_dead_letter
from assistant.web.calling import ask
from assistant.web.desk_frame import me, show
from assistant.web.forms import field, problem_with_words
from assistant.web.gate import guard

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

    from assistant.web.desk_frame import Words

PAGE = "/desk/mail"

blueprint = Blueprint("desk_mail", url_prefix=PAGE)
guard(blueprint)


@blueprint.get("/", name="all")
async def every_letter(request: Request) -> HTTPResponse:
    """List them."""
    return await _page(request)


@blueprint.post("/<letter_id:str>", name="settle")
async def settle(request: Request, letter_id: str) -> HTTPResponse:
    """Send one again, or keep it given up, with the reason."""
    how = {each.value: each for each in Settling}.get(field(request, "how"))
    why = field(request, "why")
    if how is None or problem_with_words(why):
        said = "Say in one sentence what you did or why" if how else "Choose one of the two"
        return await _page(request, {f"why-{letter_id}": said}, {letter_id: why})
    await ask(
        request, settle_dead_letter, staff_id=me(request), letter_id=letter_id, how=how, why=why
    )
    return redirect(PAGE, status=303)


async def _page(
    request: Request, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    letters = await ask(request, list_dead_letters, staff_id=me(request))
    return show(request, "mail", "due", letters=letters, found=found, written=written)
