"""Add days on which somebody's weekly hours do not hold: free then, or not free."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.services.change_hours import HoursChange, change_hours
from assistant.store.meeting_tables import AvailabilityException

if TYPE_CHECKING:
    from assistant.casework.host_hours import DayException, HostHours
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

ADDED = "availability.dates_added"


def add_exception(  # noqa: PLR0913 - who, whose, what, knowing what, and once
    desk: Desk,
    *,
    actor_id: str,
    staff_id: str,
    dates: tuple[DayException, ...],
    idempotency_key: str,
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Add the exceptions, one a date; what is there already is not added again.

    Meetings stay booked; those left outside the hours must be in ``confirmed`` (references). A
    repeated key adds nothing.

    Raises ``NotHere`` for hours the actor may not set, and ``MeetingsLeftOutside``.
    """
    change = HoursChange(actor_id, staff_id, ADDED, idempotency_key, confirmed)
    change_hours(desk, change, partial(_put, dates))


def _put(dates: tuple[DayException, ...], work: UnitOfWork, before: HostHours) -> dict[str, object]:
    for date in dates:
        if date not in before.exceptions:
            work.session.add(_row(before.host_id, date))
    return {"dates": [told(date) for date in dates]}


def _row(staff_id: str, date: DayException) -> AvailabilityException:
    return AvailabilityException(
        staff_id=staff_id,
        on=date.on,
        starts=date.start,
        ends=date.end,
        free=date.free,
        modes=[mode.value for mode in date.modes],
    )


def told(date: DayException) -> str:
    """Return the exception as the history keeps it."""
    return f"{date.on} {date.start:%H:%M}-{date.end:%H:%M} {'free' if date.free else 'not free'}"
