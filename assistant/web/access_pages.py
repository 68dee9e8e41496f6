"""Who may read a case: see it, share it, take it back, step back from it, hand it over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.handlers import titled
from assistant.services.errors import NotPossibleNow, ReaderNotAllowed
from assistant.services.grant_access import grant_access
from assistant.services.hand_over_cases import (
    hand_over_case,
    hand_over_cases,
    leavers,
    leaving_cases,
    reassign_cases,
)
from assistant.services.recuse import recuse
from assistant.services.revoke_access import revoke_access
from assistant.services.view_access import open_cases_of, view_access
from assistant.web.calling import ask
from assistant.web.desk_frame import me, show, wrong_reason
from assistant.web.forms import field, sent_key, several
from assistant.web.gate import guard
from assistant.web.work_rows import who_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk_shapes import CaseRow
    from assistant.web.desk_frame import Words

blueprint = Blueprint("access", url_prefix="/desk/access")
guard(blueprint)

NOBODY_YET = {"value": "", "text": "Choose somebody"}


@blueprint.get("/case/<reference:str>", name="show")
async def show_readers(request: Request, reference: str) -> HTTPResponse:
    """Show who may read the case."""
    return await _page(request, reference)


@blueprint.post("/case/<reference:str>/grant", name="grant")
async def grant(request: Request, reference: str) -> HTTPResponse:
    """Let a colleague read the case."""
    return await _change(request, reference, partial(grant_access, to=field(request, "colleague")))


@blueprint.post("/case/<reference:str>/revoke", name="revoke")
async def revoke(request: Request, reference: str) -> HTTPResponse:
    """Take a colleague's reading back."""
    return await _change(request, reference, partial(revoke_access, of=field(request, "colleague")))


@blueprint.post("/case/<reference:str>/recuse", name="recuse")
async def step_back(request: Request, reference: str) -> HTTPResponse:
    """Step back from the case; afterwards it is not there."""
    return await _change(request, reference, recuse, "/desk")


@blueprint.post("/case/<reference:str>/hand-over", name="hand_over")
async def hand_over(request: Request, reference: str) -> HTTPResponse:
    """Make a colleague the handler."""
    give = partial(hand_over_case, to=field(request, "colleague"))
    return await _change(request, reference, give, "/desk")


@blueprint.get("/many", name="many")
async def many(request: Request) -> HTTPResponse:
    """Choose open cases to hand over to one colleague."""
    return await _many(request)


@blueprint.post("/many", name="give_many")
async def give_many(request: Request) -> HTTPResponse:
    """Hand the chosen cases over, and say what became of each."""
    chosen = several(request, "case")
    found = _problems(request) | ({} if chosen else {"case": "Choose at least one case"})
    if found:
        return await _many(request, found=found, written=_typed(request), ticked=list(chosen))
    return await _outcomes(request, partial(hand_over_cases, references=chosen))


@blueprint.get("/leaver", name="leaver")
async def leaver(request: Request) -> HTTPResponse:
    """Choose who leaves and who takes their cases."""
    return await _leaver(request)


@blueprint.post("/leaver", name="give_leaver")
async def give_leaver(request: Request) -> HTTPResponse:
    """Hand every open case of the leaver over, and say what became of each."""
    who = field(request, "leaver")
    found = _problems(request) | ({} if who else {"leaver": "Choose who leaves"})
    if found:
        return await _leaver(request, found=found, written=_typed(request) | {"leaver": who})
    return await _outcomes(request, partial(reassign_cases, leaver=who))


async def _change(
    request: Request, reference: str, change: Callable[..., None], onward: str = ""
) -> HTTPResponse:
    why, form = field(request, "why"), request.path.rpartition("/")[2]
    written = {f"{form}-why": why, f"{form}-colleague": field(request, "colleague")}
    found = _missing(form, written)
    if found:
        return await _page(request, reference, found, written)
    wish = partial(change, staff_id=me(request), reference=reference, why=why)
    try:
        await ask(request, wish, idempotency_key=sent_key(request))
    except (ReaderNotAllowed, NotPossibleNow):
        other = {f"{form}-colleague": "Choose somebody else"}
        return await _page(request, reference, other, written)
    return redirect(onward or f"/desk/access/case/{reference}", status=303)


def _missing(form: str, written: Words) -> Words:
    nobody = form != "recuse" and not written[f"{form}-colleague"]
    found = {f"{form}-colleague": "Choose a colleague"} if nobody else {}
    return found | wrong_reason(f"{form}-why", written[f"{form}-why"])


async def _page(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await ask(request, view_access, me(request), reference)
    return show(request, "access", "cases", view=view, found=found, written=written)


async def _many(request: Request, **context: Any) -> HTTPResponse:  # noqa: ANN401 - what is wrong
    cases = await ask(request, open_cases_of, me(request))
    boxes = [{"value": each.reference, "text": _case_words(each)} for each in cases]
    shown = {"boxes": boxes, "people": _people(request), "ticked": [], **context}
    return show(request, "access_many", "cases", **shown)


def _case_words(case: CaseRow) -> str:
    return f"{case.reference}: {who_words(case)}, {case.kind_label.lower()}, {case.stage}"


async def _leaver(request: Request, **context: Any) -> HTTPResponse:  # noqa: ANN401 - what is wrong
    who = request.args.get("who") or ""
    cases = await ask(request, leaving_cases, me(request), who) if who else ()
    going = [
        {"value": each, "text": name} for each, name in await ask(request, leavers, me(request))
    ]
    lists = {"cases": cases, "people": _people(request), "going": [NOBODY_YET, *going]}
    return show(request, "access_leaver", "cases", **lists, who=who, **context)


async def _outcomes(request: Request, act: Callable[..., Any]) -> HTTPResponse:
    to, why = field(request, "colleague"), field(request, "why")
    give = partial(act, staff_id=me(request), to=to, why=why)
    outcomes = await ask(request, give, idempotency_key=sent_key(request))
    return show(request, "access_outcomes", "cases", outcomes=outcomes)


def _typed(request: Request) -> Words:
    return {name: field(request, name) for name in ("colleague", "why")}


def _problems(request: Request) -> Words:
    found = {} if field(request, "colleague") else {"colleague": "Choose who takes them"}
    return found | wrong_reason("why", field(request, "why"))


def _people(request: Request) -> list[dict[str, str]]:
    people = request.app.ctx.desk.school.people
    return [NOBODY_YET, *({"value": each.id, "text": titled(each)} for each in people)]
