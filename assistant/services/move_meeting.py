"""Move a meeting to another time of the same host, in one transaction."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode
from assistant.services.diaries import Own
from assistant.services.host_time import (
    WantedTime,
    book_cells,
    find_slot,
    lock_host,
    release_hold,
    release_meeting,
    with_alternatives,
)
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.meeting_mail import tell_parent, tell_readers
from assistant.services.meetings import changeable, meeting_receipt, subjects_of
from assistant.services.promises import renew_promises
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of
from assistant.services.requests import already_done, mark_done
from assistant.services.turns import PARENT, stored_key
from assistant.store.meeting_tables import Meeting
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt
    from assistant.store.unit_of_work import UnitOfWork

MOVE = "move"


def move_meeting(
    desk: Desk, *, meeting_id: str, starts_at: datetime, idempotency_key: str, holder: str = ""
) -> MeetingReceipt:
    """Move the meeting to ``starts_at`` (aware) and return its receipt.

    The old time is given back only if the new one is won. A repeated key changes nothing.
    ``holder`` is who held the new time.

    Raises:
        SlotTaken: the new time has gone; the meeting stays, and the nearest free slots come along.
        HostNotAllowed: the host may no longer host this matter.
        MeetingGone: it is cancelled, over, or not there.
    """
    try:
        return settled(partial(_move, desk, meeting_id, starts_at, idempotency_key, holder))
    except SlotTaken as taken:
        raise refusal(desk, meeting_id, starts_at) from taken


def put_at(
    desk: Desk, work: UnitOfWork, meeting: Meeting, starts_at: datetime, holder: str
) -> None:
    """Give the meeting another time in place of its own, or raise without a trace.

    Raises ``SlotTaken`` and ``HostNotAllowed``. ``holder`` is who held the new time.
    """
    lock_host(desk, work, meeting.host_id, subjects_of(work, meeting.id))
    slot = find_slot(desk, work, wanted_time(meeting, starts_at, holder))
    release_meeting(work, meeting.id)
    release_hold(work, holder)
    book_cells(desk, work, slot, meeting.id)
    meeting.starts_at, meeting.ends_at = slot.starts_at, slot.ends_at
    meeting.sequence += 1


def wanted_time(meeting: Meeting, starts_at: datetime, holder: str = "") -> WantedTime:
    """Return what to look for: another time with the same host in the same mode."""
    own = Own(holder=holder, meeting_id=meeting.id)
    return WantedTime(meeting.host_id, starts_at, MeetingMode(meeting.mode), own)


def record_move(desk: Desk, work: UnitOfWork, meeting: Meeting) -> None:
    """Write down that the meeting has moved, tell everybody, and renew what hangs on its time."""
    work.history.append(
        "meeting.moved", PARENT, MEETING, meeting.id, starts_at=meeting.starts_at.isoformat()
    )
    tell_readers(desk, work, meeting, "moved")
    tell_parent(desk, work, meeting, contact_of(work, meeting), "moved")
    renew_promises(desk, work, meeting)


def refusal(desk: Desk, meeting_id: str, starts_at: datetime) -> SlotTaken:
    """Return the refusal to move there, with the nearest free slots."""
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get_one(Meeting, meeting_id)
    return with_alternatives(desk, meeting.host_id, starts_at, MeetingMode(meeting.mode))


def _move(
    desk: Desk, meeting_id: str, starts_at: datetime, key: str, holder: str
) -> MeetingReceipt:
    with desk.unit_of_work() as work:
        meeting = work.session.get(Meeting, meeting_id, with_for_update=True)
        if meeting is None:
            raise MeetingGone
        if not already_done(work, MOVE, meeting_id, key):
            put_at(desk, work, changeable(desk, meeting), starts_at, stored_key(holder))
            mark_done(desk, work, MOVE, meeting_id, key)
            record_move(desk, work, meeting)
            work.commit()
        return meeting_receipt(desk, meeting)
