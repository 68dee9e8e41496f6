"""A school made for measuring: as many hosts as wanted, all with the same generous week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING

from assistant.app import build_desk
from assistant.casework.calendar import SchoolCalendar
from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.school_shapes import AvailabilityRow, MeetingRules, Person, Term, Weekday
from assistant.settings import Settings, variable
from assistant.store.engine import open_engine
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from assistant.casework.school import School
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import OpenWork

NOW = "2027-02-26T18:00"
"""A Friday evening. The sixty days after it hold the spring change of the clocks."""
YEAR = Term("All year", date(2026, 9, 1), date(2027, 8, 31), date(2027, 8, 30), date(2027, 8, 31))
"""Without holidays, so that every weekday has slots to find."""
RULES = MeetingRules((Role.TEACHER,), 15, 5, 4, 60, 40)
"""A cap that nobody reaches: a cap would hide a race."""
SPANS = ((time(9), time(12, 30)), (time(15, 30), time(17)))
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
HOSTS_A_ROOM = 3


@dataclass(frozen=True)
class Stage:
    """Where a school with so many hosts keeps its databases; any process can open it."""

    data: Path
    database_url: str
    alerts_database_url: str
    hosts: int = 1

    def open(self) -> Desk:
        """Return a desk of this process."""
        desk = build_desk(self._settings())
        school = school_of(desk.school, self.hosts)
        return replace(desk, school=school, calendar=SchoolCalendar.from_school(school))

    def fill(self) -> None:
        """Migrate the databases and bring the hosts into them."""
        migrate_databases(self._settings())
        desk = self.open()
        seed_school(desk.unit_of_work, desk.school)
        close(desk)

    def engine(self) -> Engine:
        """Return an engine of the case database, as the services have it."""
        return open_engine(self.database_url)

    def _settings(self) -> Settings:
        chosen = {
            "data": str(self.data),
            "database_url": self.database_url,
            "alerts_database_url": self.alerts_database_url,
            "now": NOW,
            "public_url": "https://chat.school.example",
            "mail_from": "desk@school.example",
        }
        return Settings.load({variable(name): value for name, value in chosen.items()})


def new_stage(folder: Path, new_database: Callable[[], str], hosts: int = 1) -> Stage:
    """Return a filled stage in databases of its own."""
    stage = Stage(folder, new_database(), new_database(), hosts)
    stage.fill()
    return stage


def host_id(number: int) -> str:
    """Return the id of a host, counted from 0."""
    return f"host-{number}"


def school_of(school: School, hosts: int) -> School:
    """Return ``school`` with these hosts, their rooms in proportion, and no holidays."""
    people = tuple(_person(number) for number in range(hosts))
    ids, modes = tuple(person.id for person in people), tuple(MeetingMode)
    weeks = tuple(AvailabilityRow(ids, WEEK, start, end, modes) for start, end in SPANS)
    first = school.rooms[0]
    rooms = tuple(replace(first, id=f"room-{n}") for n in range(1 + hosts // HOSTS_A_ROOM))
    return replace(
        school,
        people=people,
        relationships=(),
        classes=(),
        terms=(YEAR,),
        inset=(),
        bank_holidays=(),
        twilights=(),
        availability_rows=weeks,
        meeting_rules=(RULES,),
        rooms=rooms,
    )


def close(desk: Desk) -> None:
    """Close every connection, as the end of a process would."""
    for open_work in (desk.unit_of_work, desk.alerts_unit_of_work):
        engine_of(open_work).dispose()


def engine_of(open_work: OpenWork) -> Engine:
    """Return the engine behind a unit of work."""
    return open_work().session.get_bind().engine


def _person(number: int) -> Person:
    name = f"Host {number}"
    return Person(host_id(number), name, name, "Host", (Role.TEACHER,), f"h{number}@school.example")
