"""Check the answers, book, and be told so; or leave, with nothing left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.services.book_draft import book_draft
from assistant.services.clear_draft import clear_draft
from assistant.services.errors import NotPossibleNow
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken, VisitNotAllowed
from assistant.services.open_draft import open_draft
from assistant.services.open_link import open_link
from assistant.web.calling import ask
from assistant.web.chat_identity import drop_identity
from assistant.web.filings import ASKED, filing, the_sum
from assistant.web.meet_frame import BOOKED, START, blueprint, go_on, go_to, open_at, show_step
from assistant.web.meet_summary import needs_said, next_steps, summary
from assistant.web.meet_time_pages import HOW, choose_again, show_taken
from assistant.web.pages import NEUTRAL_PAGE, render

if TYPE_CHECKING:
    from typing import Any

    from assistant.services.drafts import DraftView
    from assistant.web.filings import Filing

CHECK = "check"


@blueprint.get("/<token:str>/check", name="check")
async def check(request: Request, token: str) -> HTTPResponse:
    """Show everything once more; nothing has been sent yet."""
    draft = await open_at(request, token, CHECK)
    if isinstance(draft, HTTPResponse):
        return draft
    return _check(request, token, draft)


@blueprint.post("/<token:str>/check", name="book")
async def book(request: Request, token: str) -> HTTPResponse:
    """Book the meeting, once however often this is sent."""
    draft = await open_at(request, token, CHECK)
    if isinstance(draft, HTTPResponse):
        return draft
    async with filing(request, "meet", token, words=draft.answers.words()) as this:
        if not this.allowed:
            return _check(request, token, draft, asked=the_sum(request, this.form))
        return await _book(request, token, draft, this)


@blueprint.get("/<token:str>/booked", name="booked")
async def booked(request: Request, token: str) -> HTTPResponse:
    """Show the reference, what happens next and the link to keep."""
    draft = await ask(request, open_draft, token=token)
    if draft.receipt is None:
        return await go_on(request, token, draft)
    if draft.receipt.status != MeetingStatus.BOOKED.value:
        return redirect(f"/r/{draft.receipt.token}", status=303)
    desk = request.app.ctx.desk
    record = await ask(request, open_link, token=draft.receipt.token)
    return show_step(
        request,
        BOOKED,
        token,
        draft,
        receipt=draft.receipt,
        how=MeetingMode(draft.receipt.mode),
        needs=needs_said(record.needs, desk.school) if record else "",
        steps_next=next_steps(draft.receipt, desk.school),
        link=f"{desk.settings.public_url}/r/{draft.receipt.token}",
    )


@blueprint.post("/<token:str>/clear", name="clear")
async def clear(request: Request, token: str) -> HTTPResponse:
    """Delete what was typed."""
    await ask(request, clear_draft, token=token)
    return redirect(f"{START}?deleted=yes", status=303)


@blueprint.post("/<token:str>/exit", name="exit")
async def leave(request: Request, token: str) -> HTTPResponse:
    """Delete what was typed and go to a page that says nothing about anyone.

    By a refresh and not a redirect: the policy of our forms lets none of them end on another site.
    """
    await ask(request, clear_draft, token=token)
    response = render(request, "meet/left.html", onward=NEUTRAL_PAGE)
    drop_identity(request, response)
    return response


async def _book(request: Request, token: str, draft: DraftView, this: Filing) -> HTTPResponse:
    try:
        receipt = await ask(request, book_draft, token=token)
    except SlotTaken as taken:
        return await show_taken(request, token, taken)
    except HostNotAllowed:
        return await choose_again(request, token)
    except VisitNotAllowed:
        return go_to(token, HOW)
    except NotPossibleNow:
        return await go_on(request, token, draft)
    this.made(receipt.reference)
    return go_to(token, BOOKED)


def _check(
    request: Request, token: str, draft: DraftView, *, asked: dict[str, Any] | None = None
) -> HTTPResponse:
    desk, answers = request.app.ctx.desk, draft.answers
    held = answers.held_until is not None and answers.held_until > desk.clock.now()
    rows = summary(answers, desk.school)
    return show_step(
        request,
        CHECK,
        token,
        draft,
        status=ASKED if asked else 200,
        rows=rows,
        held_until=answers.held_until if held else None,
        asked=asked,
    )
