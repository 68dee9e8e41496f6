"""Write to the parent from the desk: begin from the school's words, look at it, send it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sanic import Blueprint
from sanic.response import redirect

from assistant.services.view_case import view_case
from assistant.services.write_to_parent import write_to_parent
from assistant.web.calling import ask
from assistant.web.desk_frame import by_me_once, me, show, today
from assistant.web.forms import field, problem_with_words, sent_key
from assistant.web.gate import guard
from assistant.web.record_sheets import case_sheet

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

    from assistant.casework.school import School
    from assistant.web.desk_frame import Words

GAP = re.compile(r"\[[^\]]+\]")
"""What the school's own words leave for the writer to fill in."""
UNFINISHED = "Replace what stands in [square brackets], or take it out"

blueprint = Blueprint("desk_letters", url_prefix="/desk/cases")
guard(blueprint)


@blueprint.get("/<reference:str>/message", name="write")
async def write(request: Request, reference: str) -> HTTPResponse:
    """Show the box, begun from one of the school's messages if one was chosen."""
    begun = _template(request, request.args.get("from") or "")
    written = {"message": _words_of(request, begun).strip(), "template": begun}
    return await _page(request, reference, written)


@blueprint.post("/<reference:str>/message", name="send")
async def send(request: Request, reference: str) -> HTTPResponse:
    """Show what the parent will read; send it once that was looked at."""
    template = _template(request, field(request, "template"))
    written = {"message": field(request, "message"), "template": template}
    problem = problem_with_letter(written["message"], _words_of(request, template))
    found = {"message": problem} if problem else {}
    step = field(request, "step")
    if found or step != "send":
        looking = not found and step == "look"
        return await _page(request, reference, written, found, looking=looking)
    wish = by_me_once(request, reference)
    await ask(request, write_to_parent, template=template, words=written["message"], **wish)
    return redirect(f"/desk/cases/{reference}", status=303)


def problem_with_letter(words: str, template: str) -> str:
    """Return what is wrong with a letter that was begun from ``template``; empty when nothing is.

    Only what the template left open counts: a parent's own words may stand in brackets.
    """
    unfinished = any(gap in words for gap in GAP.findall(template))
    return problem_with_words(words) or (UNFINISHED if unfinished else "")


def _words_of(request: Request, template: str) -> str:
    school: School = request.app.ctx.desk.school
    return next((each.words for each in school.letters if each.id == template), "")


def _template(request: Request, wanted: str) -> str:
    known = {each.id for each in request.app.ctx.desk.school.letters}
    return wanted if wanted in known else ""


async def _page(
    request: Request,
    reference: str,
    written: Words,
    found: Words | None = None,
    *,
    looking: bool = False,
) -> HTTPResponse:
    view = await ask(request, view_case, staff_id=me(request), reference=reference)
    sheet, key = case_sheet(view, today(request)), sent_key(request)
    shown = {"sheet": sheet, "found": found, "written": written, "looking": looking, "key": key}
    return show(request, "letter", "cases", **shown)
