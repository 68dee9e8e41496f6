"""Move a meeting behind its secret link: the same page of times as when it was booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode
from assistant.services.errors import NotHere
from assistant.services.free_times import Wish, free_times
from assistant.services.meeting_errors import HostNotAllowed, MeetingGone, SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.web.calling import ask
from assistant.web.form_token import link_field
from assistant.web.forms import new_key, sent_key
from assistant.web.pages import render
from assistant.web.record_pages import back, blueprint, open_record
from assistant.web.record_words import can_cancel
from assistant.web.time_choice import asked_from, asked_parts, chosen_time, times_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanic import HTTPResponse, Request

    from assistant.casework.slots import Slot
    from assistant.services.shapes import RecordView


@blueprint.get("/<token:str>/move", name="times")
async def times(request: Request, token: str) -> HTTPResponse:
    """Show the free times of the host; the meeting stays where it is."""
    return await _times(request, token, await _movable(request, token))


@blueprint.post("/<token:str>/move", name="move")
async def move(request: Request, token: str) -> HTTPResponse:
    """Move the meeting; the old time is given back only when the new one is won."""
    record, chosen = await _movable(request, token), chosen_time(request)
    if chosen is None:
        return await _times(request, token, record, problem="Choose a time")
    key = sent_key(request)
    try:
        await ask(
            request, move_meeting, meeting_id=record.id, starts_at=chosen, idempotency_key=key
        )
    except SlotTaken as taken:
        return await _times(request, token, record, taken=True, instead=taken.alternatives)
    except HostNotAllowed as refused:
        raise MeetingGone from refused
    return back(token, "moved")


async def _movable(request: Request, token: str) -> RecordView:
    record = await open_record(request, token)
    if record.kind != "meeting":
        raise NotHere
    if not can_cancel(record, request.app.ctx.desk.clock.now()):
        raise MeetingGone
    return record


async def _times(  # noqa: PLR0913 - what was chosen, and what became of it
    request: Request,
    token: str,
    record: RecordView,
    *,
    problem: str = "",
    taken: bool = False,
    instead: Sequence[Slot] = (),
) -> HTTPResponse:
    wish = Wish(
        host_id=record.host_id or "",
        mode=MeetingMode(record.mode) if record.mode else None,
        needs=record.needs,
        first=asked_from(request),
        parts=asked_parts(request),
    )
    free = await ask(request, free_times, wish)
    return render(
        request,
        "record/move.html",
        status=409 if taken else 400 if problem else 200,
        record=record,
        page=times_page(request, free, instead),
        address=f"/r/{token}",
        action=f"/r/{token}/move",
        hidden=link_field(request, token),
        key=new_key(),
        taken=taken,
        problem=problem,
    )
