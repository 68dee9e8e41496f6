"""Reminders of meetings: letters of the outbox that are due some hours before.

They are rows like every other letter, under a target of their own, so that moving a meeting
replaces them and cancelling removes them in the same transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.casework.kinds import MeetingStatus
from assistant.services.meeting_entry import staff_place
from assistant.services.meeting_mail import parent_letter, staff_letter, staff_reader, when_words
from assistant.services.outbox import may_write_to, post
from assistant.services.records import contact_of
from assistant.store.ledger import Outbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.desk import Desk
    from assistant.services.outbox import Message
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork

REMINDER = "reminder"


def plan_reminders(desk: Desk, work: UnitOfWork, meeting: Meeting) -> None:
    """Put reminders where the meeting is now, in place of those that it had.

    None for a meeting that will not be, or that is nearer than the reminder would be.
    """
    _drop(work, meeting.id)
    due_at = meeting.starts_at - timedelta(hours=desk.settings.reminder_hours)
    booked = meeting.status == MeetingStatus.BOOKED.value
    if booked and desk.settings.reminder_hours and due_at > desk.clock.now():
        for letter in _letters(desk, work, meeting):
            post(desk, work, replace(letter, target_kind=REMINDER, due_at=due_at))


def _drop(work: UnitOfWork, meeting_id: str) -> None:
    mine = Outbox.target_kind == REMINDER, Outbox.target_id == meeting_id
    work.session.execute(delete(Outbox).where(*mine, Outbox.delivered_at.is_(None)))


def _letters(desk: Desk, work: UnitOfWork, meeting: Meeting) -> Iterator[Message]:
    """Yield the words for the host, and for a parent to whom it is safe to write."""
    when, host = when_words(meeting), staff_reader(desk, meeting.host_id)
    contact = contact_of(work, meeting)
    if host:
        first = f"A reminder of a meeting with you: {when}.\n{staff_place(meeting)}."
        yield staff_letter(desk, meeting, host, REMINDER, first)
    if may_write_to(contact):
        first = f"A reminder of your meeting: {when}.\n{meeting.place}."
        yield parent_letter(desk, meeting, contact, REMINDER, first)
