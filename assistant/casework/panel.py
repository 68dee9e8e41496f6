"""Who may sit on a governors' panel about a matter.

Nobody it is about or who is close to them, nobody who met the family about it or dealt with it,
and nobody who works at the school: staff governors are best left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from assistant.casework.hosts import GOVERNANCE
from assistant.casework.kinds import Role
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person

PANEL_ROLES = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.GOVERNOR})


class Bar(Enum):
    """Why somebody may not sit on the panel, in words for the clerk."""

    WALL = "The matter is about them, or about somebody close to them."
    MET = "They met the family, or were booked to."
    DEALT = "They dealt with the matter."
    STAFF = "They work at the school."


@dataclass(frozen=True)
class PanelMember:
    """A governor and what bars them from this panel; None if nothing does."""

    person: Person
    bar: Bar | None


def panel_for(
    school: School,
    subjects: AbstractSet[str],
    met: AbstractSet[str],
    dealt: AbstractSet[str],
) -> tuple[PanelMember, ...]:
    """Return every governor of the school, in the order of the file.

    ``met`` and ``dealt`` are the ids of who met the family and who dealt with the matter.
    """
    walled = school_wall(school, subjects)
    barred = {**dict.fromkeys(dealt, Bar.DEALT), **dict.fromkeys(met, Bar.MET)}
    barred |= dict.fromkeys(walled, Bar.WALL)
    return tuple(
        PanelMember(person, barred.get(person.id) or _bar_of_roles(person))
        for person in school.people
        if PANEL_ROLES & set(person.roles)
    )


def _bar_of_roles(person: Person) -> Bar | None:
    return Bar.STAFF if set(person.roles) - GOVERNANCE else None
