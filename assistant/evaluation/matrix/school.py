"""A school with one person for each role there is, each with a relative and a shared mailbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.casework.calendar import SchoolCalendar
from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.school_shapes import AvailabilityRow, Lead, Person, Relationship, Weekday
from assistant.evaluation.booking.stage import RULES
from assistant.evaluation.matrix.planting import add_app
from assistant.running.databases import fill_databases
from assistant.services.clock import FixedClock
from assistant.services.settle_terms import settle_terms
from assistant.store.seed import seed_school
from assistant.store.sign_in_tables import SecondStepGrace
from assistant.store.tables import StaffLogin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.casework.school import School
    from assistant.services.desk import Desk
    from assistant.settings import Settings

SPARE = "spare"
"""A second class teacher, so that everybody has a relative; they have no password yet."""
LATE, AT_AN_OPEN_DESK = "late", "open_desk"
"""Two more clerks: who lacks the second step that they need, and who has proved nothing lately."""
OTHERS = {SPARE: Role.TEACHER, LATE: Role.CLERK, AT_AN_OPEN_DESK: Role.CLERK}
TAKE_CHATS = (Role.HEADTEACHER, Role.OFFICE, Role.PASTORAL, Role.DEPUTY)
"""Who may be here for chats with parents."""
LONG_AGO, ONE_TERM = timedelta(days=300), timedelta(days=70)
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")


def build_school(settings: Settings) -> Desk:
    """Make the databases and return the desk of the school."""
    desk = fill_databases(settings)
    school = school_of_roles(desk.school)
    clock = FixedClock(desk.machine_clock.now())  # no session ends while a long table is asked
    calendar = SchoolCalendar.from_school(school)
    made = replace(desk, school=school, calendar=calendar, machine_clock=clock)
    seed_school(made.unit_of_work, school)
    _choose_passwords(made)
    settle_terms(replace(made, clock=FixedClock(made.clock.now() + ONE_TERM)))
    return made


def _choose_passwords(desk: Desk) -> None:
    """Give everybody but one a hash that no password has: sessions are opened without any."""
    with desk.unit_of_work() as work:
        for person in desk.school.people:
            if person.id != SPARE:
                row = StaffLogin(staff_id=person.id, password_hash="!")  # noqa: S106 - no password
                row.changed_at = desk.clock.now()
                work.session.add(row)
        since = desk.machine_clock.now() - LONG_AGO
        work.session.add(SecondStepGrace(staff_id=LATE, since=since))
        work.commit(unrecorded="a measurement sets its stage")
    for person in desk.school.people:
        if person.id not in {SPARE, LATE}:
            add_app(desk, person.id)


def school_of_roles(school: School) -> School:
    """Return ``school`` with these people instead of its own.

    They stand in a ring: each is related to the one beside them on one side, and shares a mailbox
    with the one on the other.
    """
    ids = [*(role.value for role in Role), *OTHERS]
    people = tuple(_person(staff_id, number, len(ids)) for number, staff_id in enumerate(ids))
    leads = (Role.SAFEGUARDING_LEAD, Role.DEPUTY_SAFEGUARDING_LEAD)
    numbers = [each.phone for each in school.safeguarding.leads]
    told = tuple(Lead(role.value, numbers[0], school.office_hours) for role in leads)
    modes = tuple(MeetingMode)
    return replace(
        school,
        people=people,
        relationships=tuple(Relationship(a, b, "married") for a, b in relatives(ids).items()),
        classes=tuple(replace(each, teacher=Role.TEACHER.value) for each in school.classes),
        availability_rows=(AvailabilityRow(tuple(ids), WEEK, time(9), time(17), modes),),
        meeting_rules=(replace(RULES, roles=tuple(Role)),),
        rooms=tuple(replace(school.rooms[0], id=f"room-{number}") for number in range(len(ids))),
        safeguarding=replace(school.safeguarding, leads=told),
        duty=replace(school.duty, roles=TAKE_CHATS),
    )


def relatives(ids: list[str]) -> Mapping[str, str]:
    """Return who is related to whom, each pair once."""
    pairs = list(pairwise(ids))
    return dict(pairs[::2])


def _person(staff_id: str, number: int, people: int) -> Person:
    role = OTHERS.get(staff_id) or Role(staff_id)
    name = f"Person {number}"
    mailbox = (number + 1) % people // 2
    inbox, address = f"inbox-{mailbox}", f"{staff_id}@school.example"
    return Person(staff_id, name, name, "Person", (role,), address, inbox=inbox)
