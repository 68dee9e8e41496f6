"""Ask to be told of earlier times, and stop asking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.casework.kinds import TimeOfferKind
from assistant.services.diaries import open_diaries
from assistant.services.earlier_times import earlier_times
from assistant.services.meeting_errors import MeetingGone, NoWayToTell
from assistant.services.meetings import changeable
from assistant.services.outbox import may_write_to
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of, needs_of
from assistant.services.requests import already_done, mark_done
from assistant.services.time_offers import withdraw_offers
from assistant.services.turns import PARENT
from assistant.store.meeting_tables import Meeting, WaitingPlace
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

ASK = "ask for earlier"
STOP = "stop asking"


def ask_for_earlier(desk: Desk, *, meeting_id: str, idempotency_key: str) -> None:
    """Put the parent on the waiting list for a time on an earlier day with the same host.

    They are offered what comes free from now on; what is free already they can take by moving.
    Asking again keeps the place they have. A repeated key changes nothing.

    Raises:
        NoWayToTell: they gave no e-mail address that is safe to write to.
        MeetingGone: the meeting is cancelled, over, or not there.
    """
    settled(partial(_ask, desk, meeting_id, idempotency_key))


def stop_asking(desk: Desk, *, meeting_id: str, idempotency_key: str) -> None:
    """Take the parent off the waiting list, and back an earlier time that waits for an answer.

    A repeated key changes nothing. Raises ``MeetingGone`` for a meeting that is not there.
    """
    settled(partial(_stop, desk, meeting_id, idempotency_key))


def is_waiting(desk: Desk, meeting_id: str) -> bool:
    """Tell whether the parent waits for an earlier time."""
    with desk.unit_of_work(read_only=True) as work:
        return work.session.get(WaitingPlace, meeting_id) is not None


def leave_list(work: UnitOfWork, meeting_id: str) -> None:
    """End the waiting of a meeting that was moved or cancelled."""
    work.session.execute(delete(WaitingPlace).where(WaitingPlace.meeting_id == meeting_id))


def _ask(desk: Desk, meeting_id: str, key: str) -> None:
    with desk.unit_of_work() as work:
        meeting = _locked(work, meeting_id)
        if already_done(work, ASK, meeting_id, key):
            return
        if not may_write_to(contact_of(work, changeable(desk, meeting))):
            raise NoWayToTell
        if work.session.get(WaitingPlace, meeting_id) is None:
            work.session.add(_place(desk, work, meeting))
        mark_done(desk, work, ASK, meeting_id, key)
        work.history.append("meeting.earlier_wanted", PARENT, MEETING, meeting_id)
        work.commit()


def _place(desk: Desk, work: UnitOfWork, meeting: Meeting) -> WaitingPlace:
    diaries = open_diaries(desk, work.session, [meeting.host_id], needs=needs_of(work, meeting))
    free = [slot.starts_at.isoformat() for slot in earlier_times(desk, diaries, meeting)]
    return WaitingPlace(meeting_id=meeting.id, asked_at=desk.clock.now(), passed_by=free)


def _stop(desk: Desk, meeting_id: str, key: str) -> None:
    with desk.unit_of_work() as work:
        _locked(work, meeting_id)
        if already_done(work, STOP, meeting_id, key):
            return
        leave_list(work, meeting_id)
        withdraw_offers(desk, work, meeting_id, TimeOfferKind.EARLIER)
        mark_done(desk, work, STOP, meeting_id, key)
        work.history.append("meeting.earlier_unwanted", PARENT, MEETING, meeting_id)
        work.commit()


def _locked(work: UnitOfWork, meeting_id: str) -> Meeting:
    meeting = work.session.get(Meeting, meeting_id, with_for_update=True)
    if meeting is None:
        raise MeetingGone
    return meeting
