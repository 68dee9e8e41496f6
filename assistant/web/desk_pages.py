"""The desk: what is due, meetings, cases and alerts. Works without a script.

Each page shows what a service lets this person see. A record behind the wall and one that does
not exist raise the same `NotHere` and get the same page.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.kinds import CaseStatus, MeetingStatus
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.add_note import add_note
from assistant.services.change_status import change_status
from assistant.services.errors import NotPossibleNow
from assistant.services.list_work import list_work
from assistant.services.mark_meeting import mark_meeting
from assistant.services.view_alert import view_alert
from assistant.services.view_case import view_case
from assistant.services.view_meeting import view_meeting
from assistant.web import record_sheets, work_rows
from assistant.web.calling import ask
from assistant.web.diary import diary
from assistant.web.forms import field, new_key, problem_with_words, sent_key
from assistant.web.gate import guard
from assistant.web.pages import render
from assistant.web.words import local_date

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from assistant.services.desk_shapes import WorkList

    RecordPage = Callable[..., Awaitable[HTTPResponse]]

Status = TypeVar("Status", CaseStatus, MeetingStatus)
Words = dict[str, str]
"""Words by the field of the form that they belong to."""

MOVED_ON = "The record has moved on since you opened it. Look at it again, then choose"

blueprint = Blueprint("desk", url_prefix="/desk")
guard(blueprint)


@blueprint.get("/", name="work")
async def work(request: Request) -> HTTPResponse:
    """Show what waits for this person, the most urgent first."""
    found, today = await _work(request), _today(request)
    rows = work_rows.due_rows(found.cases, found.meetings, today)
    unread = [alert for alert in found.alerts if alert.acknowledged_at is None]
    lead = work_rows.lead_words(rows, today)
    return _show(request, "work", "due", rows=rows, lead=lead, alerts=unread)


@blueprint.get("/cases", name="cases")
async def cases(request: Request) -> HTTPResponse:
    """Show every case this person may read, open ones first."""
    found, today = await _work(request), _today(request)
    rows = work_rows.case_rows(found.cases, today)
    return _show(request, "cases", "cases", open_rows=rows[False], closed_rows=rows[True])


@blueprint.get("/meetings", name="meetings")
async def meetings(request: Request) -> HTTPResponse:
    """Show the meetings as a list of days."""
    coming, past = diary((await _work(request)).meetings, _today(request))
    return _show(request, "meetings", "meetings", coming=coming, past=past)


@blueprint.get("/cases/<reference:str>", name="case")
async def case(request: Request, reference: str) -> HTTPResponse:
    """Show one case."""
    return await _case(request, reference)


@blueprint.post("/cases/<reference:str>/notes", name="note")
async def note(request: Request, reference: str) -> HTTPResponse:
    """Add a note to a case."""
    return await _note(request, reference, _case)


@blueprint.post("/cases/<reference:str>/status", name="status")
async def status(request: Request, reference: str) -> HTTPResponse:
    """Move a case to another status, with a reason."""
    written = {"status": field(request, "status"), "reason": field(request, "reason")}
    chosen = _chosen(CaseStatus, written["status"])
    found = {} if chosen else {"status": "Choose the new status"}
    if problem_with_words(written["reason"]):
        found["reason"] = "Say why, in one sentence"
    if chosen is None or found:
        return await _case(request, reference, found, written)
    change = partial(change_status, status=chosen, why=written["reason"])
    return await _carry_out(request, reference, _case, change)


@blueprint.get("/meetings/<reference:str>", name="meeting")
async def meeting(request: Request, reference: str) -> HTTPResponse:
    """Show one meeting."""
    return await _meeting(request, reference)


@blueprint.post("/meetings/<reference:str>/notes", name="meeting_note")
async def meeting_note(request: Request, reference: str) -> HTTPResponse:
    """Add a note to a meeting."""
    return await _note(request, reference, _meeting)


@blueprint.post("/meetings/<reference:str>/mark", name="mark")
async def mark(request: Request, reference: str) -> HTTPResponse:
    """Say how a meeting went."""
    chosen = _chosen(MeetingStatus, field(request, "status"))
    if chosen is None:
        return await _meeting(request, reference, {"status": "Choose how it went"})
    return await _carry_out(request, reference, _meeting, partial(mark_meeting, status=chosen))


@blueprint.get("/alerts/<alert_id:str>", name="alert")
async def alert(request: Request, alert_id: str) -> HTTPResponse:
    """Show an alert to somebody it was sent to."""
    view = await ask(request, view_alert, staff_id=request.ctx.me.staff_id, alert_id=alert_id)
    minutes = request.app.ctx.desk.settings.alert_repeat_minutes
    sheet = record_sheets.alert_sheet(view)
    return _show(request, "alert", "due", sheet=sheet, repeat_minutes=minutes)


@blueprint.post("/alerts/<alert_id:str>/acknowledge", name="acknowledge")
async def acknowledge(request: Request, alert_id: str) -> HTTPResponse:
    """Record that this person is acting on the alert."""
    who = request.ctx.me.staff_id
    await ask(request, acknowledge_alert, staff_id=who, alert_id=alert_id)
    return redirect(f"/desk/alerts/{alert_id}", status=303)


async def _case(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await ask(request, view_case, staff_id=request.ctx.me.staff_id, reference=reference)
    sheet = record_sheets.case_sheet(view, _today(request))
    return _show(request, "case", "cases", sheet=sheet, found=found, written=written)


async def _meeting(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await ask(request, view_meeting, staff_id=request.ctx.me.staff_id, reference=reference)
    sheet = record_sheets.meeting_sheet(view)
    return _show(request, "meeting", "meetings", sheet=sheet, found=found, written=written)


async def _note(request: Request, reference: str, page: RecordPage) -> HTTPResponse:
    words = field(request, "note")
    problem = problem_with_words(words)
    if problem:
        return await page(request, reference, {"note": problem}, {"note": words})
    return await _carry_out(request, reference, page, partial(add_note, words=words))


async def _carry_out(
    request: Request, reference: str, page: RecordPage, change: Callable[..., None]
) -> HTTPResponse:
    """Do `change`, then show the record afresh; one that has moved on is shown with the reason."""
    who, key = request.ctx.me.staff_id, sent_key(request)
    try:
        await ask(request, change, staff_id=who, reference=reference, idempotency_key=key)
    except NotPossibleNow:
        return await page(request, reference, {"status": MOVED_ON})
    return redirect(request.path.rpartition("/")[0], status=303)


def _chosen(kind: type[Status], stored: str) -> Status | None:
    """Return the member of `kind` that a radio stood for, None for anything else."""
    return next((member for member in kind if member.value == stored), None)


async def _work(request: Request) -> WorkList:
    return await ask(request, list_work, staff_id=request.ctx.me.staff_id)


def _today(request: Request) -> date:
    return local_date(request.app.ctx.desk.clock.now())


def _show(request: Request, page: str, place: str, **context: Any) -> HTTPResponse:  # noqa: ANN401 - whatever the page shows
    """Return a desk page; one that shows what was wrong with a form is a 400."""
    shown = {"me": request.ctx.me, "place": place, "new_key": new_key(), "found": {}, "written": {}}
    shown |= {name: value for name, value in context.items() if value is not None}
    status = 400 if shown["found"] else 200
    return render(request, f"desk/{page}.html", status=status, **shown)
