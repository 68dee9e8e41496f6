"""Cancel a meeting and give its time back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingStatus
from assistant.services.host_time import release_meeting
from assistant.services.meeting_errors import MeetingGone
from assistant.services.meeting_mail import tell_parent, tell_readers
from assistant.services.meetings import changeable, meeting_receipt
from assistant.services.promises import renew_promises
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of
from assistant.services.requests import already_done, mark_done
from assistant.services.turns import PARENT
from assistant.store.meeting_tables import Meeting
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt
    from assistant.store.unit_of_work import UnitOfWork

CANCEL = "cancel"


def cancel_meeting(desk: Desk, *, meeting_id: str, idempotency_key: str) -> MeetingReceipt:
    """Cancel the meeting and return its receipt; a repeated key changes nothing.

    Raises ``MeetingGone`` when it is cancelled already, over, or not there.
    """
    return settled(partial(_cancel, desk, meeting_id, idempotency_key))


def _cancel(desk: Desk, meeting_id: str, key: str) -> MeetingReceipt:
    with desk.unit_of_work() as work:
        meeting = work.session.get(Meeting, meeting_id, with_for_update=True)
        if meeting is None:
            raise MeetingGone
        if not already_done(work, CANCEL, meeting_id, key):
            _free(work, changeable(desk, meeting))
            mark_done(desk, work, CANCEL, meeting_id, key)
            _record(desk, work, meeting)
            work.commit()
        return meeting_receipt(desk, meeting)


def _free(work: UnitOfWork, meeting: Meeting) -> None:
    release_meeting(work, meeting.id)
    meeting.status = MeetingStatus.CANCELLED.value
    meeting.sequence += 1


def _record(desk: Desk, work: UnitOfWork, meeting: Meeting) -> None:
    work.history.append("meeting.cancelled", PARENT, MEETING, meeting.id)
    tell_readers(desk, work, meeting, "cancelled")
    tell_parent(desk, work, meeting, contact_of(work, meeting), "cancelled")
    renew_promises(desk, work, meeting)
