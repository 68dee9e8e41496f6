"""Erase the drafts of bookings that nobody has touched for the time that is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.services.drafts import stale_before
from assistant.store.meeting_tables import MeetingDraft

if TYPE_CHECKING:
    from assistant.services.desk import Desk

SYSTEM = "schoolgate"


def purge_drafts(desk: Desk) -> int:
    """Erase them and return how many there were; the history keeps the number and nothing else."""
    stale = MeetingDraft.touched_at < stale_before(desk)
    with desk.unit_of_work(read_only=True) as work:
        if work.session.scalar(select(MeetingDraft.id).where(stale).limit(1)) is None:
            return 0
    with desk.unit_of_work() as work:
        gone = work.session.scalars(delete(MeetingDraft).where(stale).returning(MeetingDraft.id))
        number = len(gone.all())
        work.history.append("drafts.purged", SYSTEM, "meeting_draft", "", number=number)
        work.commit()
    return number
