"""What somebody wrote for a step that can no longer be taken: shown once more, not thrown away."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from sanic.response import redirect

from assistant.services.errors import NotPossibleNow
from assistant.services.view_policy import view_policy
from assistant.web.calling import ask
from assistant.web.desk_frame import MOVED_ON, me, show
from assistant.web.forms import field

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

NOT_THEIRS = "It is not yours to decide, or is so no longer"
TYPED = {
    "reason": "Why, for the record",
    "message": "What the parent was to read",
    "words": "What the parent said",
}
"""The fields in which somebody writes, with what they are called here."""


async def as_it_is(request: Request, error: Exception) -> HTTPResponse:
    """Lead to the steps as they are by now; before that, show what was written for another one.

    It opens nothing of the case, so that it stands in no history as a reading.
    """
    reference = request.match_info["reference"]
    typed = {label: field(request, name) for name, label in TYPED.items()}
    kept = {label: words for label, words in typed.items() if words}
    if not kept:
        return redirect(f"/desk/cases/{reference}/policy", status=303)
    await ask(request, view_policy, me(request), reference)  # whether it is still theirs to read
    found = {"kept": MOVED_ON if isinstance(error, NotPossibleNow) else NOT_THEIRS}
    shown = {"kept": kept, "reference": reference, "found": found}
    return show(request, "kept_words", "cases", status=HTTPStatus.CONFLICT, **shown)
