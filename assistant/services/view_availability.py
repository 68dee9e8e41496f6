"""Show when somebody meets parents, to whoever may change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.host_hours import DayException
from assistant.casework.kinds import MeetingMode
from assistant.services.diaries import hours_of
from assistant.services.own_hours import settable_host, version_of
from assistant.store.meeting_tables import AvailabilityException

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from assistant.casework.host_hours import HostHours
    from assistant.casework.school_shapes import MeetingRules, Person
    from assistant.services.desk import Desk


@dataclass(frozen=True)
class AvailabilityView:
    """One host's saved hours; ``dates`` are the exceptions to come, each with its row's id.

    ``version`` names the weekly hours and terms; a save must give it back. ``farthest_days`` is
    how far ahead the school lets anybody be booked.
    """

    host: Person
    hours: HostHours
    school_rules: MeetingRules
    farthest_days: int
    dates: tuple[tuple[str, DayException], ...]
    version: str


def view_availability(desk: Desk, *, actor_id: str, staff_id: str) -> AvailabilityView:
    """Return the hours; raises ``NotHere`` for anybody whose hours the actor may not set."""
    host = settable_host(desk, actor_id, staff_id)
    with desk.unit_of_work(read_only=True) as work:
        hours = hours_of(desk, work.session, [staff_id])[staff_id]
        dates = _dates(desk, work.session, staff_id)
    return AvailabilityView(
        host,
        hours,
        desk.school.rules_for(host),
        max(rules.horizon_days for rules in desk.school.meeting_rules),
        dates,
        version_of(hours),
    )


def _dates(desk: Desk, session: Session, staff_id: str) -> tuple[tuple[str, DayException], ...]:
    table, today = AvailabilityException, desk.clock.now().date()
    mine = select(table).where(table.staff_id == staff_id, table.on >= today)
    return tuple(
        (row.id, DayException(row.on, row.starts, row.ends, row.free, _modes(row.modes)))
        for row in session.scalars(mine.order_by(table.on, table.starts))
    )


def _modes(codes: list[str]) -> tuple[MeetingMode, ...]:
    return tuple(MeetingMode(code) for code in codes)
