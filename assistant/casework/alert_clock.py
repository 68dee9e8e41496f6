"""The one working day for an allegation about an adult, which no school holiday stops.

Keeping Children Safe in Education (Department for Education), part four: the council's designated
officer (LADO) hears within one working day of every allegation that may meet the threshold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.casework.deadlines import unstopped_deadline
from assistant.casework.kinds import ClockType

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.deadlines import Deadline

NAME = "Tell the council’s designated officer (LADO)"
WHY = "Keeping Children Safe in Education: within one working day, in the holidays too."


def lado_deadline(raised_at: datetime, calendar: SchoolCalendar) -> Deadline:
    """Return by when the designated officer must hear of an alert raised at an aware instant."""
    due = unstopped_deadline(NAME, 1, ClockType.WORKING_DAYS, raised_at, calendar)
    return replace(due, sum=f"{WHY} {due.sum}")
