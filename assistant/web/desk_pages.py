"""The desk: what is due, and cases. Works without a script.

Each page shows what a service lets this person see. A record behind the wall and one that does
not exist raise the same `NotHere` and get the same page.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.kinds import CaseStatus, Role
from assistant.services.case_lists import neighbours
from assistant.services.change_status import change_status
from assistant.services.choose_topic import choose_topic
from assistant.services.list_chats import count_waiting
from assistant.services.list_due import list_due
from assistant.services.overdue_reviews import overdue_reviews
from assistant.services.view_case import view_case
from assistant.web import record_sheets, work_rows
from assistant.web.calling import ask
from assistant.web.case_filters import query_of, sent_filter
from assistant.web.desk_frame import carry_out, chosen, me, note_on, show, today, wrong_reason
from assistant.web.forms import field
from assistant.web.gate import guard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.casework.policy import SocialMediaPolicy
    from assistant.services.case_lists import Neighbours
    from assistant.web.desk_frame import Words

TOLD_OF_FLOODS = frozenset(
    {Role.CLERK.value, Role.OFFICE.value, Role.BUSINESS_MANAGER.value, Role.HEADTEACHER.value}
)

blueprint = Blueprint("desk", url_prefix="/desk")
guard(blueprint)


@blueprint.get("/", name="work")
async def work(request: Request) -> HTTPResponse:
    """Show what waits for this person, the most urgent first."""
    found = await ask(request, list_due, staff_id=me(request))
    now, day = request.app.ctx.desk.clock.now(), today(request)
    rows = work_rows.due_rows(found.cases.rows, found.meetings, now)
    lead = work_rows.lead_words(rows, day, work_rows.unseen_of(found.cases, day))
    more = found.cases.total - len(found.cases.rows)
    current = request.app.ctx.desk.school.social_media_policy
    policy = policy_to_review(current, request.ctx.me.roles, day)
    overdue = await ask(request, overdue_reviews, me(request))
    parts = {"rows": rows, "lead": lead, "alerts": found.alerts, "more": more, "policy": policy}
    away, dead = found.alerts is None, found.dead_letters
    parts["parents_waiting"] = await _parents_waiting(request)
    parts |= {"dead": dead, "alerts_away": away, "flooded": await flooded_for(request)}
    return show(request, "work", "due", **parts, overdue=overdue)


async def _parents_waiting(request: Request) -> int:
    if not request.ctx.me.takes_chats:
        return 0
    return await ask(request, count_waiting, staff_id=me(request))


@blueprint.get("/cases/<reference:str>", name="case")
async def case(request: Request, reference: str) -> HTTPResponse:
    """Show one case."""
    return await _case(request, reference)


@blueprint.post("/cases/<reference:str>/notes", name="note")
async def note(request: Request, reference: str) -> HTTPResponse:
    """Add a note to a case."""
    return await note_on(request, reference, _case)


@blueprint.post("/cases/<reference:str>/status", name="status")
async def status(request: Request, reference: str) -> HTTPResponse:
    """Move a case to another status, with a reason."""
    written = {"status": field(request, "status"), "reason": field(request, "reason")}
    wanted = chosen(CaseStatus, written["status"])
    found = {} if wanted else {"status": "Choose the new status"}
    found |= wrong_reason("reason", written["reason"])
    if wanted is None or found:
        return await _case(request, reference, found, written)
    change = partial(change_status, status=wanted, why=written["reason"])
    return await carry_out(request, reference, _case, change, written)


@blueprint.post("/cases/<reference:str>/topic", name="topic")
async def topic(request: Request, reference: str) -> HTTPResponse:
    """Put a case under a topic of the school's list."""
    wanted = field(request, "topic")
    if wanted not in {each.id for each in request.app.ctx.desk.school.topics}:
        return await _case(request, reference, {"topic": "Choose what it is about"})
    await ask(request, choose_topic, staff_id=me(request), reference=reference, topic=wanted)
    return redirect(f"/desk/cases/{reference}", status=303)


def policy_to_review(
    policy: SocialMediaPolicy, roles: Sequence[str], today: date
) -> SocialMediaPolicy | None:
    """Return the policy when its review is due and the clerk asks, who sees to it, else None."""
    return policy if Role.CLERK.value in roles and policy.review_on <= today else None


async def flooded_for(request: Request) -> int:
    """Return the school's limit of filings an hour to whom it concerns once it is reached, or 0."""
    told = TOLD_OF_FLOODS & {*request.ctx.me.roles}
    full = bool(told) and await request.app.ctx.limits.is_flooded()
    return request.app.ctx.desk.settings.filings_an_hour if full else 0


async def _case(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await ask(request, view_case, staff_id=me(request), reference=reference)
    sheet = record_sheets.case_sheet(view, today(request))
    beside, query = await _beside(request, view.row.reference)
    words = {"found": found, "written": written}
    return show(request, "case", "cases", sheet=sheet, beside=beside, query=query, **words)


async def _beside(request: Request, reference: str) -> tuple[Neighbours | None, str]:
    """Return the cases before and after in the list that the person came from, and that list."""
    if not request.args:
        return None, ""
    wanted, who = sent_filter(request), me(request)
    found = await ask(request, neighbours, staff_id=who, reference=reference, wanted=wanted)
    return found, query_of(wanted)
