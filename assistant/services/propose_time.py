"""Ask a parent whether another time would suit, from the desk."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from assistant.casework.calendar import LONDON
from assistant.casework.kinds import MeetingMode, TimeOfferKind
from assistant.casework.times import Window
from assistant.services.desk_rows import meeting_row
from assistant.services.desk_shapes import ProposalView
from assistant.services.diaries import hours_of
from assistant.services.meetings import changeable
from assistant.services.offer_slots import offer_slots
from assistant.services.offer_time import LEAST_TIME, offer_time
from assistant.services.outbox import may_write_to
from assistant.services.turns import stored_key
from assistant.services.who_may_read import meeting_for

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import MeetingRow
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork

MOST_SHOWN = 96
"""More free starts than three days of any host have."""


def times_to_propose(desk: Desk, staff_id: str, reference: str, *, since: date) -> ProposalView:
    """Return the host's free times on the first three days that have any, from ``since`` on.

    A time that leaves the parent no hour to answer is not among them. Raises ``NotHere`` for a
    meeting that is missing or not theirs, and ``MeetingGone`` for one that cannot be changed.
    """
    with desk.unit_of_work(read_only=True) as work:
        meeting = changeable(desk, meeting_for(desk, work, staff_id, reference))
        row, first = meeting_row(desk, work, meeting), _first(desk, work, meeting, since)
    return ProposalView(row, _free(desk, row, first), may_write_to(row.contact))


def propose_time(
    desk: Desk, *, staff_id: str, reference: str, starts_at: datetime, idempotency_key: str
) -> None:
    """Keep the time (aware) for the parent and ask them; a proposal made before is taken back.

    A repeated key changes nothing.

    Raises:
        NotHere: no such meeting for this person.
        MeetingGone: it is cancelled, or has begun.
        SlotTaken: the time has gone, or is too near for an answer.
        HostNotAllowed: the host may no longer host this matter.
    """
    with desk.unit_of_work(read_only=True) as work:
        meeting = changeable(desk, meeting_for(desk, work, staff_id, reference))
    offer_time(
        desk,
        meeting_id=meeting.id,
        starts_at=starts_at,
        kind=TimeOfferKind.PROPOSED,
        made_by=staff_id,
        idempotency_key=stored_key(f"propose|{meeting.id}|{staff_id}|{idempotency_key}"),
    )


def _first(desk: Desk, work: UnitOfWork, meeting: Meeting, since: date) -> datetime:
    hours = hours_of(desk, work.session, [meeting.host_id])[meeting.host_id]
    notice = timedelta(hours=hours.rules.notice_hours)
    return max(desk.clock.now() + notice + LEAST_TIME, datetime.combine(since, time(), LONDON))


def _free(desk: Desk, row: MeetingRow, first: datetime) -> tuple[tuple[datetime, datetime], ...]:
    farthest = max(rules.horizon_days for rules in desk.school.meeting_rules)
    window = Window(first, max(first, desk.clock.now()) + timedelta(days=farthest))
    offer = offer_slots(
        desk,
        host_ids=[row.host_id],
        windows=[window],
        mode=MeetingMode(row.mode),
        needs=row.needs,
        limit=MOST_SHOWN,
    )
    return tuple((slot.starts_at, slot.ends_at) for slot in offer.matching)
