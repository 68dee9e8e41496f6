"""Show what parents would see, and which meetings would be left outside, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.availability.effects import never_offered
from assistant.casework.calendar import to_london
from assistant.casework.slots import bookable_days
from assistant.services.case_dates import today_of
from assistant.services.diaries import hours_of, open_diaries
from assistant.services.open_times import all_open
from assistant.services.own_hours import left_by, settable_host

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from assistant.casework.availability.effects import Booked
    from assistant.casework.host_hours import HostHours
    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk
    from assistant.services.own_hours import Plan


@dataclass(frozen=True)
class DayPreview:
    """A school day and the times that parents would be offered on it, soonest first."""

    day: date
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class TimesPreview:
    """Every school day up to the horizon, free or not.

    ``left_outside`` are booked meetings that the plan would leave outside its hours;
    ``never_offered`` are sentences on the parts of the plan that no parent would see.
    """

    days: tuple[DayPreview, ...]
    left_outside: tuple[Booked, ...]
    never_offered: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many times there are in all."""
        return sum(len(each.slots) for each in self.days)


def preview_times(desk: Desk, *, actor_id: str, staff_id: str, plan: Plan) -> TimesPreview:
    """Return what the plan would come to, by the very code that offers times to parents.

    Raises ``NotHere`` for anybody whose hours the actor may not set.
    """
    settable_host(desk, actor_id, staff_id)
    with desk.unit_of_work(read_only=True) as work:
        before = hours_of(desk, work.session, [staff_id])[staff_id]
        after = plan.put_on(before)
        diaries = open_diaries(desk, work.session, [staff_id], planned={staff_id: after})
        left = left_by(desk, work, actor_id, before, after)
    days = _days(desk, after, all_open(desk, diaries))
    today = today_of(desk)
    return TimesPreview(days, left, never_offered(after, today))


def _days(desk: Desk, hours: HostHours, slots: Iterable[Slot]) -> tuple[DayPreview, ...]:
    by_day = {day: tuple(of) for day, of in groupby(slots, key=_day)}
    now = desk.clock.now()
    school_days = bookable_days(desk.calendar, now, now + timedelta(hours.rules.horizon_days))
    return tuple(DayPreview(day, by_day.get(day, ())) for day in school_days)


def _day(slot: Slot) -> date:
    return to_london(slot.starts_at).date()
