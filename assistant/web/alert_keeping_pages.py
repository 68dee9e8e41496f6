"""What the safeguarding leads decide about old alerts: held, or removed by one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.alert_keeping import alerts_kept, view_alert_keeping
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.keep_alert import LeadDecision, hold_alert, lift_alert_hold, remove_alert
from assistant.web.calling import ask
from assistant.web.desk_frame import MOVED_ON, me, show, wrong_reason
from assistant.web.forms import field, sent_key
from assistant.web.gate import guard
from assistant.web.keeping_forms import HOLD, LIFT, REMOVE, wish_to_hold, wrong_review

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.web.desk_frame import Words

    Change = Callable[[Desk, LeadDecision], None]

blueprint = Blueprint("alert_keeping", url_prefix="/desk/alerts")
guard(blueprint)

UNSURE = "Tick that its words are in the child’s file, or leave it as it is"


@blueprint.get("/kept", name="all")
async def kept(request: Request) -> HTTPResponse:
    """List the alerts that wait for a decision, those held and those removed."""
    view = await ask(request, alerts_kept, staff_id=me(request))
    return show(request, "alerts_kept", "due", view=view)


@blueprint.get("/<alert_id:str>/keeping", name="show")
async def keeping(request: Request, alert_id: str) -> HTTPResponse:
    """Show how long one alert is kept, and what a lead can do about it."""
    return await _page(request, alert_id)


@blueprint.post("/<alert_id:str>/keeping", name="change")
async def change(request: Request, alert_id: str) -> HTTPResponse:
    """Place or lift a hold, or remove the alert; or say what is wrong."""
    step = field(request, "step")
    why = field(request, f"{step}-why")
    written = {"step": step, "why": why, "on": field(request, "on")}
    wish, found = _wish(request, step)
    found |= wrong_reason(f"{step}-why", why)
    if wish is None or found:
        return await _page(request, alert_id, found or {"keeping": MOVED_ON}, written)
    try:
        await ask(request, wish, LeadDecision(me(request), alert_id, why, sent_key(request)))
    except StepUnclear:
        return await _page(request, alert_id, wrong_review(), written)
    except NotPossibleNow:
        return await _page(request, alert_id, {"keeping": MOVED_ON}, written, status=409)
    onward = "kept" if step == REMOVE else f"{alert_id}/keeping"
    return redirect(f"/desk/alerts/{onward}", status=303)


def _wish(request: Request, step: str) -> tuple[Change | None, Words]:
    """Return the service that does the step with what was sent, or what is wrong with it."""
    if step == REMOVE:
        return (remove_alert, {}) if field(request, "sure") == "yes" else (None, {"sure": UNSURE})
    if step == HOLD:
        return wish_to_hold(request, hold_alert)
    return (lift_alert_hold if step == LIFT else None), {}


async def _page(
    request: Request,
    alert_id: str,
    found: Words | None = None,
    written: Words | None = None,
    **status: int,
) -> HTTPResponse:
    view = await ask(request, view_alert_keeping, staff_id=me(request), alert_id=alert_id)
    years = request.app.ctx.desk.school.retention.alert_years
    return show(
        request,
        "alert_keeping",
        "due",
        view=view,
        years=years,
        found=found,
        written=written,
        **status,
    )
