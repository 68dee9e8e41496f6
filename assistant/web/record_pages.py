"""The parent's own page of a meeting or a case, behind the secret link. GET only shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw, redirect

from assistant.services.add_to_case import add_to_case
from assistant.services.add_to_meeting import ReaderNamed, add_to_meeting
from assistant.services.calendar_file import calendar_file
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.live_time_offers import live_time_offers
from assistant.services.meeting_errors import MeetingGone
from assistant.services.open_link import open_link
from assistant.services.parent_restrictions import parent_restrictions
from assistant.services.waiting_list import is_waiting
from assistant.services.withdraw_case import withdraw_case
from assistant.web.calling import ask
from assistant.web.even_time import evenly
from assistant.web.form_token import guard_links, link_field
from assistant.web.forms import field, new_key, problem_with_words, sent_key
from assistant.web.meet_safety import Told, warning_for
from assistant.web.meet_summary import needs_said
from assistant.web.pages import render
from assistant.web.record_words import can_cancel, can_withdraw, next_steps, notice, offer_sheet
from assistant.web.words import local_date

if TYPE_CHECKING:
    from assistant.services.shapes import RecordView

blueprint = Blueprint("record", url_prefix="/r")
blueprint.on_request(guard_links)

MEETING = "meeting"
ADDED = "What you wrote has been added below too."
READER_NAMED = "You named somebody who would read this. Look at the question below"


@dataclass(frozen=True)
class Appealed:
    """An appeal that was not taken: against which restriction, in what words, and why not."""

    restriction: str
    words: str
    problem: str


@blueprint.get("/<token:str>", name="show")
@evenly
async def show(request: Request, token: str) -> HTTPResponse:
    """Show the record; nothing changes however often this is read."""
    try:
        return await show_record(request, token, await open_record(request, token))
    except NotHere:
        return nothing_here(request)


@blueprint.post("/<token:str>/cancel", name="cancel")
async def cancel(request: Request, token: str) -> HTTPResponse:
    """Cancel the meeting."""
    record = await open_record(request, token)
    key = sent_key(request)
    await ask(request, cancel_meeting, meeting_id=record.id, idempotency_key=key)
    return back(token, "cancelled")


@blueprint.post("/<token:str>/withdraw", name="withdraw")
async def withdraw(request: Request, token: str) -> HTTPResponse:
    """Withdraw the case; the page and an e-mail confirm it in writing."""
    record = await open_record(request, token)
    await ask(request, withdraw_case, case_id=record.id, idempotency_key=sent_key(request))
    return back(token, "withdrawn")


@blueprint.post("/<token:str>/note", name="note")
async def note(request: Request, token: str) -> HTTPResponse:
    """Add the parent's words to the record."""
    record, words = await open_record(request, token), field(request, "note")
    problem = problem_with_words(words)
    if problem:
        return await show_record(request, token, record, words=words, problem=problem)
    try:
        await _add(request, record, words)
    except ReaderNamed:
        return await show_record(
            request, token, record, words=words, problem=READER_NAMED, named=True
        )
    warning = await warning_for(request, Told(record.id, words))
    if warning:
        record = await open_record(request, token)
        return await show_record(request, token, record, warning=warning)
    return back(token, "added")


@blueprint.get("/<token:str>/calendar", name="calendar")
async def calendar(request: Request, token: str) -> HTTPResponse:
    """Send the meeting as a calendar file that tells nothing of the matter."""
    record = await open_record(request, token)
    if record.kind != MEETING:
        raise NotHere
    file = await ask(request, calendar_file, meeting_id=record.id)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return raw(file, headers=headers, content_type="text/calendar; charset=utf-8")


@blueprint.exception(NotHere)  # type: ignore[untyped-decorator]
async def gone(request: Request, _error: Exception) -> HTTPResponse:
    """Say that the link opens nothing."""
    return nothing_here(request)


@blueprint.exception(NotPossibleNow, MeetingGone)  # type: ignore[untyped-decorator]
async def too_late(request: Request, _error: Exception) -> HTTPResponse:
    """Show the record as it is by now, saying that nothing was changed."""
    return back(request.match_info["token"], "nothing")


def nothing_here(request: Request) -> HTTPResponse:
    """Say that the link opens nothing; the same for a wrong one and for one that has ended."""
    return render(request, "record/gone.html", status=404)


async def open_record(request: Request, token: str) -> RecordView:
    """Return what the link opens; raises ``NotHere``."""
    record = await ask(request, open_link, token=token)
    if record is None:
        raise NotHere
    return record


def back(token: str, done: str) -> HTTPResponse:
    """Send the browser back to the record, which says what was ``done``."""
    return redirect(f"/r/{token}?done={done}", status=303)


async def show_record(  # noqa: PLR0913 - what was typed, and what was wrong with it
    request: Request,
    token: str,
    record: RecordView,
    *,
    words: str = "",
    problem: str = "",
    unable: str = "",
    named: bool = False,
    warning: tuple[str, ...] = (),
    and_then: str = ADDED,
    appeal: Appealed | None = None,
) -> HTTPResponse:
    """Return the page; ``problem`` is with the words, ``unable`` with waiting for other times.

    ``appeal`` is one that was not taken; ``and_then`` stands below a ``warning``.
    """
    desk = request.app.ctx.desk
    now = desk.clock.now()
    coming = record.kind == MEETING and can_cancel(record, now)
    offers = await ask(request, live_time_offers, record.id) if coming else ()
    closed = () if record.kind == MEETING else await ask(request, parent_restrictions, record.id)
    waiting = coming and await ask(request, is_waiting, record.id)
    return render(
        request,
        "record/show.html",
        status=400 if problem or unable or appeal else 200,
        record=record,
        offers=[offer_sheet(offer) for offer in offers],
        waiting=waiting,
        needs=needs_said(record.needs, desk.school),
        steps=next_steps(record, desk.school, local_date(now)),
        notice=notice(request.args.get("done"), record, waiting=waiting),
        may_cancel=coming,
        may_withdraw=can_withdraw(record),
        address=f"/r/{token}",
        hidden=link_field(request, token),
        words=words,
        problem=problem,
        unable=unable,
        closed=closed,
        appeal=appeal,
        named=named,
        warning=warning,
        and_then=and_then,
        key=new_key(),
    )


async def _add(request: Request, record: RecordView, words: str) -> None:
    key = sent_key(request)
    if record.kind != MEETING:
        await ask(request, add_to_case, case_id=record.id, words=words, idempotency_key=key)
        return
    await ask(
        request,
        add_to_meeting,
        meeting_id=record.id,
        words=words,
        idempotency_key=key,
        readers_may=field(request, "readers_may") == "yes",
    )
