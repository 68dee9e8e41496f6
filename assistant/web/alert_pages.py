"""Safeguarding alerts at the desk: the list, one alert, and what its leads write down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.alert_steps import AlertStep, Outcome
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.alert_step import LeadStep
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow, ReaderNotAllowed
from assistant.services.judge_alert import (
    PLAIN,
    agree_to_downgrade,
    call_it_about_an_adult,
    downgrade_alert,
    take_plain_step,
)
from assistant.services.list_alerts import list_alerts
from assistant.services.refer_alert import Referral, refer_alert
from assistant.services.share_alert import name_in_alert, share_alert
from assistant.services.view_alert import view_alert
from assistant.web.alert_sheets import alert_sheet, lado_sheet, step_choices
from assistant.web.calling import ask
from assistant.web.desk_frame import MOVED_ON, chosen, me, show, today, wrong_reason
from assistant.web.forms import day_of, field, one_line, problem_with_words, sent_key
from assistant.web.gate import guard

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import AlertView
    from assistant.web.desk_frame import Words

    Change = Callable[[Desk, LeadStep], None]

blueprint = Blueprint("desk_alerts", url_prefix="/desk/alerts")
guard(blueprint)

LONGEST_REFERENCE = 200
LACKS = {
    AlertStep.REFER: "Choose whom you told, and on which day, today or before",
    AlertStep.DOWNGRADE: "Choose what it is instead",
    AlertStep.SHARE: "Choose a colleague from the list",
    AlertStep.NAME: "Choose a member of staff from the list",
}
"""What is wrong when a step lacks what it needs beside its reason."""


@blueprint.get("/", name="all")
async def every_alert(request: Request) -> HTTPResponse:
    """List the alerts that this person may read, those that wait first."""
    rows = await ask(request, list_alerts, staff_id=me(request))
    lines = [(row, lado_sheet(row, today(request))) for row in rows]
    return show(request, "alerts", "due", lines=lines)


@blueprint.get("/<alert_id:str>", name="show")
async def alert(request: Request, alert_id: str) -> HTTPResponse:
    """Show an alert to somebody who may read it."""
    return await _page(request, alert_id)


@blueprint.post("/<alert_id:str>/acknowledge", name="acknowledge")
async def acknowledge(request: Request, alert_id: str) -> HTTPResponse:
    """Record that this person is acting on the alert."""
    await ask(request, acknowledge_alert, staff_id=me(request), alert_id=alert_id)
    return redirect(f"/desk/alerts/{alert_id}", status=303)


@blueprint.get("/<alert_id:str>/steps", name="steps")
async def steps(request: Request, alert_id: str) -> HTTPResponse:
    """Show the steps that this lead may take."""
    return await _steps_page(request, alert_id)


@blueprint.post("/<alert_id:str>/steps", name="take")
async def take(request: Request, alert_id: str) -> HTTPResponse:
    """Take one step, or show the page again with what is wrong."""
    step = chosen(AlertStep, field(request, "step"))
    if step is None:
        return await _steps_page(request, alert_id, {"steps": "Choose one of the steps"})
    written = _written(request, step)
    change, found = _change(request, step), _problems(request, step)
    if change is None or found:
        found = found or {f"{step.value}-what": LACKS.get(step, MOVED_ON)}
        return await _steps_page(request, alert_id, found, written)
    wish = LeadStep(me(request), alert_id, step, written["why"], sent_key(request))
    try:
        await ask(request, change, wish)
    except NotPossibleNow:
        return await _steps_page(request, alert_id, {"steps": MOVED_ON}, written)
    except (StepUnclear, ReaderNotAllowed):
        return await _steps_page(request, alert_id, {f"{step.value}-what": LACKS[step]}, written)
    # Whoever named somebody may have closed it to themselves, and is not sent before a shut door.
    onward = "/desk/alerts" if step is AlertStep.NAME else f"/desk/alerts/{alert_id}"
    return redirect(onward, status=303)


def _written(request: Request, step: AlertStep) -> Words:
    why = field(request, f"{step.value}-why")
    names = ("what", "on", "reference", "advice")
    return {"step": step.value, "why": why, **{name: field(request, name) for name in names}}


def _problems(request: Request, step: AlertStep) -> Words:
    """Return what is wrong with the words that were sent, by the id of the field."""
    name = f"{step.value}-why"
    found = wrong_reason(name, field(request, name))
    advice, reference = field(request, "advice"), field(request, "reference")
    if advice and problem_with_words(advice):
        found["refer-advice"] = "Make the advice shorter"
    if len(reference) > LONGEST_REFERENCE:
        found["refer-reference"] = f"Use at most {LONGEST_REFERENCE} characters"
    return found


def _change(request: Request, step: AlertStep) -> Change | None:
    """Return the service that takes the step with what was sent, None when something lacks."""
    what = field(request, "what")
    if step in PLAIN:
        return take_plain_step
    if step is AlertStep.REFER:
        return _referral(request)
    if step is AlertStep.DOWNGRADE:
        outcome = chosen(Outcome, what)
        return partial(downgrade_alert, outcome=outcome) if outcome else None
    others: dict[AlertStep, Change] = {
        AlertStep.SHARE: partial(share_alert, to=what),
        AlertStep.NAME: partial(name_in_alert, about=what),
        AlertStep.ADULT: call_it_about_an_adult,
        AlertStep.AGREE: agree_to_downgrade,
    }
    return others.get(step)


def _referral(request: Request) -> Change | None:
    on = day_of(field(request, "on"))
    if on is None:
        return None
    reference = one_line(field(request, "reference"))
    referral = Referral(field(request, "what"), on, reference, field(request, "advice"))
    return partial(refer_alert, referral=referral)


async def _view(request: Request, alert_id: str) -> AlertView:
    return await ask(request, view_alert, staff_id=me(request), alert_id=alert_id)


async def _page(request: Request, alert_id: str) -> HTTPResponse:
    desk = request.app.ctx.desk
    sheet = alert_sheet(await _view(request, alert_id), desk.school, today(request))
    minutes = desk.settings.alert_repeat_minutes
    return show(request, "alert", "due", sheet=sheet, repeat_minutes=minutes)


async def _steps_page(
    request: Request, alert_id: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await _view(request, alert_id)
    choices = step_choices(view, request.app.ctx.desk.school)
    shown = {"view": view, "choices": choices, "today": today(request)}
    return show(request, "alert_steps", "due", found=found, written=written, **shown)
