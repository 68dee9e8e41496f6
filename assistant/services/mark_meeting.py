"""Say how a meeting went."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingStatus
from assistant.casework.statuses import marks_for
from assistant.services.errors import NotPossibleNow
from assistant.services.record_links import MEETING
from assistant.services.requests import already_done, mark_done
from assistant.services.timeline import MEETING_MARKED
from assistant.services.who_may_read import meeting_for
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def mark_meeting(
    desk: Desk, *, staff_id: str, reference: str, status: MeetingStatus, idempotency_key: str
) -> None:
    """Mark the meeting; a repeated key changes nothing.

    Raises ``NotHere`` for a meeting that is missing or not theirs, and ``NotPossibleNow`` before
    it has begun or once it was cancelled.
    """
    settled(partial(_mark, desk, staff_id, reference, status, idempotency_key))


def _mark(desk: Desk, staff_id: str, reference: str, status: MeetingStatus, key: str) -> None:
    with desk.unit_of_work() as work:
        meeting = meeting_for(desk, work, staff_id, reference)
        work.session.refresh(meeting, with_for_update=True)
        what = f"mark {status.value}"
        if already_done(work, what, meeting.id, key):
            return
        has_begun = desk.clock.now() >= meeting.starts_at
        if status not in marks_for(MeetingStatus(meeting.status), has_begun=has_begun):
            raise NotPossibleNow
        before, meeting.status = meeting.status, status.value
        mark_done(desk, work, what, meeting.id, key)
        work.history.append(
            MEETING_MARKED, staff_id, MEETING, meeting.id, **{"from": before, "to": status.value}
        )
        work.commit()
