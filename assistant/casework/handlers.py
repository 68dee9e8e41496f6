"""Who handles a case and who else may read it, behind the wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseKind, Channel, Role
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person

GOVERNORS = (Role.CHAIR, Role.VICE_CHAIR, Role.CLERK)
THROUGH_THE_CLERK = frozenset({Role.CHAIR, Role.VICE_CHAIR})
HEADS = frozenset({Role.HEADTEACHER, Role.EXECUTIVE_HEAD})
BOARD = frozenset({Role.GOVERNOR, Role.VICE_CHAIR, Role.CHAIR})
OF_ONE_CLASS = frozenset({Role.TEACHER, Role.TUTOR})
OF_ONE_YEAR = (Role.PHASE_LEADER, Role.HEAD_OF_YEAR)
SENIOR = (Role.PASTORAL, Role.DEPUTY, Role.HEADTEACHER, *GOVERNORS)


@dataclass(frozen=True)
class Matter:
    """What decides the handler; ``subjects`` are ids of the people whom it is about.

    ``stage`` is the name of the stage reached, empty for the first. ``had_it`` are the ids of those
    who handled a stage before, who do not look at their own answer again.
    ``recused`` are the ids of those who stepped back from it.
    """

    kind: CaseKind
    channel: Channel
    subjects: frozenset[str] = frozenset()
    class_name: str = ""
    year: int | None = None
    stage: str = ""
    had_it: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Handling:
    """The handler, None when nobody at the school is free of it, and the other readers."""

    handler: Person | None
    others: tuple[Person, ...]
    label: str

    @property
    def readers(self) -> tuple[Person, ...]:
        """Everybody who may read the case, the handler first."""
        return (self.handler, *self.others) if self.handler else self.others


def handling_of(school: School, matter: Matter) -> Handling:
    """Return the first person of the route whom the wall allows, with at least two fallbacks.

    Nobody left: the school's outside contact, in words, and no reader at all.
    """
    walled = school_wall(school, matter.subjects)
    shut = walled | matter.recused
    barred = shut | matter.had_it
    handler = next((each for each in _route(school, matter) if each.id not in barred), None)
    if handler is None:
        return Handling(None, (), school.governance_contact)
    through_clerk = bool(set(handler.roles) & THROUGH_THE_CLERK)
    clerks = school.with_role(Role.CLERK) if through_clerk else ()
    others = tuple(each for each in clerks if each.id not in shut and each.id != handler.id)
    return Handling(handler, others, _label(handler, through_clerk=bool(others)))


def titled(person: Person) -> str:
    """Return how a parent knows the person, with the role: ``Mrs Ashworth, headteacher``."""
    return f"{person.known_as}, {person.role.label}"


def _label(handler: Person, *, through_clerk: bool) -> str:
    return titled(handler) + (", through the clerk" if through_clerk else "")


def _route(school: School, matter: Matter) -> Iterator[Person]:
    for role in _roles(school, matter):
        if role in OF_ONE_CLASS:
            yield from _near_the_child(school, matter)
        else:
            yield from school.with_role(role)


def _roles(school: School, matter: Matter) -> tuple[Role, ...]:
    about = {role for each in matter.subjects for role in school.person(each).roles}
    if Role.CHAIR in about:
        return (Role.CLERK,)
    first = school.stage_of(matter.kind, matter.stage).handler
    if first in GOVERNORS:
        return (first, *GOVERNORS)
    if about & (HEADS | BOARD) or matter.channel is Channel.GOVERNORS:
        return GOVERNORS
    if matter.channel is Channel.HEADTEACHER:
        return (Role.HEADTEACHER, *GOVERNORS)
    return (first, *(SENIOR if first is not Role.HEADTEACHER else GOVERNORS))


def _near_the_child(school: School, matter: Matter) -> Iterator[Person]:
    """Yield the teacher of the child's class, then whoever leads its year."""
    known = school.school_class(matter.class_name) if matter.class_name else None
    if known:
        yield school.person(known.teacher)
    year = known.year if known else matter.year
    for role in OF_ONE_YEAR:
        yield from (each for each in school.with_role(role) if year in each.years)
