"""What the availability tests share: a teacher's plan, and ways to change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from assistant.casework.host_hours import DayException
from assistant.casework.kinds import MeetingMode
from assistant.casework.school_shapes import Availability
from assistant.services.add_exception import add_exception
from assistant.services.desk import Desk
from assistant.services.own_hours import Plan
from assistant.services.save_availability import save_availability
from assistant.services.view_availability import AvailabilityView, view_availability
from tests.services.bookings import HOST

ALL = tuple(MeetingMode)
WEDNESDAY = date(2026, 11, 25)
NOT_FREE_WEDNESDAY = DayException(WEDNESDAY, time(), time(23, 55), free=False, modes=())
FREE_8_DECEMBER = DayException(
    date(2026, 12, 8), time(15, 30), time(17), free=True, modes=(MeetingMode.PHONE,)
)


def view(desk: Desk, actor: str = HOST, host: str = HOST) -> AvailabilityView:
    """Return somebody's hours, by default the Year 4 teacher's to the teacher."""
    return view_availability(desk, actor_id=actor, staff_id=host)


def plan_without(desk: Desk, weekday: int, host: str = HOST) -> Plan:
    """Return the saved plan with nothing on one weekday."""
    hours = view(desk, host, host).hours
    pattern = tuple(row for row in hours.pattern if row.weekday != weekday)
    return Plan(pattern, hours.rules)


def plan_with(desk: Desk, **numbers: int) -> Plan:
    """Return the saved plan with other terms."""
    hours = view(desk).hours
    return Plan(hours.pattern, replace(hours.rules, **numbers))  # type: ignore[arg-type]


def save(  # noqa: PLR0913 - a save is what it is
    desk: Desk,
    plan: Plan,
    *,
    key: str = "save",
    actor: str = HOST,
    host: str = HOST,
    version: str | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Save a plan over the version that is saved now, unless told otherwise."""
    save_availability(
        desk,
        actor_id=actor,
        staff_id=host,
        plan=plan,
        version=view(desk, actor, host).version if version is None else version,
        idempotency_key=key,
        confirmed=confirmed,
    )


def add_date(
    desk: Desk,
    *dates: DayException,
    key: str = "date",
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Add exceptions to the teacher's hours."""
    add_exception(
        desk,
        actor_id=HOST,
        staff_id=HOST,
        dates=dates,
        idempotency_key=key,
        confirmed=confirmed,
    )


def on_weekday(weekday: int, start: time, end: time, host: str = HOST) -> Availability:
    """Return a weekly window in every mode."""
    return Availability(host, weekday, start, end, ALL)
