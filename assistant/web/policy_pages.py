"""Steps over a post at the desk: what was done, what may be done next, and each one's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.calendar import DAY
from assistant.casework.policy_steps import MAY_WAIT, PolicyStep
from assistant.services.begin_follow_up import begin_follow_up
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.meet_remotely import visits_booked
from assistant.services.policy_ladder import StepNotTheirs
from assistant.services.take_policy_step import take_policy_step
from assistant.services.view_case import view_case
from assistant.services.view_policy import view_policy
from assistant.web.calling import ask
from assistant.web.desk_frame import by_me_once, chosen, me, show, today
from assistant.web.forms import day_of, field, problem_with_words, sent_key
from assistant.web.gate import guard
from assistant.web.kept_words import as_it_is
from assistant.web.policy_forms import begun_from, sent, wrong_day, wrong_words
from assistant.web.record_sheets import case_sheet

if TYPE_CHECKING:
    from assistant.web.desk_frame import Words

HELP = {
    PolicyStep.TALK: "First, and often enough. Listen to what is behind the post.",
    PolicyStep.REMOVAL: "Ask that the part which names or shows a person is taken down.",
    PolicyStep.LETTER: "If it stays: what the concern is, a warning, the request once more.",
    PolicyStep.RESTRICT: "The chat, the forum, comments or visits. It ends by itself.",
    PolicyStep.REPORT: "The company that runs the site decides about the post.",
    PolicyStep.LEGAL: "Where a person’s good name is seriously harmed. Criticism is lawful.",
    PolicyStep.POLICE: "Threats, harassment or hatred. This may come before every other step.",
}
"""What each step is for."""

blueprint = Blueprint("desk_policy", url_prefix="/desk/cases")
guard(blueprint)
blueprint.exception(StepNotTheirs, NotPossibleNow)(as_it_is)


class Rung(NamedTuple):
    """A step as the page lists it; ``address`` is empty where it is not theirs to take."""

    step: PolicyStep
    help: str
    address: str


@blueprint.get("/<reference:str>/policy", name="show")
async def policy(request: Request, reference: str) -> HTTPResponse:
    """Show the steps and what is closed to the parent."""
    return await _policy(request, reference)


@blueprint.post("/<reference:str>/policy", name="begin")
async def begin(request: Request, reference: str) -> HTTPResponse:
    """Begin a follow-up of a post beside this case."""
    words = field(request, "words")
    problem = problem_with_words(words)
    if problem:
        return await _policy(request, reference, {"words": problem}, {"words": words})
    wish = by_me_once(request, reference)
    receipt = await ask(request, begin_follow_up, words=words, **wish)
    return show(request, "follow_up_begun", "cases", receipt=receipt, reference=reference)


@blueprint.get("/<reference:str>/policy/<step:str>", name="step")
async def step_form(request: Request, reference: str, step: str) -> HTTPResponse:
    """Show the form of a step, begun from the school's words for it."""
    known = _known(step)
    written = {"reason": "", "on": "", "message": begun_from(request, known)}
    return await _step(request, reference, known, written)


@blueprint.post("/<reference:str>/policy/<step:str>", name="take")
async def take(request: Request, reference: str, step: str) -> HTTPResponse:
    """Show what the parent will read; record the step once that was looked at."""
    known, written = _known(step), sent(request, "reason", "on", "message", "later")
    if known not in MAY_WAIT:
        written["later"] = ""
    found = _problems(request, known, written)
    moment = field(request, "step")
    day = day_of(written["on"])
    if found or day is None or moment != "send":
        looking = not found and moment == "look"
        return await _step(request, reference, known, written, found, looking=looking)
    wish = by_me_once(request, reference)
    words = {"reason": written["reason"], "notice": "" if written["later"] else written["message"]}
    await ask(request, take_policy_step, step=known, review_on=day, **words, **wish)
    return redirect(f"/desk/cases/{reference}/policy", status=303)


def _known(step: str) -> PolicyStep:
    """Return the step that has a form here; raises ``NotHere``."""
    known = chosen(PolicyStep, step)
    if known is None or known is PolicyStep.RESTRICT:
        raise NotHere
    return known


def _problems(request: Request, step: PolicyStep, written: Words) -> Words:
    later = bool(written["later"])
    found = wrong_words(written, begun_from(request, step), may_wait=later)
    day = wrong_day(day_of(written["on"]), today(request) + DAY)
    return found | ({"on": day} if day else {})


async def _step(  # noqa: PLR0913 - what was typed, and what was wrong with it
    request: Request,
    reference: str,
    step: PolicyStep,
    written: Words,
    found: Words | None = None,
    *,
    looking: bool = False,
) -> HTTPResponse:
    view = await ask(request, view_policy, me(request), reference)
    if step not in view.may_take:
        raise StepNotTheirs
    shown = {"step": step, "help": HELP[step], "may_wait": step in MAY_WAIT, "looking": looking}
    shown["day"] = day_of(written["on"])
    case = {"reference": reference, "address": f"/desk/cases/{reference}", "key": sent_key(request)}
    return show(request, "policy_step", "cases", written=written, found=found, **shown, **case)


async def _policy(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    case = await ask(request, view_case, staff_id=me(request), reference=reference)
    view = await ask(request, view_policy, me(request), reference)
    visits = await ask(request, visits_booked, me(request), reference)
    address = f"/desk/cases/{case.row.reference}"
    rungs = [Rung(each, HELP[each], _address(address, each, view.may_take)) for each in PolicyStep]
    shown = {"view": view, "rungs": rungs, "visits": visits, "found": found, "written": written}
    return show(request, "policy", "cases", sheet=case_sheet(case, today(request)), **shown)


def _address(case: str, step: PolicyStep, may_take: frozenset[PolicyStep]) -> str:
    if step not in may_take:
        return ""
    return f"{case}/restrict" if step is PolicyStep.RESTRICT else f"{case}/policy/{step.value}"
