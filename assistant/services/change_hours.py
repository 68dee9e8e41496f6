"""Change somebody's hours in one transaction: nobody books meanwhile, and no meeting is forgotten.

Shared by the services that save weekly hours, add dates and remove them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.availability_errors import MeetingsLeftOutside
from assistant.services.diaries import hours_of
from assistant.services.own_hours import left_by, settable_host
from assistant.services.requests import already_done, mark_done
from assistant.store.tables import Staff
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.casework.host_hours import HostHours
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

    Put = Callable[[UnitOfWork, HostHours], Mapping[str, object]]

STAFF = "staff"
"""The kind of target that the history of somebody's hours names."""


@dataclass(frozen=True)
class HoursChange:
    """Who changes whose hours, in which way (an event's name), and under which key, once.

    ``confirmed`` are the references of the meetings that the actor knows to be left outside.
    """

    actor_id: str
    staff_id: str
    event: str
    key: str
    confirmed: frozenset[str]


def change_hours(desk: Desk, change: HoursChange, put: Put) -> None:
    """Let ``put`` change the rows, given the hours before; it returns what the history notes.

    Raises:
        NotHere: the actor may not set these hours.
        MeetingsLeftOutside: there are meetings to confirm; nothing was changed.
    """
    settled(partial(_change, desk, change, put))


def _change(desk: Desk, change: HoursChange, put: Put) -> None:
    host_id = settable_host(desk, change.actor_id, change.staff_id).id
    with desk.unit_of_work() as work:
        _lock(work, host_id)
        if already_done(work, change.event, host_id, change.key):
            return
        before = hours_of(desk, work.session, [host_id])[host_id]
        details = put(work, before)
        work.session.flush()
        after = hours_of(desk, work.session, [host_id])[host_id]
        left = left_by(desk, work, change.actor_id, before, after)
        references = [each.reference for each in left]
        if set(references) - change.confirmed:
            raise MeetingsLeftOutside(left)
        mark_done(desk, work, change.event, host_id, change.key)
        told = {**details, "left_outside": references}
        work.history.append(change.event, change.actor_id, STAFF, host_id, **told)
        work.commit()


def _lock(work: UnitOfWork, staff_id: str) -> None:
    """Keep bookings and other changes of this person waiting until the transaction ends."""
    mine = select(Staff).where(Staff.id == staff_id)
    work.session.scalars(mine.with_for_update(key_share=True)).one()
