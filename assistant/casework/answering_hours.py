"""When people at the school read and answer: the office's hours on school days, London time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london, to_utc
from assistant.casework.kinds import ClockType

if TYPE_CHECKING:
    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school_shapes import Hours


@dataclass(frozen=True)
class Answering:
    """Whether somebody is there, and the instant (aware, UTC) at which that changes.

    ``why`` says in a few words why no school is kept today, and is empty on a school day.
    """

    open: bool
    until: datetime
    why: str = ""

    @property
    def changes_at(self) -> datetime:
        """The same instant as London wall time."""
        return to_london(self.until)


def answering_at(calendar: SchoolCalendar, opening: Hours, now: datetime) -> Answering:
    """Return whether people are there at the instant ``now``, and until or from when."""
    local = to_london(now)
    today, clock = local.date(), local.time()
    counted = calendar.counts(today, ClockType.SCHOOL_DAYS)
    why = "" if counted else calendar.why_closed(today) or ""
    if not why and opening.start <= clock < opening.end:
        return Answering(open=True, until=to_utc(datetime.combine(today, opening.end)))
    still_to_come = clock < opening.start
    back = calendar.next_school_day(today, including=still_to_come)
    return Answering(open=False, until=to_utc(datetime.combine(back, opening.start)), why=why)
