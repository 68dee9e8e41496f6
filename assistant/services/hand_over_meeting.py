"""Hand a meeting over to a colleague at the same time and in the same place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import MeetingMode
from assistant.casework.references import normalise_reference
from assistant.casework.times import Window
from assistant.services.change_host import Handing, change_host
from assistant.services.meeting_errors import HostBusy
from assistant.services.offer_slots import offer_slots
from assistant.services.records import needs_of
from assistant.services.requests import already_done, mark_done
from assistant.services.who_may_read import meeting_for
from assistant.store.meeting_tables import Meeting
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

HAND_OVER = "hand over"


@dataclass(frozen=True)
class _Wish:
    staff_id: str
    reference: str
    to: str
    why: str
    key: str

    @property
    def own_key(self) -> str:
        """The key is theirs alone: it also answers for who has no access any more."""
        return f"{self.staff_id}|{self.key}"


def hand_over_meeting(  # noqa: PLR0913 - who, what, to whom, why, and once
    desk: Desk, *, staff_id: str, reference: str, to: str, why: str, idempotency_key: str
) -> None:
    """Give the meeting to the colleague ``to``; ``why`` is kept in its history.

    The old host can see it no longer, unless they are the clerk of it; the new one can. Both get
    a calendar message, and the parent is told with whom the meeting is now. A repeated key
    changes nothing.

    Raises:
        NotHere: no such meeting for this person.
        MeetingGone: it is cancelled, or has begun.
        HostNotAllowed: this colleague may not host this matter; never says why.
        HostBusy: the colleague is not free then; their nearest times come with the refusal.
    """
    wish = _Wish(staff_id, reference, to, why, idempotency_key)
    try:
        settled(partial(_hand_over, desk, wish))
    except HostBusy as busy:
        raise _with_nearest(desk, wish) from busy


def _hand_over(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        if _done_before(work, wish):
            return
        meeting = meeting_for(desk, work, wish.staff_id, wish.reference)
        work.session.refresh(meeting, with_for_update=True)
        if _done_before(work, wish):  # by a twin that had the lock before us
            return
        change_host(desk, work, meeting, Handing(wish.to, wish.staff_id, wish.why))
        mark_done(desk, work, HAND_OVER, meeting.id, wish.own_key)
        work.commit()


def _done_before(work: UnitOfWork, wish: _Wish) -> bool:
    same = Meeting.reference == (normalise_reference(wish.reference) or "")
    meeting_id = work.session.scalar(select(Meeting.id).where(same))
    return bool(meeting_id) and already_done(work, HAND_OVER, str(meeting_id), wish.own_key)


def _with_nearest(desk: Desk, wish: _Wish) -> HostBusy:
    """Return the refusal with the colleague's nearest free times, read after it."""
    with desk.unit_of_work(read_only=True) as work:
        meeting = meeting_for(desk, work, wish.staff_id, wish.reference)
        mode, needs = MeetingMode(meeting.mode), needs_of(work, meeting)
    then = Window(meeting.starts_at, meeting.ends_at)
    found = offer_slots(desk, host_ids=[wish.to], windows=[then], mode=mode, needs=needs)
    return HostBusy(found.matching or found.nearest)
