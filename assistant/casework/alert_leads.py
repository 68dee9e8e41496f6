"""Who hears of an alert, behind the wall: the leads, those on cover, and whoever comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.kinds import Role
from assistant.casework.school_shapes import Body, Lead
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person

WHEN_ALL_LEADS_ARE_WALLED = (Role.HEADTEACHER, Role.CHAIR, Role.VICE_CHAIR, Role.CLERK)
LADDER = (
    Role.SAFEGUARDING_LEAD,
    Role.DEPUTY_SAFEGUARDING_LEAD,
    Role.HEADTEACHER,
    Role.EXECUTIVE_HEAD,
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.CLERK,
)
"""Who is told next, one role at a time, while nobody acknowledges an alert."""
SATURDAY, MONDAY_COMES = 5, 7
FRONT_DOOR, LADO = "front_door", "lado"


def leads_for(
    school: School,
    subjects: AbstractSet[str],
    day: date,
    passed_over: AbstractSet[str] = frozenset(),
) -> tuple[Lead, ...]:
    """Return whoever is on cover on the London date ``day``, then the leads in the school's order.

    Only those whom the wall allows. All of them named or close to somebody named: the first of
    head, chair, vice-chair and clerk who is free. Nobody free: empty, and the alert is for the
    council's officer (LADO) alone. Of the leads, those in ``passed_over`` (ids) are told only if no
    other is free.
    """
    walled = school_wall(school, subjects)
    first_told: dict[str, Lead] = {}
    for lead in (*on_cover(school, day), *school.safeguarding.leads):
        first_told.setdefault(lead.staff, lead)
    free = tuple(lead for lead in first_told.values() if lead.staff not in walled)
    others = tuple(lead for lead in free if lead.staff not in passed_over)
    return others or free or _stand_in(school, walled)


def on_cover(school: School, day: date) -> tuple[Lead, ...]:
    """Return who is on cover on the London date ``day``, with the number that is answered then."""
    return tuple(
        Lead(each.staff, each.phone, each.hours)
        for each in school.safeguarding.cover
        if each.start <= day <= each.end
    )


def next_told(
    school: School, subjects: AbstractSet[str], told: AbstractSet[str]
) -> tuple[str, ...]:
    """Return the ids of who is told when nobody acknowledged: the next role with anybody free.

    Empty when everybody whom the wall allows was told: then only the council is left.
    """
    for role in LADDER:
        found = tuple(each.id for each in _free(school, subjects, told) if role in each.roles)
        if found:
            return found
    return ()


def colleagues(school: School, subjects: AbstractSet[str], told: AbstractSet[str]) -> list[str]:
    """Return the ids of those whom a lead may bring in, leads first; never a walled one."""
    free = {each.id: each for each in _free(school, subjects, told)}
    leads = (lead.staff for lead in school.safeguarding.leads if lead.staff in free)
    others = (each.id for role in LADDER for each in free.values() if role in each.roles)
    return list(dict.fromkeys((*leads, *others)))


def lead_of(school: School, staff_id: str, day: date) -> Lead:
    """Return how to reach somebody who reads alerts, on the London date ``day``."""
    listed = {lead.staff: lead for lead in (*school.safeguarding.leads, *on_cover(school, day))}
    phone = school.person(staff_id).phone or school.phone
    return listed.get(staff_id) or Lead(staff_id, phone, school.office_hours)


def bodies_of(school: School) -> tuple[Body, ...]:
    """Return where a lead may refer an alert: the council's two doors, then those of the file."""
    safeguarding = school.safeguarding
    council = safeguarding.council_name
    day_and_night = f"{safeguarding.council_day}, at night {safeguarding.council_night}"
    return (
        Body(FRONT_DOOR, council[:1].upper() + council[1:], day_and_night),
        Body(LADO, "The council’s designated officer (LADO)", safeguarding.lado),
        *safeguarding.bodies,
    )


def _free(school: School, subjects: AbstractSet[str], told: AbstractSet[str]) -> list[Person]:
    closed = school_wall(school, subjects) | told
    return [each for each in school.people if each.id not in closed]


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


def is_out_of_hours(school: School, calendar: SchoolCalendar, at: datetime) -> bool:
    """Tell whether the school is closed at an aware instant: by its days and opening hours."""
    local = to_london(at)
    opening = school.opening
    return not (
        calendar.is_school_day(local.date()) and opening.start <= local.time() < opening.end
    )


def date_of_next_monday(day: date) -> date:
    """Return the Monday after ``day``."""
    return day.fromordinal(day.toordinal() + MONDAY_COMES - day.weekday())
