"""The steps that a parent takes with a meeting, as plain data that one process tells another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - these travel between processes
from typing import TYPE_CHECKING, Literal

from assistant.evaluation.booking.ways import book_as_parent
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.move_meeting import move_meeting

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt


@dataclass(frozen=True)
class Step:
    """One thing to do under one idempotency key; ``meeting_id`` is empty for a booking."""

    what: Literal["book", "move", "cancel"]
    key: str
    host: str
    starts_at: datetime
    meeting_id: str = ""


@dataclass(frozen=True)
class Answer:
    """What a parent was told: a receipt, or None for an honest refusal."""

    step: Step
    receipt: MeetingReceipt | None


def carry_out(desk: Desk, step: Step) -> Answer:
    """Take the step through its service; the same step again gives the same answer."""
    try:
        return Answer(step, _receipt(desk, step))
    except (SlotTaken, MeetingGone):
        return Answer(step, None)


def _receipt(desk: Desk, step: Step) -> MeetingReceipt:
    if step.what == "book":
        return book_as_parent(desk, step.host, step.key, step.starts_at)
    meeting_id, key = step.meeting_id, step.key
    if step.what == "cancel":
        return cancel_meeting(desk, meeting_id=meeting_id, idempotency_key=key)
    return move_meeting(desk, meeting_id=meeting_id, starts_at=step.starts_at, idempotency_key=key)
