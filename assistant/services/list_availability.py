"""List the people whose hours somebody may set: their own, and the governors' for the clerk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.hosts import may_set_hours, meeting_role
from assistant.services.diaries import open_diaries
from assistant.services.open_times import all_open

if TYPE_CHECKING:
    from assistant.casework.school_shapes import Person
    from assistant.casework.slots import Diary, Slot
    from assistant.services.desk import Desk


@dataclass(frozen=True)
class AvailabilityLine:
    """Somebody whose hours may be set, and their first free time, None when there is none."""

    staff_id: str
    name: str
    role_label: str
    is_me: bool
    first_free: Slot | None


def list_availability(desk: Desk, *, actor_id: str) -> tuple[AvailabilityLine, ...]:
    """Return the lines, the actor's own first; empty for whoever meets no parents."""
    actor = desk.school.by_id.get(actor_id)
    people = [
        each for each in desk.school.people if actor and may_set_hours(desk.school, actor, each)
    ]
    people.sort(key=lambda each: each.id != actor_id)
    with desk.unit_of_work(read_only=True) as work:
        diaries = open_diaries(desk, work.session, [each.id for each in people])
    return tuple(_line(desk, each, actor_id, diaries[each.id]) for each in people)


def _line(desk: Desk, person: Person, actor_id: str, diary: Diary) -> AvailabilityLine:
    first = next(all_open(desk, {person.id: diary}), None)
    role = meeting_role(person, desk.school).label
    return AvailabilityLine(person.id, person.known_as, role, person.id == actor_id, first)
