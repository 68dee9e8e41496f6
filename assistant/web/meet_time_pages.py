"""Choose when: the free times of the person chosen, held as soon as one is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import HTTPResponse, Request

from assistant.casework.kinds import MeetingMode
from assistant.services.change_draft import change_draft
from assistant.services.draft_answers import Answers
from assistant.services.draft_people import subjects_of
from assistant.services.free_times import Wish, free_times
from assistant.services.hold_draft_time import hold_draft_time
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken, VisitNotAllowed
from assistant.web.calling import ask
from assistant.web.meet_frame import blueprint, go_on, go_to, open_at, show_step
from assistant.web.meet_ways import found_with
from assistant.web.time_choice import asked_from, asked_parts, chosen_time, times_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.casework.slots import Slot
    from assistant.services.drafts import DraftView

WHEN = "when"
HOW = "how"
"""The page says by itself when only phone and video are open to this parent."""


@blueprint.get("/<token:str>/when", name="times")
async def times(request: Request, token: str) -> HTTPResponse:
    """Show the free times, or what to do when there are none."""
    draft = await open_at(request, token, WHEN)
    if isinstance(draft, HTTPResponse):
        return draft
    return await show_times(request, token, draft)


@blueprint.post("/<token:str>/when", name="hold")
async def hold(request: Request, token: str) -> HTTPResponse:
    """Hold the time that was chosen; one that has gone is shown beside the nearest others."""
    draft = await open_at(request, token, WHEN)
    if isinstance(draft, HTTPResponse):
        return draft
    chosen = chosen_time(request)
    if chosen is None:
        return await show_times(request, token, draft, problem="Choose a time")
    try:
        held = await ask(request, hold_draft_time, token=token, starts_at=chosen)
    except SlotTaken as taken:
        return await show_taken(request, token, taken)
    except HostNotAllowed:
        return await choose_again(request, token)
    except VisitNotAllowed:
        return go_to(token, HOW)
    return await go_on(request, token, held)


async def keep_time(request: Request, token: str, start: datetime, changed: DraftView) -> DraftView:
    """Hold the time that was chosen before how they meet has ``changed``, if it is still free."""
    try:
        return await ask(request, hold_draft_time, token=token, starts_at=start)
    except (SlotTaken, HostNotAllowed, VisitNotAllowed):
        return changed


async def show_taken(request: Request, token: str, taken: SlotTaken) -> HTTPResponse:
    """Say that the time has gone, beside the nearest free ones; all that was typed is kept."""
    draft = await ask(request, change_draft, token=token, change=Answers.without_time)
    return await show_times(request, token, draft, taken=True, instead=taken.alternatives)


async def choose_again(request: Request, token: str) -> HTTPResponse:
    """Lead back to the choice of whom to meet, with nobody chosen."""
    await ask(request, change_draft, token=token, change=Answers.without_host)
    return go_to(token, "who")


async def show_times(  # noqa: PLR0913 - what was chosen, and what became of it
    request: Request,
    token: str,
    draft: DraftView,
    *,
    problem: str = "",
    taken: bool = False,
    instead: Sequence[Slot] = (),
) -> HTTPResponse:
    """Return the page of times."""
    answers, desk = draft.answers, request.app.ctx.desk
    mode = MeetingMode(answers.mode)
    wish = Wish(
        host_id=answers.host_id,
        mode=mode,
        needs=answers.needs,
        subjects=await ask(request, subjects_of, answers),
        holder=draft.holder,
        first=asked_from(request),
        parts=asked_parts(request),
    )
    free = await ask(request, free_times, wish)
    return show_step(
        request,
        WHEN,
        token,
        draft,
        status=409 if taken else 400 if problem else 200,
        page=times_page(request, free, instead),
        chosen=answers.starts_at.isoformat() if answers.starts_at else "",
        host=desk.school.person(answers.host_id).known_as,
        mode=mode.label,
        found_with=found_with(desk, mode, answers.needs),
        needs=bool(answers.needs.interpreter or answers.needs.step_free),
        taken=taken,
        problem=problem,
        problems={"starts_at": problem} if problem else {},
        hold_minutes=desk.settings.hold_minutes,
    )
