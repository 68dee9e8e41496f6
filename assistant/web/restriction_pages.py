"""Close something of the school's own to a parent for a time, and decide about it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.calendar import DAY
from assistant.casework.policy_steps import AppealDecision, PolicyStep, RestrictedUse
from assistant.casework.restriction_words import rights_words
from assistant.services.appeal_restriction import take_down_appeal
from assistant.services.case_step import StepUnclear
from assistant.services.decide_restriction import decide_restriction
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.meet_remotely import visits_booked
from assistant.services.policy_ladder import StepNotTheirs
from assistant.services.restrict_use import restrict_use
from assistant.services.view_case import view_case
from assistant.services.view_policy import view_policy
from assistant.services.visit_restrictions import RestrictionUnclear
from assistant.web.calling import ask
from assistant.web.desk_frame import MOVED_ON, by_me_once, chosen, me, show, today
from assistant.web.forms import day_of, field, problem_with_words, sent_key
from assistant.web.gate import guard
from assistant.web.kept_words import as_it_is
from assistant.web.policy_forms import begun_from, sent, wrong_day, wrong_words

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.view_policy import PolicyView, UseView
    from assistant.web.desk_frame import Words

NOBODY_KNOWN = "The case has neither a phone number nor an e-mail address to know the parent by"
MISFIT = "The day does not fit. Look at it again"

blueprint = Blueprint("desk_restrictions", url_prefix="/desk/cases")
guard(blueprint)
blueprint.exception(StepNotTheirs, NotPossibleNow)(as_it_is)


@blueprint.get("/<reference:str>/restrict", name="form")
async def form(request: Request, reference: str) -> HTTPResponse:
    """Show the form, with the meetings in person that are booked already."""
    return await _form(request, reference, {"message": begun_from(request, PolicyStep.RESTRICT)})


@blueprint.post("/<reference:str>/restrict", name="restrict")
async def restrict(request: Request, reference: str) -> HTTPResponse:
    """Show the whole letter; close it once that was looked at."""
    written = sent(request, "what", "reason", "on", "until", "message")
    view = await ask(request, view_policy, me(request), reference)
    what, on, until = _what(view, written), day_of(written["on"]), day_of(written["until"])
    found = _problems(request, view, written)
    if what is None or on is None or until is None or found:
        return await _form(request, reference, written, found)
    if field(request, "step") != "send":
        rights = rights_words(request.app.ctx.desk.school, what, on, until)
        looked = field(request, "step") == "look"
        return await _form(request, reference, written, letter=rights if looked else "")
    words = {"reason": written["reason"], "notice": written["message"]}
    wish = by_me_once(request, reference)
    try:
        await ask(request, restrict_use, what=what, review_on=on, expires_on=until, **words, **wish)
    except RestrictionUnclear:
        return await _form(request, reference, written, {"what": NOBODY_KNOWN})
    except NotPossibleNow:
        return await _form(request, reference, written, {"what": MOVED_ON})
    return _back(reference)


@blueprint.get("/<reference:str>/restrictions/<use:str>", name="show")
async def restriction(request: Request, reference: str, use: str) -> HTTPResponse:
    """Show one restriction with what this person may do about it."""
    return await _use(request, reference, use)


@blueprint.post("/<reference:str>/restrictions/<use:str>", name="decide")
async def decide(request: Request, reference: str, use: str) -> HTTPResponse:
    """Show what the parent will read; decide once that was looked at."""
    written = sent(request, "decision", "reason", "on", "message")
    decision, on = chosen(AppealDecision, written["decision"]), day_of(written["on"])
    found = wrong_words(written) | ({} if decision else {"decision": "Choose what you decide"})
    if decision in {AppealDecision.SHORTENED, AppealDecision.KEPT} and on is None:
        found["on"] = MISFIT
    moment = field(request, "step")
    if found or decision is None or moment != "send":
        looking = not found and moment == "look"
        return await _use(request, reference, use, written, found, looking=looking)
    words = {"why": written["reason"], "notice": written["message"], "restriction_id": use}
    wish = by_me_once(request, reference)
    try:
        await ask(request, decide_restriction, decision=decision, on=on, **words, **wish)
    except StepUnclear:
        return await _use(request, reference, use, written, {"on": MISFIT})
    return _back(reference)


@blueprint.post("/<reference:str>/restrictions/<use:str>/appeal", name="appeal")
async def appeal(request: Request, reference: str, use: str) -> HTTPResponse:
    """Take an appeal down for a parent who rings or writes."""
    words = field(request, "words")
    problem = problem_with_words(words)
    if problem:
        return await _use(request, reference, use, {"words": words}, {"words": problem})
    wish = {"staff_id": me(request), "reference": reference, "restriction_id": use}
    await ask(request, take_down_appeal, words=words, **wish)
    return _back(reference)


def _back(reference: str) -> HTTPResponse:
    return redirect(f"/desk/cases/{reference}/policy", status=303)


def _what(view: PolicyView, written: Words) -> RestrictedUse | None:
    what = chosen(RestrictedUse, written["what"])
    return what if what in view.may_close else None


def _problems(request: Request, view: PolicyView, written: Words) -> Words:
    tomorrow: date = today(request) + DAY
    until = day_of(written["until"])
    days = {
        "what": "" if _what(view, written) else "Choose what is closed",
        "until": wrong_day(until, tomorrow, view.latest_end, named="a last day"),
        "on": wrong_day(day_of(written["on"]), tomorrow, until, named="a day to look at it again"),
    }
    return {name: said for name, said in days.items() if said} | wrong_words(
        written, begun_from(request, PolicyStep.RESTRICT)
    )


async def _form(
    request: Request,
    reference: str,
    written: Words,
    found: Words | None = None,
    *,
    letter: str = "",
) -> HTTPResponse:
    """Return the form; ``letter`` is the end of the letter that is looked at, else empty."""
    view = await ask(request, view_policy, me(request), reference)
    if not view.may_close:
        raise StepNotTheirs
    visits = await ask(request, visits_booked, me(request), reference)
    items = [
        {"value": each.value, "text": each.label[:1].upper() + each.label[1:]}
        for each in view.may_close
    ]
    shown = {"view": view, "items": items, "visits": visits, "rights": letter}
    case = {"reference": reference, "address": f"/desk/cases/{reference}", "key": sent_key(request)}
    return show(request, "restrict", "cases", written=written, found=found, **shown, **case)


async def _use(  # noqa: PLR0913 - what was typed, and what was wrong with it
    request: Request,
    reference: str,
    use_id: str,
    written: Words | None = None,
    found: Words | None = None,
    *,
    looking: bool = False,
) -> HTTPResponse:
    await ask(request, view_case, staff_id=me(request), reference=reference)  # notes the reading
    use = _found(await ask(request, view_policy, me(request), reference), use_id)
    decisions = [{"value": each.value, "text": each.label} for each in AppealDecision]
    shown = {"use": use, "decisions": decisions, "looking": looking, "key": sent_key(request)}
    shown["day"] = day_of((written or {}).get("on", ""))
    case = {"reference": reference, "address": f"/desk/cases/{reference}"}
    return show(request, "restriction", "cases", written=written, found=found, **shown, **case)


def _found(view: PolicyView, use_id: str) -> UseView:
    found = next((use for use in view.uses if use.id == use_id), None)
    if found is None:
        raise NotHere
    return found
