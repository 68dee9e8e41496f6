"""The rarer steps of a case, on a page of their own: pause, next stage, another route and more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.kinds import (
    FROM_A_PARENT,
    OF_THE_SCHOOL,
    CaseKind,
    CaseStatus,
    CaseWay,
    Lateness,
)
from assistant.casework.statuses import FINISHED
from assistant.services.case_step import StepUnclear
from assistant.services.escalate_case import escalate_case
from assistant.services.extend_request import extend_request
from assistant.services.judge_lateness import judge_lateness, note_incident
from assistant.services.panel_of_case import panel_of_case
from assistant.services.pause_case import pause_case, resume_case
from assistant.services.redirect_case import redirect_case
from assistant.services.view_case import view_case
from assistant.services.withdraw_case import withdraw_for_parent
from assistant.web.calling import ask
from assistant.web.desk_frame import carry_out, chosen, me, show, wrong_reason
from assistant.web.forms import day_of, field
from assistant.web.gate import guard

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk_shapes import CaseView
    from assistant.web.desk_frame import Words

blueprint = Blueprint("desk_steps", url_prefix="/desk/cases")
guard(blueprint)

WITH_A_REASON_ALONE: dict[str, Callable[..., None]] = {
    "resume": resume_case,
    "escalate": escalate_case,
    "extend": extend_request,
}
LACKS = {
    "pause": "Choose a day that is still to come",
    "incident": "Choose the day on which it happened, today or before",
    "redirect": "Choose who can decide it",
    "withdraw": "Choose how they told you",
    "lateness": "Choose your decision",
}
"""What is wrong when a step lacks what it needs beside its reason."""
NO_STEP = "Choose one of the steps"


@blueprint.get("/<reference:str>/steps", name="show")
async def steps(request: Request, reference: str) -> HTTPResponse:
    """Show the steps that this case may take by its procedure."""
    return await _page(request, reference)


@blueprint.get("/<reference:str>/panel", name="panel")
async def panel(request: Request, reference: str) -> HTTPResponse:
    """Show which governors may sit on a panel about the case, and what bars the others."""
    members = await ask(request, panel_of_case, staff_id=me(request), reference=reference)
    return show(request, "panel", "cases", reference=reference, members=members)


@blueprint.post("/<reference:str>/steps", name="take")
async def take(request: Request, reference: str) -> HTTPResponse:
    """Take one step, or show the page again with what is wrong."""
    step = field(request, "step")
    why = field(request, f"{step}-why")
    written = {"step": step, "why": why, "on": field(request, "on"), "what": field(request, "what")}
    change, lacks = _change(request, step), _lacks(step)
    found = {} if change else lacks
    found |= wrong_reason(f"{step}-why", why)
    if change is None or found:
        return await _page(request, reference, found, written)
    try:
        return await carry_out(request, reference, _page, partial(change, why=why), written)
    except StepUnclear:
        return await _page(request, reference, lacks, written)


def _lacks(step: str) -> Words:
    return {f"{step}-on": LACKS[step]} if step in LACKS else {"steps": NO_STEP}


def _change(request: Request, step: str) -> Callable[..., None] | None:
    """Return the service that takes the step with what was sent, None when something lacks."""
    day, what = day_of(field(request, "on")), field(request, "what")
    if step == "pause" and day:
        return partial(pause_case, review_on=day)
    if step == "incident" and day:
        return partial(note_incident, happened_on=day)
    if step == "redirect" and what:
        return partial(redirect_case, route=what)
    decision = chosen(Lateness, what)
    if step == "lateness" and decision:
        return partial(judge_lateness, decision=decision)
    way = chosen(CaseWay, what)
    if step == "withdraw" and way in FROM_A_PARENT:
        return partial(withdraw_for_parent, way=way)
    return WITH_A_REASON_ALONE.get(step)


async def _page(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await ask(request, view_case, staff_id=me(request), reference=reference)
    routes = [
        {"value": each.id, "text": each.name, "hint": {"text": f"For {each.what_for}."}}
        for each in request.app.ctx.desk.school.outside_routes
    ]
    offered = _offered(view)
    lateness = [{"value": each.value, "text": each.label} for each in Lateness]
    ways = [{"value": each.value, "text": each.label} for each in FROM_A_PARENT]
    parts = {"offered": offered, "routes": routes, "decisions": lateness, "ways": ways}
    return show(request, "steps", "cases", view=view, found=found, written=written, parts=parts)


def _offered(view: CaseView) -> tuple[str, ...]:
    """Return the names of the steps that the page offers, the likeliest first."""
    steps = set(view.steps)
    offers = {
        "lateness": view.late,
        "resume": view.row.status == CaseStatus.PAUSED.value,
        "escalate": CaseStatus.ESCALATED.value in steps and bool(view.next_stage),
        "pause": CaseStatus.PAUSED.value in steps,
        "redirect": CaseStatus.REDIRECTED.value in steps,
        "extend": view.may_extend,
        "incident": bool(steps),
        "withdraw": _may_be_withdrawn(view),
    }
    return tuple(name for name, is_offered in offers.items() if is_offered)


def _may_be_withdrawn(view: CaseView) -> bool:
    begun_by_the_parent = CaseKind(view.row.kind) not in OF_THE_SCHOOL
    return begun_by_the_parent and CaseStatus(view.row.status) not in FINISHED
