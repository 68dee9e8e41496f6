"""Move a meeting behind its secret link: the same page of times as when it was booked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.services.errors import NotHere
from assistant.services.free_times import Wish, free_times
from assistant.services.meeting_errors import (
    HostNotAllowed,
    MeetingGone,
    SlotTaken,
    VisitNotAllowed,
)
from assistant.services.move_meeting import move_meeting
from assistant.services.visit_restrictions import REMOTE, may_visit
from assistant.web.calling import ask
from assistant.web.form_token import link_field
from assistant.web.forms import field, new_key, sent_key
from assistant.web.meet_ways import found_with
from assistant.web.pages import render
from assistant.web.record_pages import back, blueprint, open_record
from assistant.web.record_words import can_cancel
from assistant.web.time_choice import asked_from, asked_parts, chosen_time, times_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sanic import HTTPResponse, Request

    from assistant.casework.slots import Slot
    from assistant.services.shapes import RecordView


@dataclass(frozen=True)
class Answer:
    """What the page says about the time that was chosen, and how people would meet.

    ``taken``: it has gone. ``remote``: the parent may not come in, so the page shows other ways;
    ``refused``: they chose a time in person all the same.
    """

    mode: MeetingMode | None = None
    first: date | None = None
    chosen: str = ""
    problem: str = ""
    taken: bool = False
    remote: bool = False
    refused: bool = False
    instead: Sequence[Slot] = ()


@blueprint.get("/<token:str>/move", name="times")
async def times(request: Request, token: str) -> HTTPResponse:
    """Show the free times of the host; the meeting stays where it is."""
    record = await movable(request, token)
    answer = Answer(_mode(request.args.get("mode", "")), asked_from(request))
    if _wanted(answer, record) is MeetingMode.IN_PERSON:
        allowed = await ask(request, may_visit, meeting_id=record.id)
        answer = answer if allowed else replace(answer, mode=REMOTE[0], remote=True)
    return await show_times(request, token, record, answer)


@blueprint.post("/<token:str>/move", name="move")
async def move(request: Request, token: str) -> HTTPResponse:
    """Move the meeting; the old time is given back only when the new one is won."""
    record, chosen = await movable(request, token), chosen_time(request)
    mode = _mode(field(request, "mode"))
    if chosen is None:
        return await show_times(request, token, record, Answer(mode, problem="Choose a time"))
    try:
        await ask(
            request,
            move_meeting,
            meeting_id=record.id,
            starts_at=chosen,
            idempotency_key=sent_key(request),
            mode=mode,
        )
    except SlotTaken as taken:
        answer = Answer(mode, taken=True, instead=taken.alternatives)
        return await show_times(request, token, record, answer)
    except VisitNotAllowed as refused:
        return await show_times(request, token, record, another_way(refused, chosen))
    except HostNotAllowed as refused:
        raise MeetingGone from refused
    return back(token, "moved")


async def movable(request: Request, token: str) -> RecordView:
    """Return the meeting of the link if it is still to come.

    Raises ``NotHere`` for what is no meeting and ``MeetingGone`` for one that is over or off.
    """
    record = await open_record(request, token)
    if record.kind != "meeting":
        raise NotHere
    if not can_cancel(record, request.app.ctx.desk.clock.now()):
        raise MeetingGone
    return record


def another_way(refused: VisitNotAllowed, wanted: datetime) -> Answer:
    """Return the page of times on that day by phone or video, for who may not come in."""
    near = refused.alternatives
    ways = refused.modes or (near[0].modes if near else REMOTE)
    return Answer(
        mode=ways[0],
        first=to_london(wanted).date(),
        chosen=wanted.isoformat(),
        remote=True,
        refused=True,
        instead=[slot for slot in near if ways[0] in slot.modes],
    )


async def show_times(
    request: Request, token: str, record: RecordView, answer: Answer
) -> HTTPResponse:
    """Return the page of times; nothing was moved."""
    mode = _wanted(answer, record)
    wish = Wish(
        host_id=record.host_id or "",
        mode=mode,
        needs=record.needs,
        first=answer.first,
        parts=asked_parts(request),
    )
    free = await ask(request, free_times, wish)
    return render(
        request,
        "record/move.html",
        status=409 if answer.taken or answer.refused else 400 if answer.problem else 200,
        record=record,
        page=times_page(request, free, answer.instead, answer.mode.value if answer.mode else ""),
        answer=answer,
        others=[way for way in REMOTE if answer.mode and way is not answer.mode],
        found_with=found_with(request.app.ctx.desk, mode, record.needs),
        needs=bool(record.needs.interpreter or record.needs.step_free),
        address=f"/r/{token}",
        action=f"/r/{token}/move",
        hidden=link_field(request, token),
        key=new_key(),
    )


def _wanted(answer: Answer, record: RecordView) -> MeetingMode | None:
    return answer.mode or (MeetingMode(record.mode) if record.mode else None)


def _mode(stored: str) -> MeetingMode | None:
    """Return the way that was asked for; None, which keeps the meeting's own, for anything else."""
    return next((mode for mode in MeetingMode if mode.value == stored), None)
