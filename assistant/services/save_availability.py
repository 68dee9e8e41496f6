"""Save when somebody meets parents: the whole weekly pattern and the terms, at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.services.availability_errors import ChangedMeanwhile
from assistant.services.change_hours import HoursChange, change_hours
from assistant.services.host_rules import TERMS
from assistant.services.own_hours import version_of
from assistant.store.meeting_tables import Availability, HostTerms

if TYPE_CHECKING:
    from assistant.casework.host_hours import HostHours
    from assistant.casework.school_shapes import MeetingRules
    from assistant.services.desk import Desk
    from assistant.services.own_hours import Plan
    from assistant.store.unit_of_work import UnitOfWork

SAVED = "availability.saved"


def save_availability(  # noqa: PLR0913 - who, whose, what, over what, knowing what, and once
    desk: Desk,
    *,
    actor_id: str,
    staff_id: str,
    plan: Plan,
    version: str,
    idempotency_key: str,
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Save the plan's pattern and rules over the ``version`` that was read; its dates are not.

    Meetings stay booked. Those that the change would leave outside the hours must be in
    ``confirmed`` (references). A number that is the school's own rule goes on following the
    school file. A repeated key changes nothing.

    Raises:
        NotHere: the actor may not set these hours.
        ChangedMeanwhile: another version is saved by now.
        MeetingsLeftOutside: there are meetings to confirm; nothing was saved.
    """
    change = HoursChange(actor_id, staff_id, SAVED, idempotency_key, confirmed)
    change_hours(desk, change, partial(_put, desk, plan, version))


def _put(
    desk: Desk, plan: Plan, version: str, work: UnitOfWork, before: HostHours
) -> dict[str, object]:
    if version_of(before) != version:
        raise ChangedMeanwhile
    _put_pattern(work, before.host_id, plan)
    numbers = _own_numbers(desk, before.host_id, plan.rules)
    terms = HostTerms(staff_id=before.host_id, changed_at=desk.clock.now(), **numbers)
    work.session.merge(terms)
    return {"before": _told(before), "after": _told(plan)}


def _put_pattern(work: UnitOfWork, staff_id: str, plan: Plan) -> None:
    work.session.execute(delete(Availability).where(Availability.staff_id == staff_id))
    for row in plan.pattern:
        window = Availability(
            staff_id=staff_id,
            weekday=row.weekday,
            starts=row.start,
            ends=row.end,
            modes=[mode.value for mode in row.modes],
        )
        work.session.add(window)


def _own_numbers(desk: Desk, staff_id: str, rules: MeetingRules) -> dict[str, int | None]:
    """Return each number, or None where it is the school's own."""
    school = desk.school.rules_for(desk.school.person(staff_id))
    pairs = ((name, getattr(rules, name), getattr(school, name)) for name in TERMS)
    return {name: None if number == own else number for name, number, own in pairs}


def _told(hours: HostHours | Plan) -> dict[str, object]:
    """Return the hours as the history keeps them."""
    pattern = [
        f"{row.weekday} {row.start:%H:%M}-{row.end:%H:%M} {[mode.value for mode in row.modes]}"
        for row in hours.pattern
    ]
    return {"pattern": pattern, **{name: getattr(hours.rules, name) for name in TERMS}}
