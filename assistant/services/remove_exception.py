"""Take back days on which somebody's weekly hours did not hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.change_hours import HoursChange, change_hours
from assistant.store.meeting_tables import AvailabilityException

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.host_hours import HostHours
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

REMOVED = "availability.dates_removed"


def remove_exception(  # noqa: PLR0913 - who, whose, what, knowing what, and once
    desk: Desk,
    *,
    actor_id: str,
    staff_id: str,
    exception_ids: Sequence[str],
    idempotency_key: str,
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Remove the exceptions (row ids) of this person; one that is gone already is no error.

    Meetings stay booked; those left outside the hours must be in ``confirmed`` (references).

    Raises ``NotHere`` for hours the actor may not set, and ``MeetingsLeftOutside``.
    """
    change = HoursChange(actor_id, staff_id, REMOVED, idempotency_key, confirmed)
    change_hours(desk, change, partial(_put, exception_ids))


def _put(ids: Sequence[str], work: UnitOfWork, before: HostHours) -> dict[str, object]:
    table = AvailabilityException
    rows = work.session.scalars(
        select(table).where(table.id.in_(ids), table.staff_id == before.host_id)
    ).all()
    for row in rows:
        work.session.delete(row)
    return {"dates": [f"{row.on} {row.starts:%H:%M}-{row.ends:%H:%M}" for row in rows]}
