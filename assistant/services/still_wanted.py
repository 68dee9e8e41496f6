"""Whether a letter still says the truth, and to somebody who may still hear it.

Asked just before it is sent: it may have waited for hours in the outbox, or for days among those
that were given up and sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import MeetingStatus
from assistant.casework.wall import school_wall
from assistant.services.alert_readers import ALERT, recipient_ids
from assistant.services.meetings import subjects_of
from assistant.services.record_links import CASE, MEETING
from assistant.services.reminders import REMINDER
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.ledger import Outbox
    from assistant.store.unit_of_work import UnitOfWork

FAREWELL = "passed_on"
"""The event whose letter is for somebody who may read the meeting no longer."""


def is_wanted(desk: Desk, work: UnitOfWork, letter: Outbox) -> bool:
    """Tell whether a letter is still to be sent.

    A reminder is not once its meeting has begun, moved, passed to another host or been cancelled;
    a letter to a colleague is not once they may read no more what it tells of.
    """
    if letter.target_kind == REMINDER and not _is_due(desk, work, letter):
        return False
    if letter.target_kind == ALERT:
        return _reads_alert(desk, work, letter)
    reader = letter.idempotency_key.rpartition("|")[2]
    if reader not in desk.school.by_id:
        return True  # the parent, or an interpreter
    if letter.target_kind == CASE:
        mine = CaseFile.id == letter.target_id, case_is_open_to(desk.school, reader)
        return work.session.scalar(select(CaseFile.id).where(*mine)) is not None
    if letter.target_kind in {MEETING, REMINDER}:
        return _sees_meeting(desk, work, letter, reader)
    return True


def _is_due(desk: Desk, work: UnitOfWork, letter: Outbox) -> bool:
    meeting = work.session.get(Meeting, letter.target_id)
    if meeting is None or meeting.status != MeetingStatus.BOOKED.value:
        return False
    same_time = letter.idempotency_key.startswith(f"{meeting.id}|{meeting.sequence}|")
    return same_time and meeting.starts_at > desk.clock.now()


def _reads_alert(desk: Desk, work: UnitOfWork, letter: Outbox) -> bool:
    """Tell whether the address is one of somebody who may read the alert."""
    may_read = recipient_ids(desk, work, letter.target_id)
    people = (desk.school.by_id[each] for each in may_read if each in desk.school.by_id)
    return work.unseal(letter, "recipient") in {person.email for person in people}


def _sees_meeting(desk: Desk, work: UnitOfWork, letter: Outbox, reader: str) -> bool:
    """Tell whether they see the meeting; who hosted it before need only be outside the wall."""
    if f"|{FAREWELL}|" in letter.idempotency_key:
        return reader not in school_wall(desk.school, subjects_of(work, letter.target_id))
    mine = Meeting.id == letter.target_id, meeting_is_open_to(desk.school, reader)
    return work.session.scalar(select(Meeting.id).where(*mine)) is not None
