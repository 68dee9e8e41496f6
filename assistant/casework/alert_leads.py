"""Which safeguarding leads hear of an alert, behind the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import Role
from assistant.casework.school_shapes import Lead
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school import School

WHEN_ALL_LEADS_ARE_WALLED = (Role.HEADTEACHER, Role.CHAIR, Role.VICE_CHAIR, Role.CLERK)
SATURDAY, MONDAY_COMES = 5, 7


def leads_for(school: School, subjects: AbstractSet[str]) -> tuple[Lead, ...]:
    """Return the leads whom the wall allows, in the school's order.

    All of them named or close to somebody named: the first of head, chair, vice-chair and clerk
    who is free. Nobody free: empty, and the alert is for the council's officer (LADO) alone.
    """
    walled = school_wall(school, subjects)
    free = tuple(lead for lead in school.safeguarding.leads if lead.staff not in walled)
    return free or _stand_in(school, walled)


def _stand_in(school: School, walled: AbstractSet[str]) -> tuple[Lead, ...]:
    people = (each for role in WHEN_ALL_LEADS_ARE_WALLED for each in school.with_role(role))
    found = next((each for each in people if each.id not in walled), None)
    hours = school.office_hours
    return (Lead(found.id, found.phone or school.phone, hours),) if found else ()


def read_by(school: School, calendar: SchoolCalendar, today: date) -> str:
    """Return the honest sentence on when a person reads an alert raised ``today`` (London)."""
    weekend = today.weekday() >= SATURDAY
    day = date_of_next_monday(today) if weekend else today
    cover, usual = school.safeguarding.holiday_cover, school.safeguarding.read_by
    return usual if calendar.is_school_day(day) else cover


def date_of_next_monday(day: date) -> date:
    """Return the Monday after ``day``."""
    return day.fromordinal(day.toordinal() + MONDAY_COMES - day.weekday())
