"""The parent's own page of a meeting or a case, behind the secret link. GET only shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.add_to_case import add_to_case
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.meeting_errors import MeetingGone
from assistant.services.open_link import open_link
from assistant.services.withdraw_case import withdraw_case
from assistant.web.calling import ask
from assistant.web.form_token import guard_forms
from assistant.web.forms import field, new_key, problem_with_words, sent_key
from assistant.web.pages import render
from assistant.web.record_words import can_cancel, can_withdraw, next_steps, notice
from assistant.web.words import local_date

if TYPE_CHECKING:
    from assistant.services.shapes import RecordView

blueprint = Blueprint("record", url_prefix="/r")
blueprint.on_request(guard_forms)


@blueprint.get("/<token:str>", name="show")
async def show(request: Request, token: str) -> HTTPResponse:
    """Show the record; nothing changes however often this is read."""
    return _page(request, token, await _open(request, token))


@blueprint.post("/<token:str>/cancel", name="cancel")
async def cancel(request: Request, token: str) -> HTTPResponse:
    """Cancel the meeting."""
    record = await _open(request, token)
    key = sent_key(request)
    await ask(request, cancel_meeting, meeting_id=record.id, idempotency_key=key)
    return redirect(f"/r/{token}?done=cancelled", status=303)


@blueprint.post("/<token:str>/withdraw", name="withdraw")
async def withdraw(request: Request, token: str) -> HTTPResponse:
    """Withdraw the case; the page and an e-mail confirm it in writing (domain.md §1.3)."""
    record = await _open(request, token)
    await ask(request, withdraw_case, case_id=record.id, idempotency_key=sent_key(request))
    return redirect(f"/r/{token}?done=withdrawn", status=303)


@blueprint.post("/<token:str>/note", name="note")
async def note(request: Request, token: str) -> HTTPResponse:
    """Add the parent's words to the case."""
    record, words = await _open(request, token), field(request, "note")
    problem = problem_with_words(words)
    if problem:
        return _page(request, token, record, words=words, problem=problem)
    key = sent_key(request)
    await ask(request, add_to_case, case_id=record.id, words=words, idempotency_key=key)
    return redirect(f"/r/{token}?done=added", status=303)


@blueprint.exception(NotHere)  # type: ignore[untyped-decorator]
async def gone(request: Request, _error: Exception) -> HTTPResponse:
    """Say that the link opens nothing; the same for a wrong one and for one that has ended."""
    return render(request, "record/gone.html", status=404)


@blueprint.exception(NotPossibleNow, MeetingGone)  # type: ignore[untyped-decorator]
async def too_late(request: Request, _error: Exception) -> HTTPResponse:
    """Show the record as it is by now, saying that nothing was changed."""
    return redirect(f"/r/{request.match_info['token']}?done=nothing", status=303)


async def _open(request: Request, token: str) -> RecordView:
    record = await ask(request, open_link, token=token)
    if record is None:
        raise NotHere
    return record


def _page(
    request: Request, token: str, record: RecordView, *, words: str = "", problem: str = ""
) -> HTTPResponse:
    desk = request.app.ctx.desk
    now = desk.clock.now()
    return render(
        request,
        "record/show.html",
        status=400 if problem else 200,
        record=record,
        steps=next_steps(record, desk.school, local_date(now)),
        notice=notice(request.args.get("done"), record),
        may_cancel=can_cancel(record, now),
        may_withdraw=can_withdraw(record),
        address=f"/r/{token}",
        words=words,
        problem=problem,
        key=new_key(),
    )
