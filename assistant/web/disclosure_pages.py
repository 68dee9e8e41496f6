"""A person's data, from a data-protection request: whose, which records, what is hidden, the copy.

Works without a script. Every page answers only to who may read the request, and shows nothing but
records that this person may read anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint
from sanic.response import raw, redirect

from assistant.casework.kinds import Role
from assistant.services.disclosures import DisclosureUnclear
from assistant.services.draft_disclosure import view_draft
from assistant.services.end_disclosure import end_disclosure
from assistant.services.errors import NotPossibleNow
from assistant.services.open_disclosure import open_disclosure, view_disclosure
from assistant.services.persons_records import choose_records, propose_records
from assistant.services.rule_on_masks import rule_on_masks
from assistant.services.seal_disclosure import seal_disclosure
from assistant.web.calling import ask
from assistant.web.desk_frame import by_me_once, me, show, today, wrong_reason
from assistant.web.disclosed_file import zip_of
from assistant.web.disclosure_forms import (
    NOTHING_CHOSEN,
    WHY,
    problems_with,
    sent_rulings,
    sent_subject,
    written_of,
)
from assistant.web.forms import field, several
from assistant.web.gate import guard

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

    from assistant.web.desk_frame import Words

HOLDERS = (Role.HEADTEACHER, Role.CHAIR, Role.CLERK, Role.DATA_PROTECTION_OFFICER)
"""Who is always asked for a part, whatever the school holds."""
CHANGED = "The records or what is hidden have changed since you looked. Read it again, then make it"
UNREAD = "Tick that you have read all of it"

blueprint = Blueprint("their_data", url_prefix="/desk/cases/<reference:str>/their-data")
guard(blueprint)


@blueprint.get("/", name="begin")
async def begin(request: Request, reference: str) -> HTTPResponse:
    """Show whose data it is and who else is asked, or the form to begin."""
    return await _begin(request, reference)


@blueprint.post("/", name="open")
async def open_part(request: Request, reference: str) -> HTTPResponse:
    """Keep whose data it is, and go on to their records."""
    written = {name: field(request, name) for name in WHY}
    found = problems_with(written)
    if found:
        return await _begin(request, reference, found, written)
    said = {"identity": written["identity"], "why": written["why"]}
    wish = {"staff_id": me(request), "reference": reference, **said}
    await ask(request, open_disclosure, person=sent_subject(written), **wish)
    return redirect(f"{_address(reference)}/records", status=303)


@blueprint.post("/erase", name="erase")
async def erase(request: Request, reference: str) -> HTTPResponse:
    """Throw the part away."""
    await ask(request, end_disclosure, staff_id=me(request), reference=reference)
    return redirect(_address(reference), status=303)


@blueprint.get("/records", name="records")
async def records(request: Request, reference: str) -> HTTPResponse:
    """Show the records that match."""
    part = await ask(request, view_disclosure, staff_id=me(request), reference=reference)
    found = await ask(request, propose_records, staff_id=me(request), reference=reference)
    shown = {"part": part, "proposals": found, "address": _address(reference)}
    return show(request, "their_records", "cases", **shown)


@blueprint.post("/records", name="choose")
async def choose(request: Request, reference: str) -> HTTPResponse:
    """Keep which records are theirs, and go on to the draft."""
    chosen = frozenset(several(request, "record"))
    wish = {"staff_id": me(request), "reference": reference}
    await ask(request, choose_records, chosen=chosen, **wish)
    return redirect(f"{_address(reference)}/draft", status=303)


@blueprint.get("/draft", name="draft")
async def draft(request: Request, reference: str) -> HTTPResponse:
    """Show every passage with its masks."""
    return await _draft(request, reference)


@blueprint.post("/draft", name="rule")
async def rule(request: Request, reference: str) -> HTTPResponse:
    """Keep what was ruled on one passage, or say what is missing."""
    passage, why = field(request, "passage"), field(request, "why")
    rulings = sent_rulings(request, passage)
    box = f"why-{passage}"
    found = wrong_reason(box, why) if rulings else {box: NOTHING_CHOSEN}
    written = {name: field(request, name) for name in ("passage", "why", "hide", "everywhere")}
    if found:
        return await _draft(request, reference, found, written)
    wish = by_me_once(request, reference)
    try:
        await ask(request, rule_on_masks, rulings=rulings, why=why, **wish)
    except DisclosureUnclear:
        return await _draft(request, reference, {box: NOTHING_CHOSEN}, written)
    return redirect(f"{_address(reference)}/draft#{passage}", status=303)


@blueprint.post("/copy", name="seal")
async def seal(request: Request, reference: str) -> HTTPResponse:
    """Send the final copy, if it is what was read."""
    if field(request, "read") != "yes":
        return await _draft(request, reference, {"read": UNREAD})
    wish = {"staff_id": me(request), "reference": reference, "digest": field(request, "digest")}
    try:
        copy = await ask(request, seal_disclosure, **wish)
    except NotPossibleNow:
        return await _draft(request, reference, {"read": CHANGED})
    app = request.app.ctx
    name = f"personal-data-{copy.reference}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    file = zip_of(app.templates, app.desk.school, copy, today(request))
    return raw(file, content_type="application/zip", headers=headers)


async def _begin(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    part = await ask(request, view_disclosure, staff_id=me(request), reference=reference)
    school = request.app.ctx.desk.school
    holders = dict.fromkeys(person for role in HOLDERS for person in school.with_role(role))
    shown = {"part": part, "holders": list(holders), "address": _address(reference)}
    return show(
        request, "their_data", "cases", **shown, found=found, written=written or written_of(part)
    )


async def _draft(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    whole = await ask(request, view_draft, staff_id=me(request), reference=reference)
    shown = {"draft": whole, "address": _address(reference), "found": found, "written": written}
    shown["ticked"] = several(request, "show")
    return show(request, "their_draft", "cases", **shown)


def _address(reference: str) -> str:
    return f"/desk/cases/{reference}/their-data"
