"""Who may take a meeting over from its host, best first.

Staff hand to staff, or to the clerk as everybody's last resort. A meeting that goes through the
clerk stays within governance: a parent who was promised a governor does not get an employee.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.grid import CELLS_A_DAY, cell_after, cell_at, midnight_cell
from assistant.casework.hosts import (
    Wish,
    hosts_for,
    is_met_through_clerk,
    may_host,
    meeting_role,
)
from assistant.casework.kinds import Role
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from assistant.casework.host_hours import HostHours
    from assistant.casework.kinds import Channel, MeetingMode
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person


REASSIGNS = frozenset({Role.BUSINESS_MANAGER, Role.CLERK})
"""Who finds other hosts for the meetings of somebody who leaves."""


@dataclass(frozen=True)
class Handed:
    """A meeting as far as it decides who may take it; ``subjects`` are ids."""

    host_id: str
    channel: Channel
    through_clerk: bool
    subjects: frozenset[str] = frozenset()
    class_name: str = ""
    year: int | None = None


def takers_for(school: School, handed: Handed) -> tuple[Person, ...]:
    """Return who may take the meeting over, best first; never its present host.

    First those whom a parent would have been offered, then whoever else may host, in the order
    of the school file. Nobody behind the wall. Empty when nobody is left.
    """
    excluded = school_wall(school, handed.subjects) | {handed.host_id}
    offered = (
        host.person for host in hosts_for(school, handed.channel, _wish(school, handed), excluded)
    )
    fitting = [
        person
        for person in chain(offered, school.people)
        if person.id not in excluded and may_host(school, person) and _same_side(handed, person)
    ]
    ranked = dict.fromkeys(person.id for person in _clerk_last(handed, fitting))
    return tuple(school.person(staff_id) for staff_id in ranked)


def may_reassign(school: School, staff_id: str, handed: Handed) -> bool:
    """Tell whether a person may give the meeting of somebody who leaves to another host.

    The business manager for staff, the clerk for everybody. Neither when they are behind the wall.
    """
    person = school.by_id.get(staff_id)
    roles = set(person.roles) & REASSIGNS if person else set()
    allowed = {Role.CLERK} if handed.through_clerk else REASSIGNS
    return bool(roles & allowed) and staff_id not in school_wall(school, handed.subjects)


def covers(hours: HostHours, starts_at: datetime, ends_at: datetime, mode: MeetingMode) -> bool:
    """Tell whether a host's own hours hold a whole meeting (aware instants) in this mode.

    What is taken already, and whether it is a school day, is for the caller to ask.
    """
    day = to_london(starts_at).date()
    first, last = (cell - midnight_cell(day) for cell in (cell_at(starts_at), cell_after(ends_at)))
    if not 0 <= first < last <= CELLS_A_DAY:
        return False
    span = (1 << last) - (1 << first)
    return not span & ~hours.open_cells(day)[mode]


def _wish(school: School, handed: Handed) -> Wish:
    host = school.by_id.get(handed.host_id)
    role = meeting_role(host, school) if host else None
    return Wish(role=role, class_name=handed.class_name or None, year=handed.year)


def _same_side(handed: Handed, person: Person) -> bool:
    if handed.through_clerk:
        return is_met_through_clerk(person)
    return not is_met_through_clerk(person) or Role.CLERK in person.roles


def _clerk_last(handed: Handed, people: Iterable[Person]) -> list[Person]:
    """Keep the order; but where staff meet a parent, the clerk comes after all of them."""
    return sorted(people, key=lambda each: not handed.through_clerk and Role.CLERK in each.roles)
