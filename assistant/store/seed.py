"""Bring the people of the school file into the database; running it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.casework.resources import interpreter_key, room_key
from assistant.store.meeting_tables import Availability, HostTerms, Resource
from assistant.store.sign_in_tables import SignInStep
from assistant.store.tables import DeskSession, OneTimeLogin, Relationship, Staff

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Availability as WeeklyHours
    from assistant.casework.school_shapes import Person
    from assistant.store.unit_of_work import OpenWork, UnitOfWork

SEED = "school file"


def seed_school(open_work: OpenWork, school: School) -> None:
    """Write staff, relationships, weekly availability and resources as the file has them.

    Whoever and whatever left the file stays as an inactive row, because old records name it.
    Whoever set their own weekly hours keeps them: the file no longer speaks for that person.
    Whoever left, or has other roles or another address than before, is signed out everywhere.
    """
    with open_work() as work:
        _put_people(work, school)
        work.session.flush()
        _put_relationships(work, school)
        _put_availability(work, school)
        _put_resources(work, school)
        work.history.append("school.seeded", SEED, "school", school.short_name)
        work.commit()


def _put_people(work: UnitOfWork, school: School) -> None:
    before = {row.id: row for row in work.session.scalars(select(Staff))}
    held = {staff_id: _standing(row) for staff_id, row in before.items()}
    present = {person.id for person in school.people}
    for row in before.values():
        row.active = row.id in present
    for person in school.people:
        work.session.merge(_staff(person))
    work.session.flush()
    for staff_id, standing in held.items():
        if _standing(before[staff_id]) != standing:
            _sign_out(work, staff_id)


def _standing(row: Staff) -> tuple[object, ...]:
    """Return what a session of the person rests on."""
    return row.active, row.email, tuple(row.roles)


def _sign_out(work: UnitOfWork, staff_id: str) -> None:
    for table in (DeskSession, OneTimeLogin, SignInStep):
        work.session.execute(delete(table).where(table.staff_id == staff_id))
    work.history.append("sessions.ended", SEED, "staff", staff_id, why="the school file changed")


def _staff(person: Person) -> Staff:
    return Staff(
        id=person.id,
        name=person.name,
        roles=[role.value for role in person.roles],
        email=person.email.lower(),
        inbox=person.inbox,
        active=True,
    )


def _put_relationships(work: UnitOfWork, school: School) -> None:
    work.session.execute(delete(Relationship))
    for tie in school.relationships:
        first, second = sorted((tie.a, tie.b))
        work.session.add(Relationship(first_id=first, second_id=second, what=tie.what))


def _put_availability(work: UnitOfWork, school: School) -> None:
    """Replace the weekly pattern; it has no identity of its own and nothing refers to it."""
    set_their_own = set(work.session.scalars(select(HostTerms.staff_id)))
    work.session.execute(delete(Availability).where(Availability.staff_id.not_in(set_their_own)))
    for window in school.availability:
        if window.staff_id not in set_their_own:
            work.session.add(_availability(window))


def _availability(window: WeeklyHours) -> Availability:
    return Availability(
        staff_id=window.staff_id,
        weekday=window.weekday,
        starts=window.start,
        ends=window.end,
        modes=[mode.value for mode in window.modes],
    )


def _put_resources(work: UnitOfWork, school: School) -> None:
    names = {room_key(room.id): room.name for room in school.rooms}
    names |= {interpreter_key(each.id): each.name for each in school.bookable_interpreters}
    for row in work.session.scalars(select(Resource)):
        row.active = row.key in names
    for key, name in names.items():
        work.session.merge(Resource(key=key, name=name, active=True))
