"""Meetings at the desk: the diary, one meeting, how it went, and handing it over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.kinds import MeetingStatus
from assistant.security.permissions import Permission, may
from assistant.services.hand_over_meeting import hand_over_meeting
from assistant.services.mark_meeting import mark_meeting
from assistant.services.meet_remotely import visits_closed_until
from assistant.services.meeting_errors import HostBusy, HostNotAllowed, MeetingGone
from assistant.services.read_diary import read_diary
from assistant.services.view_meeting import view_meeting
from assistant.services.view_takers import view_takers
from assistant.web.calling import ask
from assistant.web.desk_frame import carry_out, chosen, me, note_on, show, today, wrong_reason
from assistant.web.diary import days_shown, diary_page
from assistant.web.forms import day_of, field, sent_key
from assistant.web.gate import guard, visitor
from assistant.web.meeting_sheets import hand_over_sheet, meeting_sheet, times_words

if TYPE_CHECKING:
    from datetime import date

    from assistant.web.desk_frame import Words

DIARY = "/desk/meetings"

blueprint = Blueprint("desk_meetings", url_prefix=DIARY)
guard(blueprint)


@blueprint.get("/", name="diary")
async def diary(request: Request) -> HTTPResponse:
    """Show the meetings as a list of days: the next two weeks, or the week that was asked for."""
    now, week = request.app.ctx.desk.clock.now(), _week(request)
    first, last = days_shown(today(request), week)
    view = await ask(request, read_diary, me(request), first=first, last=last)
    shown = diary_page(view, me(request), now, week)
    arranges = may(visitor(request.ctx.me), Permission.REASSIGN_MEETINGS)
    done = request.args.get("done") == "handed-over"
    return show(request, "meetings", "meetings", diary=shown, arranges=arranges, done=done)


@blueprint.get("/<reference:str>", name="show")
async def meeting(request: Request, reference: str) -> HTTPResponse:
    """Show one meeting."""
    return await show_meeting(request, reference)


@blueprint.post("/<reference:str>/notes", name="note")
async def note(request: Request, reference: str) -> HTTPResponse:
    """Add a note to a meeting."""
    return await note_on(request, reference, show_meeting)


@blueprint.post("/<reference:str>/mark", name="mark")
async def mark(request: Request, reference: str) -> HTTPResponse:
    """Say how a meeting went, or put right what was said."""
    went = chosen(MeetingStatus, field(request, "status"))
    if went is None:
        return await show_meeting(request, reference, {"status": "Choose how it went"})
    return await carry_out(request, reference, show_meeting, partial(mark_meeting, status=went))


@blueprint.get("/<reference:str>/hand-over", name="takers")
async def takers(request: Request, reference: str) -> HTTPResponse:
    """Show to whom the meeting can be handed over."""
    return await _takers(request, reference)


@blueprint.post("/<reference:str>/hand-over", name="hand_over")
async def hand_over(request: Request, reference: str) -> HTTPResponse:
    """Hand the meeting over, or show why that cannot be."""
    written = {"colleague": field(request, "colleague"), "why": field(request, "why")}
    found = {} if written["colleague"] else {"colleague": "Choose a colleague"}
    found |= wrong_reason("why", written["why"])
    found = found or await _hand_over(request, reference, written)
    if found:
        return await _takers(request, reference, found, written)
    return redirect(f"{DIARY}?done=handed-over", status=303)


@blueprint.exception(MeetingGone)  # type: ignore[untyped-decorator]
async def gone(request: Request, _error: Exception) -> HTTPResponse:
    """Show the meeting as it is by now: cancelled, or begun."""
    return redirect(f"{DIARY}/{request.match_info['reference']}", status=303)


async def _hand_over(request: Request, reference: str, written: Words) -> Words:
    """Return what is wrong, by field; empty once it is done."""
    to, why, key = written["colleague"], written["why"], sent_key(request)
    hand = partial(hand_over_meeting, staff_id=me(request), reference=reference)
    try:
        await ask(request, hand, to=to, why=why, idempotency_key=key)
    except HostBusy as busy:
        return {"colleague": f"That colleague is not free then. {times_words(busy.nearest)}"}
    except HostNotAllowed:
        return {"colleague": "Choose a colleague from the list"}
    return {}


async def show_meeting(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    """Return the page of a meeting, with what was wrong with a form that was sent."""
    view = await ask(request, view_meeting, staff_id=me(request), reference=reference)
    closed = await ask(request, visits_closed_until, me(request), view.row.contact)
    shown = {"sheet": meeting_sheet(view), "visits_closed": closed}
    return show(request, "meeting", "meetings", found=found, written=written, **shown)


async def _takers(
    request: Request, reference: str, found: Words | None = None, written: Words | None = None
) -> HTTPResponse:
    view = await ask(request, view_takers, staff_id=me(request), reference=reference)
    sheet = hand_over_sheet(view, me(request))
    page = "meeting_hand_over"
    return show(request, page, "meetings", sheet=sheet, found=found, written=written)


def _week(request: Request) -> date | None:
    """Return a day of the week that was asked for; nonsense is no week."""
    return day_of(request.args.get("week") or "")
