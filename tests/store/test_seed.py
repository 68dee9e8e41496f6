"""The people of the school file are the people of the database."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from assistant.services.desk import Desk
from assistant.store.meeting_tables import Availability, Resource
from assistant.store.seed import seed_school
from assistant.store.tables import Relationship, Staff


def counts(desk: Desk) -> list[int | None]:
    with desk.unit_of_work(read_only=True) as work:
        tables = (Staff, Relationship, Availability)
        return [work.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_everybody_of_the_school_file_is_there(desk: Desk) -> None:
    school = desk.school
    assert counts(desk) == [len(school.people), len(school.relationships), len(school.availability)]


def test_seeding_again_changes_nothing(desk: Desk) -> None:
    before = counts(desk)
    seed_school(desk.unit_of_work, desk.school)
    assert counts(desk) == before


def test_rooms_and_interpreters_are_resources_and_stay_as_inactive_once_they_left(
    desk: Desk,
) -> None:
    rooms = {"room:meeting-room": True, "room:rainbow-room": True}
    assert resources(desk) == rooms | {"interpreter:mrs-rehman": True, "interpreter:mr-kelly": True}
    smaller = replace(desk.school, rooms=desk.school.rooms[:1], bookable_interpreters=())
    seed_school(desk.unit_of_work, smaller)
    assert [key for key, active in resources(desk).items() if active] == ["room:meeting-room"]
    seed_school(desk.unit_of_work, desk.school)
    assert all(resources(desk).values())


def resources(desk: Desk) -> dict[str, bool]:
    with desk.unit_of_work(read_only=True) as work:
        return {row.key: row.active for row in work.session.scalars(select(Resource))}


def test_somebody_who_left_the_file_stays_as_inactive(desk: Desk) -> None:
    left = desk.school.people[-1]
    smaller = replace(
        desk.school,
        people=desk.school.people[:-1],
        availability_rows=(),
        relationships=(),
    )
    seed_school(desk.unit_of_work, smaller)
    with desk.unit_of_work(read_only=True) as work:
        assert not work.session.get_one(Staff, left.id).active
    assert counts(desk) == [len(desk.school.people), 0, 0]
