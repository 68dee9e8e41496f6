"""Hold a booked meeting by phone or video, where its parent is asked not to come in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint
from sanic.response import redirect

from assistant.casework.kinds import MeetingMode
from assistant.services.errors import NotPossibleNow
from assistant.services.meet_remotely import meet_remotely
from assistant.services.meeting_errors import HostNotAllowed, MeetingGone, SlotTaken
from assistant.web.calling import ask
from assistant.web.desk_frame import chosen, me
from assistant.web.desk_meeting_pages import DIARY, show_meeting
from assistant.web.forms import field, sent_key
from assistant.web.gate import guard
from assistant.web.meeting_sheets import times_words

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

blueprint = Blueprint("desk_remote", url_prefix=DIARY)
guard(blueprint)


@blueprint.post("/<reference:str>/remote", name="change")
async def change(request: Request, reference: str) -> HTTPResponse:
    """Change how the meeting is held; where its host does not meet so then, say what is free."""
    mode = chosen(MeetingMode, field(request, "mode"))
    if mode is None:
        return await show_meeting(request, reference, {"mode": "Choose how to meet"})
    hold = partial(meet_remotely, staff_id=me(request), reference=reference)
    try:
        await ask(request, hold, mode=mode, idempotency_key=sent_key(request))
    except SlotTaken as taken:
        busy = f"The host does not meet {mode.label} then. {times_words(taken.alternatives)}"
        return await show_meeting(request, reference, {"mode": f"{busy} Ring the parent to agree"})
    return redirect(f"{DIARY}/{reference}", status=303)


@blueprint.exception(MeetingGone, HostNotAllowed, NotPossibleNow)  # type: ignore[untyped-decorator]
async def as_it_is(request: Request, _error: Exception) -> HTTPResponse:
    """Show the meeting as it is by now."""
    return redirect(f"{DIARY}/{request.match_info['reference']}", status=303)
