"""Move a meeting to another time of the same host, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode
from assistant.services.diaries import Own
from assistant.services.host_time import (
    WantedTime,
    find_slot,
    give_time,
    lock_host,
    with_alternatives,
)
from assistant.services.meeting_errors import MeetingGone, SlotTaken, VisitNotAllowed
from assistant.services.meeting_mail import tell_interpreter, tell_parent, tell_readers
from assistant.services.meetings import changeable, meeting_receipt, subjects_of
from assistant.services.promises import renew_promises
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of, needs_of
from assistant.services.requests import already_done, mark_done
from assistant.services.turns import PARENT, stored_key
from assistant.services.visit_restrictions import other_ways, refuse_visit
from assistant.store.meeting_tables import Meeting
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt
    from assistant.store.unit_of_work import UnitOfWork

MOVE = "move"


@dataclass(frozen=True)
class _Wish:
    meeting_id: str
    starts_at: datetime
    mode: MeetingMode | None
    key: str
    holder: str
    moved_by: str


def move_meeting(  # noqa: PLR0913 - where to, how, and once
    desk: Desk,
    *,
    meeting_id: str,
    starts_at: datetime,
    idempotency_key: str,
    holder: str = "",
    mode: MeetingMode | None = None,
    moved_by: str = PARENT,
) -> MeetingReceipt:
    """Move the meeting to ``starts_at`` (aware) and return its receipt.

    Room and interpreter are chosen anew. The old time is given back only if the new one is won.
    A repeated key changes nothing. ``holder`` is who held the new time; ``mode`` None keeps the
    way in which they meet. ``moved_by`` is the id of who moved it, if it was not the parent.

    Raises:
        SlotTaken: the new time has gone; the meeting stays, and the nearest free slots come along.
        HostNotAllowed: the host may no longer host this matter.
        VisitNotAllowed: this parent may not come in; the meeting stays as it is.
        MeetingGone: it is cancelled, over, or not there.
    """
    wish = _Wish(meeting_id, starts_at, mode, idempotency_key, stored_key(holder), moved_by)
    try:
        return settled(partial(_move, desk, wish))
    except SlotTaken as taken:
        raise refusal(desk, meeting_id, starts_at, mode) from taken
    except VisitNotAllowed as refused:
        raise other_ways(desk, _wanted_again(desk, wish)) from refused


def wanted_time(
    work: UnitOfWork,
    meeting: Meeting,
    starts_at: datetime,
    holder: str = "",
    mode: MeetingMode | None = None,
) -> WantedTime:
    """Return what to look for: another time with the same host for the same needs.

    ``holder`` is who held it; ``mode`` None keeps the way in which they meet.
    """
    own = Own(holder=holder, meeting_id=meeting.id)
    mode = mode or MeetingMode(meeting.mode)
    return WantedTime(meeting.host_id, starts_at, mode, own, needs_of(work, meeting))


def put_at(desk: Desk, work: UnitOfWork, meeting: Meeting, wanted: WantedTime) -> None:
    """Give the meeting another time in place of its own, or raise without a trace.

    Raises ``SlotTaken``, ``HostNotAllowed`` and ``VisitNotAllowed``.
    """
    before = meeting.interpreter_id
    lock_host(desk, work, meeting.host_id, subjects_of(work, meeting.id))
    refuse_visit(desk, work, contact_of(work, meeting), wanted.mode)
    give_time(desk, work, find_slot(desk, work, wanted), meeting)
    meeting.sequence += 1
    if before and before != meeting.interpreter_id:
        tell_interpreter(desk, work, meeting, before, "passed_on")


def record_move(desk: Desk, work: UnitOfWork, meeting: Meeting, moved_by: str = PARENT) -> None:
    """Write down that the meeting has moved, tell everybody, and renew what hangs on its time."""
    work.history.append(
        "meeting.moved",
        moved_by,
        MEETING,
        meeting.id,
        starts_at=meeting.starts_at.isoformat(),
        room=meeting.room_id,
        interpreter=meeting.interpreter_id,
    )
    tell_readers(desk, work, meeting, "moved")
    tell_parent(desk, work, meeting, contact_of(work, meeting), "moved")
    renew_promises(desk, work, meeting)


def refusal(
    desk: Desk, meeting_id: str, starts_at: datetime, mode: MeetingMode | None = None
) -> SlotTaken:
    """Return the refusal to move there, with the nearest free slots for the same needs."""
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get_one(Meeting, meeting_id)
        wanted = wanted_time(work, meeting, starts_at, mode=mode)
    return with_alternatives(desk, wanted.host_id, starts_at, wanted.mode, wanted.needs)


def _move(desk: Desk, wish: _Wish) -> MeetingReceipt:
    with desk.unit_of_work() as work:
        meeting = work.session.get(Meeting, wish.meeting_id, with_for_update=True)
        if meeting is None:
            raise MeetingGone
        if not already_done(work, MOVE, meeting.id, wish.key):
            put_at(desk, work, changeable(desk, meeting), _wanted(work, meeting, wish))
            mark_done(desk, work, MOVE, meeting.id, wish.key)
            record_move(desk, work, meeting, wish.moved_by)
            work.commit()
        return meeting_receipt(desk, meeting)


def _wanted(work: UnitOfWork, meeting: Meeting, wish: _Wish) -> WantedTime:
    return wanted_time(work, meeting, wish.starts_at, wish.holder, wish.mode)


def _wanted_again(desk: Desk, wish: _Wish) -> WantedTime:
    with desk.unit_of_work(read_only=True) as work:
        return _wanted(work, work.session.get_one(Meeting, wish.meeting_id), wish)
