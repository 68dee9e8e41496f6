"""Another time for a meeting, proposed from the desk: the host's free times as radios by day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.meeting_errors import HostNotAllowed, MeetingGone, SlotTaken
from assistant.services.propose_time import propose_time, times_to_propose
from assistant.web.calling import ask
from assistant.web.desk_frame import by_me_once, me, show, today
from assistant.web.forms import day_of, field
from assistant.web.gate import guard
from assistant.web.meeting_sheets import times_sheet

if TYPE_CHECKING:
    from assistant.web.desk_frame import Words

MEETINGS = "/desk/meetings"
GONE = "That time is free no longer, or too near for an answer. Choose another"

blueprint = Blueprint("desk_propose", url_prefix=MEETINGS)
guard(blueprint)


@blueprint.get("/<reference:str>/time", name="times")
async def times(request: Request, reference: str) -> HTTPResponse:
    """Show the host's free times, three days at a time."""
    return await _times(request, reference)


@blueprint.post("/<reference:str>/time", name="propose")
async def propose(request: Request, reference: str) -> HTTPResponse:
    """Keep the time for the parent and ask them."""
    starts_at = _instant(field(request, "time"))
    if starts_at is None:
        return await _times(request, reference, {"time": "Choose a time"})
    wish = by_me_once(request, reference)
    try:
        await ask(request, propose_time, starts_at=starts_at, **wish)
    except SlotTaken:
        return await _times(request, reference, {"time": GONE})
    return redirect(f"{MEETINGS}/{reference}", status=303)


@blueprint.exception(MeetingGone, HostNotAllowed)  # type: ignore[untyped-decorator]
async def gone(request: Request, _error: Exception) -> HTTPResponse:
    """Show the meeting as it is by now."""
    return redirect(f"{MEETINGS}/{request.match_info['reference']}", status=303)


async def _times(request: Request, reference: str, found: Words | None = None) -> HTTPResponse:
    since = day_of(request.args.get("from") or field(request, "from")) or today(request)
    view = await ask(request, times_to_propose, me(request), reference, since=since)
    sheet, since_words = times_sheet(view), since.isoformat()
    return show(request, "meeting_time", "meetings", sheet=sheet, since=since_words, found=found)


def _instant(text: str) -> datetime | None:
    """Return the aware instant that a radio stood for, None for anything else."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else None
