"""Who may be offered for a private talk, best first, with fallbacks.

A teaching assistant is never a host. A governor is met through the clerk only, and when the
matter is about the headteacher the chair comes first, not a governor picked at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person

GOVERNANCE = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.GOVERNOR, Role.CLERK})
"""Met through the clerk; not bound to the school day's staff sessions."""

STANDS_IN = {
    Role.TEACHER: Role.TUTOR,
    Role.TUTOR: Role.TEACHER,
    Role.HEAD_OF_YEAR: Role.PHASE_LEADER,
    Role.PHASE_LEADER: Role.HEAD_OF_YEAR,
    Role.TEACHING_ASSISTANT: Role.TEACHER,
    Role.HEADS_PA: Role.OFFICE,
    Role.GOVERNOR: Role.CHAIR,
    Role.VICE_CHAIR: Role.CHAIR,
    Role.EXECUTIVE_HEAD: Role.HEADTEACHER,
    Role.DEPUTY_SAFEGUARDING_LEAD: Role.SAFEGUARDING_LEAD,
    Role.OFFICE: Role.BUSINESS_MANAGER,
    Role.BUSINESS_MANAGER: Role.OFFICE,
}
"""Who is meant when a parent uses the word of another kind of school, or asks for a non-host."""

GOVERNANCE_ORDER = (Role.CHAIR, Role.VICE_CHAIR, Role.CLERK)
STAFF_ORDER = (
    Role.TEACHER,
    Role.TUTOR,
    Role.HEAD_OF_YEAR,
    Role.PHASE_LEADER,
    Role.PASTORAL,
    Role.DEPUTY,
    Role.HEADTEACHER,
    Role.CLERK,
)
BY_CLASS = frozenset({Role.TEACHER, Role.TUTOR})
BY_YEAR = frozenset({Role.HEAD_OF_YEAR, Role.PHASE_LEADER})


@dataclass(frozen=True)
class Host:
    """Somebody who may be offered: the ``role`` in which they meet, and the channel they are."""

    person: Person
    role: Role
    channel: Channel
    through_clerk: bool


@dataclass(frozen=True)
class Wish:
    """Whom a parent hopes to see and for which child; ``year`` 0 is Reception."""

    role: Role | None = None
    staff_id: str | None = None
    class_name: str | None = None
    year: int | None = None


def hosts_for(
    school: School, channel: Channel, wish: Wish, excluded: AbstractSet[str]
) -> tuple[Host, ...]:
    """Return the hosts of a channel, best first, none of them in ``excluded``.

    A class, year group or role that the school does not have is no error: the next in the order
    is offered. Empty when the wall leaves nobody; then show ``school.governance_contact``.
    """
    hosts: dict[str, Host] = {}
    for person, role in _candidates(school, channel, wish, excluded):
        if person.id not in excluded and may_host(school, person):
            hosts.setdefault(person.id, _host(person, role))
    return tuple(hosts.values())


def may_host(school: School, person: Person) -> bool:
    """Tell whether the person may host at all: never a teaching assistant."""
    roles = set(person.roles)
    hosting = {role for rules in school.meeting_rules for role in rules.roles}
    return bool(roles & hosting) and Role.TEACHING_ASSISTANT not in roles


def meeting_role(person: Person, school: School) -> Role:
    """Return the first role of the person that may host, else their first role."""
    hosting = {role for rules in school.meeting_rules for role in rules.roles}
    return next((role for role in person.roles if role in hosting), person.role)


def is_met_through_clerk(person: Person) -> bool:
    """Tell whether a meeting with this person is arranged by the clerk."""
    return bool(GOVERNANCE & set(person.roles))


def may_set_hours(school: School, actor: Person, host: Person) -> bool:
    """Tell whether ``actor`` may say when ``host`` meets parents: their own, or as the clerk."""
    arranges = Role.CLERK in actor.roles and is_met_through_clerk(host)
    return may_host(school, host) and (actor.id == host.id or arranges)


def _host(person: Person, role: Role) -> Host:
    if is_met_through_clerk(person):
        return Host(person, role, Channel.GOVERNORS, through_clerk=True)
    is_head = Role.HEADTEACHER in person.roles
    channel = Channel.HEADTEACHER if is_head else Channel.STAFF
    return Host(person, role, channel, through_clerk=False)


def _candidates(
    school: School, channel: Channel, wish: Wish, excluded: AbstractSet[str]
) -> Iterator[tuple[Person, Role]]:
    named = school.by_id.get(wish.staff_id or "")
    if named and (channel is not Channel.GOVERNORS or is_met_through_clerk(named)):
        yield named, meeting_role(named, school)
    for role in _order(school, channel, wish, excluded):
        for person in _holders(school, role, wish):
            yield person, role


def _order(
    school: School, channel: Channel, wish: Wish, excluded: AbstractSet[str]
) -> tuple[Role, ...]:
    if channel is Channel.GOVERNORS:
        return GOVERNANCE_ORDER
    if channel in {Channel.HEADTEACHER, Channel.COMPLAINT}:
        walled = all(head.id in excluded for head in school.with_role(Role.HEADTEACHER))
        return GOVERNANCE_ORDER if walled else (Role.HEADTEACHER,)
    wanted = (wish.role, STANDS_IN.get(wish.role)) if wish.role else ()
    return (*filter(None, wanted), *STAFF_ORDER)


def _holders(school: School, role: Role, wish: Wish) -> tuple[Person, ...]:
    """Return who holds the role for this child."""
    people = school.with_role(role)
    if role in BY_CLASS:
        return tuple(person for person in people if person.id in _teachers(school, wish))
    if role in BY_YEAR:
        return tuple(person for person in people if _year(school, wish) in person.years)
    return people


def _teachers(school: School, wish: Wish) -> AbstractSet[str]:
    """Return the teacher of the child's class; nobody when the year has several classes."""
    named = school.school_class(wish.class_name or "")
    if named:
        return {named.teacher}
    of_year = {each.teacher for each in school.classes if each.year == wish.year}
    return of_year if len(of_year) == 1 else set()


def _year(school: School, wish: Wish) -> int | None:
    named = school.school_class(wish.class_name or "")
    return named.year if named else wish.year
