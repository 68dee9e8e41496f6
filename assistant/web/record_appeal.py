"""Ask on one's own page that somebody else looks at what is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.appeal_restriction import appeal_restriction
from assistant.services.errors import NotHere
from assistant.web.calling import ask
from assistant.web.forms import field, problem_with_words
from assistant.web.meet_safety import Told, warning_for
from assistant.web.record_pages import MEETING, back, blueprint, open_record, show_record

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request


@blueprint.post("/<token:str>/appeal", name="appeal")
async def appeal(request: Request, token: str) -> HTTPResponse:
    """Take the appeal; words about danger are passed on besides."""
    record, words = await open_record(request, token), field(request, "appeal")
    if record.kind == MEETING:
        raise NotHere
    problem = problem_with_words(words)
    if problem:
        return await show_record(request, token, record, appeal=problem)
    wish = {"case_id": record.id, "restriction_id": field(request, "restriction")}
    await ask(request, appeal_restriction, words=words, **wish)
    warning = await warning_for(request, Told(record.id, words))
    if warning:
        return await show_record(request, token, record, warning=warning)
    return back(token, "appealed")
