"""Show to whom a meeting may be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.handlers import titled
from assistant.casework.taking_over import takers_for
from assistant.services.change_host import handed_of
from assistant.services.desk_rows import meeting_row
from assistant.services.desk_shapes import HandOverView, Taker
from assistant.services.free_then import Need, free_then
from assistant.services.meetings import changeable
from assistant.services.outbox import may_write_to
from assistant.services.who_may_read import meeting_for

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork


def view_takers(desk: Desk, staff_id: str, reference: str) -> HandOverView:
    """Return the meeting and everybody who may take it over, those who are free then first.

    Raises ``NotHere`` for a meeting that is missing or not theirs, and ``MeetingGone`` for one
    that is cancelled or has begun.
    """
    with desk.unit_of_work(read_only=True) as work:
        meeting = changeable(desk, meeting_for(desk, work, staff_id, reference))
        row = meeting_row(desk, work, meeting)
        return HandOverView(row, takers_of(desk, work, meeting), may_write_to(row.contact))


def takers_of(desk: Desk, work: UnitOfWork, meeting: Meeting) -> tuple[Taker, ...]:
    """Return who may take the meeting, those who are free then first, each group best first."""
    people = takers_for(desk.school, handed_of(work, meeting))
    free = free_then(desk, work, [person.id for person in people], Need.of(meeting))
    takers = [Taker(each.id, titled(each), each.id in free) for each in people]
    return tuple(sorted(takers, key=lambda taker: not taker.is_free))
