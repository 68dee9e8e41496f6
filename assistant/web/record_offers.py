"""Other times for a meeting: take one that is offered, keep one's own, or wait for an earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.answer_time_offer import answer_time_offer
from assistant.services.live_time_offers import live_time_offers
from assistant.services.meeting_errors import (
    HostNotAllowed,
    MeetingGone,
    NoWayToTell,
    SlotTaken,
    VisitNotAllowed,
)
from assistant.services.waiting_list import ask_for_earlier, stop_asking
from assistant.web.calling import ask
from assistant.web.forms import field, sent_key
from assistant.web.record_moving import Answer, another_way, movable, show_times
from assistant.web.record_pages import back, blueprint, show_record

if TYPE_CHECKING:
    from datetime import datetime

    from sanic import HTTPResponse, Request

    from assistant.services.shapes import RecordView

TAKE, KEEP = "take", "keep"
ASK, STOP = "ask", "stop"


@blueprint.post("/<token:str>/offer", name="answer")
async def answer(request: Request, token: str) -> HTTPResponse:
    """Take the time that is offered, or keep the meeting's own."""
    record, said = await movable(request, token), field(request, "answer")
    if said not in {TAKE, KEEP}:
        return back(token, "nothing")
    wanted = await _time_of(request, record)
    try:
        await ask(
            request,
            answer_time_offer,
            offer_id=field(request, "offer"),
            meeting_id=record.id,
            accept=said == TAKE,
            idempotency_key=f"{sent_key(request)}-{said}",
        )
    except SlotTaken as taken:
        gone = Answer(taken=True, instead=taken.alternatives)
        return await show_times(request, token, record, gone)
    except VisitNotAllowed as refused:
        return await show_times(request, token, record, another_way(refused, wanted))
    except HostNotAllowed as refused:
        raise MeetingGone from refused
    return back(token, "moved" if said == TAKE else "kept")


@blueprint.post("/<token:str>/earlier", name="earlier")
async def earlier(request: Request, token: str) -> HTTPResponse:
    """Begin to look for an earlier time for the parent, or stop."""
    record, said = await movable(request, token), field(request, "wish")
    if said not in {ASK, STOP}:
        return back(token, "nothing")
    wish = {"meeting_id": record.id, "idempotency_key": sent_key(request)}
    if said == STOP:
        await ask(request, stop_asking, **wish)
        return back(token, "stopped")
    try:
        await ask(request, ask_for_earlier, **wish)
    except NoWayToTell as why:
        return await show_record(request, token, record, unable=str(why))
    return back(token, "waiting")


async def _time_of(request: Request, record: RecordView) -> datetime:
    """Return when the offered time begins; the meeting's own once the offer has ended."""
    offers = await ask(request, live_time_offers, record.id)
    offered = (each.starts_at for each in offers if each.id == field(request, "offer"))
    return next(offered, record.starts_at or record.made_at)
