"""Cases that say the same: link them, take one out, answer them all in the same words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.answer_campaign import answer_campaign, may_be_answered
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.link_cases import AboutOthers, link_cases, unlink_case
from assistant.services.view_campaign import view_campaign
from assistant.web.calling import ask
from assistant.web.desk_frame import by_me_once, me, show, wrong_reason
from assistant.web.forms import field, one_line, problem_with_words, sent_key, several
from assistant.web.gate import guard

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.web.desk_frame import Words

blueprint = Blueprint("campaigns", url_prefix="/desk/cases")
guard(blueprint)

LONGEST_NAME = 80
APART = "Choose cases about the same people: to whom one is closed may not learn of it"
DIGITS_OF_MANY = 4
MISFIT = f"Make it shorter: at most {LONGEST_NAME} characters"
ALONE = "It is linked with no others any more"
OTHERS_NOW = "The cases have changed since you looked. Look at them again, then send it"
UNFIT = "Choose cases that you can read and that are linked with no others"


@blueprint.get("/<reference:str>/linked", name="show")
async def show_linked(request: Request, reference: str) -> HTTPResponse:
    """Show the linked cases and those that say nearly the same."""
    return await _page(request, reference)


@blueprint.post("/<reference:str>/linked", name="link")
async def link(request: Request, reference: str) -> HTTPResponse:
    """Link the chosen cases, and one whose reference was typed."""
    others = (*several(request, "case"), *filter(None, [field(request, "reference")]))
    written = {each: field(request, each) for each in ("reference", "name", "link-why")}
    name, why = one_line(written["name"]), written["link-why"]
    found = {} if others else {"case": "Choose at least one case"}
    found |= {"name": MISFIT} if len(name) > LONGEST_NAME else {}
    found |= wrong_reason("link-why", why)
    change = partial(link_cases, others=others, name=name, why=why)
    return await _carry_out(request, reference, change, found, written)


@blueprint.post("/<reference:str>/linked/end", name="unlink")
async def unlink(request: Request, reference: str) -> HTTPResponse:
    """Take the case out: it has a point of its own."""
    why = field(request, "end-why")
    change, found = partial(unlink_case, why=why), wrong_reason("end-why", why)
    return await _carry_out(request, reference, change, found, {"end-why": why})


@blueprint.post("/<reference:str>/linked/answer", name="answer")
async def answer(request: Request, reference: str) -> HTTPResponse:
    """Show what the parents will read; send it once that was looked at."""
    words, step = field(request, "message"), field(request, "step")
    problem, written = problem_with_words(words), {"message": words}
    if problem or step != "send":
        found = {"message": problem} if problem else {}
        looking = not problem and step == "look"
        return await _page(request, reference, found, written, looking=looking)
    wish = by_me_once(request, reference)
    looked_at = frozenset(field(request, "cases").split())
    try:
        sent = await ask(request, answer_campaign, words=words, looked_at=looked_at, **wish)
    except NotPossibleNow:
        return await _page(request, reference, {"message": OTHERS_NOW}, written, looking=True)
    return redirect(f"/desk/cases/{reference}/linked?sent={len(sent)}", status=303)


async def _carry_out(
    request: Request, reference: str, change: Callable[..., object], found: Words, written: Words
) -> HTTPResponse:
    if found:
        return await _page(request, reference, found, written)
    wish = by_me_once(request, reference)
    try:
        await ask(request, change, **wish)
    except StepUnclear:
        return await _page(request, reference, {"name": "Give the subject a short name"}, written)
    except AboutOthers:
        return await _page(request, reference, {"case": APART}, written)
    except NotPossibleNow:
        found = {"kept": ALONE} if "end-why" in written else {"case": UNFIT}
        return await _page(request, reference, found, written)
    except NotHere:  # of one of the others; the page below tells of the case itself
        return await _page(request, reference, {"case": UNFIT}, written)
    return redirect(f"/desk/cases/{reference}/linked", status=303)


async def _page(
    request: Request,
    reference: str,
    found: Words | None = None,
    written: Words | None = None,
    *,
    looking: bool = False,
) -> HTTPResponse:
    view = await ask(request, view_campaign, me(request), reference)
    to = [row for row in view.linked if may_be_answered(row.status)]
    shown = {"found": found, "written": written, "key": sent_key(request), "sent": _sent(request)}
    looks = looking and bool(to)
    lists = {"to": to, "ticked": list(several(request, "case"))}
    return show(request, "linked", "cases", view=view, looking=looks, **lists, **shown)


def _sent(request: Request) -> int:
    """Return how many cases were answered just now, as the address says."""
    told = request.args.get("sent") or ""
    return int(told) if told.isdecimal() and len(told) <= DIGITS_OF_MANY else 0
