"""Send the points of a draft, one transaction each; what was sent stays sent.

Each point has a key of its own, so that pressing Send twice, or again after a crash, doubles
nothing. When one cannot be sent the others that were are told, and the rest stays in the draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from assistant.services.draft_answers import Answers
from assistant.services.errors import ServiceError
from assistant.services.open_case import open_case
from assistant.services.point_drafts import key_of
from assistant.services.shapes import Needs
from assistant.services.start_draft import start_draft
from assistant.services.view_points import DraftPage, view_points

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.view_points import PointView

log = structlog.get_logger()


@dataclass(frozen=True)
class Sending:
    """What came of it: the draft afterwards, and whether anything was left unsent by a fault."""

    page: DraftPage
    broken: bool = False


def send_points(desk: Desk, conversation_id: str, *, version: int, seen: int) -> Sending | None:
    """Send what the page showed; None when the draft has changed since, or was never kept.

    ``version`` and ``seen`` are those of that page: what was typed later is not sent with it.
    Raises ``ConversationGone``.
    """
    page = view_points(desk, conversation_id, until=seen)
    if not version or page.draft.version != version:
        return None
    broken = False
    for view in page.going:
        if view.matter is None:
            continue
        try:
            _send(desk, conversation_id, page, view)
        except (ServiceError, SQLAlchemyError) as problem:
            log.warning("point_not_sent", why=type(problem).__name__)
            broken = True
            break
    return Sending(view_points(desk, conversation_id), broken)


def begin_talk(desk: Desk, conversation_id: str, point_id: str) -> str | None:
    """Return the token of a booking that begins with the words of the point; None without one."""
    page = view_points(desk, conversation_id)
    view = next((each for each in page.going if each.point.id == point_id), None)
    if view is None:
        return None
    answers = Answers(matter=view.point.words, contact=page.draft.contact, child=page.draft.child)
    key = f"{key_of(conversation_id, view.point)}:{page.draft.version}"
    return start_draft(desk, idempotency_key=key, answers=answers, conversation_id=conversation_id)


def _send(desk: Desk, conversation_id: str, page: DraftPage, view: PointView) -> None:
    if view.matter is None:
        return
    open_case(
        desk,
        idempotency_key=key_of(conversation_id, view.point),
        conversation_id=conversation_id,
        kind=view.matter.kind,
        channel=view.matter.channel,
        statement=view.point.words,
        outcome_wanted="",
        contact=page.draft.contact,
        child=page.draft.child,
        needs=Needs(),
        subjects=view.subjects,
    )
