"""Hours that a person sets: whose, the plan before it is saved, and the meetings it would leave.

Shared by the services of availability.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.casework.availability.effects import Booked, left_outside
from assistant.casework.hosts import may_set_hours
from assistant.casework.kinds import MeetingMode
from assistant.services.errors import NotHere
from assistant.services.who_may_read import coming_meetings

if TYPE_CHECKING:
    from assistant.casework.host_hours import DayException, HostHours
    from assistant.casework.school_shapes import Availability, MeetingRules, Person
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Plan:
    """Weekly hours and terms that nobody has saved yet; ``dates`` come on top of those saved."""

    pattern: tuple[Availability, ...]
    rules: MeetingRules
    dates: tuple[DayException, ...] = ()

    def put_on(self, hours: HostHours) -> HostHours:
        """Return the hours as they would be with this plan."""
        exceptions = (*hours.exceptions, *self.dates)
        return replace(hours, pattern=self.pattern, rules=self.rules, exceptions=exceptions)


def settable_host(desk: Desk, actor_id: str, staff_id: str) -> Person:
    """Return the person whose hours ``actor_id`` may set.

    Raises ``NotHere``, the same for somebody else's hours and for nobody's.
    """
    actor, host = desk.school.by_id.get(actor_id), desk.school.by_id.get(staff_id)
    if actor is None or host is None or not may_set_hours(desk.school, actor, host):
        raise NotHere
    return host


def version_of(hours: HostHours) -> str:
    """Return a digest of the weekly hours and terms; another saved content has another one."""
    pattern = sorted(
        (row.weekday, f"{row.start}", f"{row.end}", sorted(mode.value for mode in row.modes))
        for row in hours.pattern
    )
    rules = replace(hours.rules, roles=())
    return hashlib.sha256(repr((pattern, rules)).encode()).hexdigest()[:16]


def left_by(
    desk: Desk, work: UnitOfWork, actor_id: str, before: HostHours, after: HostHours
) -> tuple[Booked, ...]:
    """Return the coming meetings that the change would leave outside, soonest first.

    Only those that the actor may see: for the actor no other meeting exists.
    """
    coming = [
        Booked(each.reference, each.starts_at, each.ends_at, MeetingMode(each.mode))
        for each in coming_meetings(desk, work, actor_id, before.host_id)
    ]
    return left_outside(before, after, coming)
