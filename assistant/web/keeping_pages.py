"""How long a record is kept, what is removed next and what was removed; holds and removals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.retention import Matter
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.hold_record import keep_longer, lift_hold, place_hold
from assistant.services.remove_record import remove_record
from assistant.services.view_keeping import view_keeping, view_removals
from assistant.web.calling import ask
from assistant.web.desk_frame import MOVED_ON, by_me_once, chosen, me, show, wrong_reason
from assistant.web.forms import field
from assistant.web.gate import guard
from assistant.web.keeping_forms import HOLD, LIFT, REMOVE, wish_to_hold, wrong_review

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.web.desk_frame import Words

blueprint = Blueprint("keeping", url_prefix="/desk")
guard(blueprint)

UNSURE = "Tick that you looked at it, or leave it as it is"


@blueprint.get("/removals", name="removals")
async def removals(request: Request) -> HTTPResponse:
    """Show what is removed next, what is held, and what was removed."""
    view = await ask(request, view_removals, staff_id=me(request))
    return show(request, "removals", "removals", view=view)


@blueprint.get("/keeping/<reference:str>", name="show")
async def keeping(request: Request, reference: str) -> HTTPResponse:
    """Show until when one record is kept and why, and what can be done about it."""
    return await _page(request, reference)


@blueprint.post("/keeping/<reference:str>", name="change")
async def change(request: Request, reference: str) -> HTTPResponse:
    """Place or lift a hold, keep it longer, or remove it; or say what is wrong."""
    step = field(request, "step")
    if step == REMOVE:
        return await _remove(request, reference)
    why = field(request, f"{step}-why")
    written = {name: field(request, name) for name in ("step", "matter", "on")} | {"why": why}
    wish, found = _wish(request, step)
    found |= wrong_reason(f"{step}-why", why)
    if wish is None or found:
        return await _page(request, reference, found or {"keeping": MOVED_ON}, written)
    who = by_me_once(request, reference)
    try:
        await ask(request, wish, why=why, **who)
    except StepUnclear:
        return await _page(request, reference, wrong_review(), written)
    except NotPossibleNow:
        return await _page(request, reference, {"keeping": MOVED_ON}, written)
    return redirect(f"/desk/keeping/{reference}", status=303)


def _wish(request: Request, step: str) -> tuple[Callable[..., None] | None, Words]:
    """Return the service that does the step with what was sent, or what is wrong with it."""
    if step == LIFT:
        return lift_hold, {}
    if step == HOLD:
        return wish_to_hold(request, place_hold)
    matter = chosen(Matter, field(request, "matter"))
    if step == "matter" and matter:
        return partial(keep_longer, matter=matter), {}
    return None, {"matter": "Choose what it is about"} if step == "matter" else {}


async def _remove(request: Request, reference: str) -> HTTPResponse:
    if field(request, "sure") != "yes":
        return await _page(request, reference, {"sure": UNSURE})
    try:
        await ask(request, remove_record, staff_id=me(request), reference=reference)
    except NotPossibleNow:
        return await _page(request, reference, {"keeping": MOVED_ON})
    return redirect("/desk/removals", status=303)


async def _page(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await ask(request, view_keeping, staff_id=me(request), reference=reference)
    matters = [{"value": each.value, "text": each.label} for each in Matter]
    return show(
        request, "keeping", "removals", view=view, matters=matters, found=found, written=written
    )
