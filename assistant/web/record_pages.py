"""The parent's own page of a meeting or a case, behind the secret link. GET only shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.add_to_case import add_to_case
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.open_link import open_link
from assistant.services.withdraw_case import withdraw_case
from assistant.web.calling import ask
from assistant.web.form_token import require_form_token
from assistant.web.forms import field, new_key, problem_with_words, sent_key
from assistant.web.pages import render
from assistant.web.record_words import NextStep, can_withdraw, done_words, next_steps

if TYPE_CHECKING:
    from assistant.services.shapes import RecordView

blueprint = Blueprint("record", url_prefix="/r")


@blueprint.get("/<token:str>", name="show")
async def show(request: Request, token: str) -> HTTPResponse:
    """Show the record; nothing changes however often this is read."""
    record = await ask(request, open_link, token=token)
    return _page(request, token, record)


@blueprint.post("/<token:str>/cancel", name="cancel")
async def cancel(request: Request, token: str) -> HTTPResponse:
    """Cancel the meeting."""
    require_form_token(request)
    record = await ask(request, open_link, token=token)
    if record is None or record.kind != "meeting":
        return _gone(request)
    key = sent_key(request, "link", record.id)
    await ask(request, cancel_meeting, meeting_id=record.id, idempotency_key=key)
    return redirect(f"/r/{token}?done=cancelled", status=303)


@blueprint.post("/<token:str>/withdraw", name="withdraw")
async def withdraw(request: Request, token: str) -> HTTPResponse:
    """Withdraw the case; the page and an e-mail confirm it in writing (domain.md §1.3)."""
    require_form_token(request)
    record = await ask(request, open_link, token=token)
    if record is None or not can_withdraw(record):
        return _gone(request) if record is None else _page(request, token, record)
    key = sent_key(request, "link", record.id)
    await ask(request, withdraw_case, case_id=record.id, idempotency_key=key)
    return redirect(f"/r/{token}?done=withdrawn", status=303)


@blueprint.post("/<token:str>/note", name="note")
async def note(request: Request, token: str) -> HTTPResponse:
    """Add the parent's words to the case."""
    require_form_token(request)
    record = await ask(request, open_link, token=token)
    if record is None or record.kind == "meeting":
        return _gone(request)
    words = field(request, "note")
    problem = problem_with_words(words)
    if problem:
        return _page(request, token, record, words=words, problem=problem)
    key = sent_key(request, "link", record.id)
    await ask(request, add_to_case, case_id=record.id, words=words, idempotency_key=key)
    return redirect(f"/r/{token}?done=added", status=303)


def _page(
    request: Request, token: str, record: RecordView | None, *, words: str = "", problem: str = ""
) -> HTTPResponse:
    if record is None:
        return _gone(request)
    steps: tuple[NextStep, ...] = next_steps(record, request.app.ctx.desk.school)
    return render(
        request,
        "record/show.html",
        status=400 if problem else 200,
        record=record,
        steps=steps,
        done=done_words(request.args.get("done"), record),
        may_withdraw=can_withdraw(record),
        address=f"/r/{token}",
        words=words,
        problem=problem,
        key=new_key(),
    )


def _gone(request: Request) -> HTTPResponse:
    return render(request, "record/gone.html", status=404)
