"""Ask on one's own page that somebody else looks at what is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.appeal_restriction import appeal_restriction
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.parent_restrictions import imposers_of
from assistant.web.calling import ask
from assistant.web.forms import field, problem_with_words
from assistant.web.meet_safety import Told, warning_for
from assistant.web.record_pages import (
    MEETING,
    Appealed,
    back,
    blueprint,
    open_record,
    show_record,
)

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

NOT_SENT = "What you asked for besides was not sent. You can see why below."
PASSED_ON = "What you wrote is also with whoever looks at this again. You can see that below."
ENDED = (
    "What you asked about has ended already, so nobody needs to look at it again. If you want the "
    "school to have your words all the same, copy them into “Add something”."
)


@blueprint.post("/<token:str>/appeal", name="appeal")
async def appeal(request: Request, token: str) -> HTTPResponse:
    """Take the appeal; words about danger are passed on first, whatever becomes of it."""
    record, words = await open_record(request, token), field(request, "appeal")
    if record.kind == MEETING:
        raise NotHere
    asked = Appealed(field(request, "restriction"), words, problem_with_words(words) or "")
    if asked.problem:
        return await show_record(request, token, record, appeal=asked)
    warning = await _warning(request, record.id, words)
    try:
        wish = {"case_id": record.id, "restriction_id": asked.restriction}
        await ask(request, appeal_restriction, words=words, **wish)
    except NotPossibleNow:
        ended = Appealed(asked.restriction, words, ENDED)
        return await show_record(
            request, token, record, appeal=ended, warning=warning, and_then=NOT_SENT
        )
    if warning:
        return await show_record(request, token, record, warning=warning, and_then=PASSED_ON)
    return back(token, "appealed")


async def _warning(request: Request, case_id: str, words: str) -> tuple[str, ...]:
    imposers = await ask(request, imposers_of, case_id)
    return await warning_for(request, Told(case_id, words, passed_over=imposers))
