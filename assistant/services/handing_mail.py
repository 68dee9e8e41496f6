"""The news that a meeting has another host: the old one, the new one and the parent are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.wall import school_wall
from assistant.services.meeting_mail import tell_parent, tell_staff
from assistant.services.meetings import reader_ids, subjects_of
from assistant.services.outbox import may_write_to
from assistant.services.records import contact_of

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork


def tell_of_new_host(desk: Desk, work: UnitOfWork, meeting: Meeting, before: str) -> bool:
    """Take the meeting out of the old host's calendar, put it into the new one's, tell the parent.

    Return whether the parent was written to: else somebody has to ring them. The old host who is
    still its clerk keeps the entry. Nobody is written to who has left, or is behind the wall by
    now.
    """
    readers = reader_ids(work, meeting.id)
    walled = school_wall(desk.school, subjects_of(work, meeting.id))
    if before not in {*readers, *walled}:
        tell_staff(desk, work, meeting, before, "passed_on")
    for staff_id in readers:
        event = "booked" if staff_id == meeting.host_id else "rehosted"
        tell_staff(desk, work, meeting, staff_id, event)
    contact = contact_of(work, meeting)
    tell_parent(desk, work, meeting, contact, "rehosted")
    return may_write_to(contact)
