"""Makes, in a private stack's databases, what a parent's first words say exists already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.details import read_details
from assistant.casework.hosts import GOVERNANCE
from assistant.casework.kinds import CaseKind, Channel, MeetingMode, Role
from assistant.casework.times import Window
from assistant.evaluation.earlier import EarlierComplaint
from assistant.evaluation.earlier_meetings import EXACT
from assistant.evaluation.put_at import put_at
from assistant.services.book_meeting import book_meeting
from assistant.services.clock import FixedClock
from assistant.services.offer_hosts import offer_hosts
from assistant.services.offer_slots import offer_slots
from assistant.services.open_case import open_case
from assistant.services.shapes import Child, Contact, Needs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.casework.school_shapes import Person
    from assistant.casework.slots import Slot
    from assistant.evaluation.earlier_meetings import EarlierMeeting
    from assistant.services.desk import Desk
    from assistant.services.offer_hosts import HostOffer

BOOKED_BEFORE = timedelta(days=7)
"""How long before the conversation an earlier meeting was booked."""
ONE_DAY, SOME_DAYS = timedelta(days=1), timedelta(days=21)
"""When a meeting is that the parent names no time for."""
_BY_CLASS = frozenset({Role.TEACHER, Role.TUTOR})


def make_earlier(
    desk: Desk,
    conversation_id: str,
    records: Sequence[EarlierMeeting | EarlierComplaint],
    turns: Sequence[str],
) -> tuple[str, ...]:
    """Make them, linked to the conversation, and return their references.

    ``turns`` tell who the parent and the child are. A meeting for which
    no time is free is left out.
    """
    contact, child = _people(turns)
    made: list[str | None] = []
    for number, what in enumerate(records):
        key = f"earlier:{number}:{conversation_id}"
        if isinstance(what, EarlierComplaint):
            made.append(_complaint(desk, key, what, contact, child))
        else:
            made.append(_meeting(desk, key, what, contact, child))
    return tuple(filter(None, made))


def _people(turns: Sequence[str]) -> tuple[Contact, Child]:
    """Take who the parent and the child are from whatever turn says it."""
    contact, child = Contact(), Child()
    for text in turns:
        found = read_details(text, expects=None, people=())
        contact = Contact(
            contact.name or found.parent_name or "",
            contact.phone or found.phone or "",
            contact.email or found.email or "",
        )
        child = Child(
            child.name or found.child_name or "",
            _year(found.year) if child.year is None else child.year,
            child.class_name or found.class_name or "",
        )
    return contact, child


def _year(said: str | None) -> int | None:
    """Return the number of "Year 5"; Reception is 0, and what is no year group is None."""
    if said == "Reception":
        return 0
    number = (said or "").removeprefix("Year ")
    return int(number) if number.isdecimal() else None


def _complaint(desk: Desk, key: str, what: EarlierComplaint, contact: Contact, child: Child) -> str:
    heads = desk.school.with_role(Role.HEADTEACHER) if what.about_head else ()
    receipt = open_case(
        _at(desk, what.made_at),
        idempotency_key=key,
        conversation_id=key.rpartition(":")[2],
        kind=CaseKind.COMPLAINT,
        channel=Channel.GOVERNORS if what.about_head else Channel.COMPLAINT,
        statement="A complaint that was made before this conversation.",
        outcome_wanted="",
        contact=contact,
        child=child,
        needs=Needs(),
        subjects=frozenset(each.id for each in heads),
    )
    return receipt.reference


def _meeting(
    desk: Desk, key: str, what: EarlierMeeting, contact: Contact, child: Child
) -> str | None:
    then = _at(desk, desk.clock.now() - BOOKED_BEFORE)
    named = _named(desk, what)
    channel = _channel(named) if named else what.channel
    slot = _slot(then, _hosts(desk, channel, what, child, named), what, desk.clock.now())
    if slot is None:
        return None
    receipt = book_meeting(
        then,
        idempotency_key=key,
        conversation_id=key.rpartition(":")[2],
        channel=channel,
        host_id=slot.host_id,
        starts_at=slot.starts_at,
        mode=MeetingMode.IN_PERSON,
        contact=contact,
        child=child,
        needs=Needs(),
        note="",
        subjects=frozenset(),
    )
    told = what.windows[0] if what.windows else None
    if told and told.end - told.start == EXACT and told.start != slot.starts_at:
        put_at(desk, receipt.id, told.start)
    return receipt.reference


def _hosts(
    desk: Desk, channel: Channel, what: EarlierMeeting, child: Child, named: Person | None
) -> list[HostOffer]:
    """Return who may host it: the person named, else one of the kind that was told."""
    by_class = _some_teacher(desk, child) if what.role in _BY_CLASS else None
    return offer_hosts(
        desk,
        channel=channel,
        class_name=child.class_name or None,
        year=child.year,
        wanted_role=None if named else what.role,
        wanted_staff_id=named.id if named else by_class,
    )


def _named(desk: Desk, what: EarlierMeeting) -> Person | None:
    """Return the member of the school's staff whose name was told, if there is one."""
    people = desk.school.people if what.surname else ()
    return next((one for one in people if one.name.split()[-1].casefold() == what.surname), None)


def _channel(person: Person) -> Channel:
    """Return the channel code of a meeting with the person."""
    if person.role in GOVERNANCE:
        return Channel.GOVERNORS
    return Channel.HEADTEACHER if person.role is Role.HEADTEACHER else Channel.STAFF


def _some_teacher(desk: Desk, child: Child) -> str | None:
    """Return a teacher of the child's year, else any, where the class does not tell whose it is."""
    named = desk.school.school_class(child.class_name)
    same_year = (each.teacher for each in desk.school.classes if each.year == child.year)
    anybody = (each.teacher for each in desk.school.classes)
    return named.teacher if named else next(same_year, next(anybody, None))


def _slot(
    then: Desk, hosts: Sequence[HostOffer], what: EarlierMeeting, now: datetime
) -> Slot | None:
    """Take the time that was said, or the nearest still to come, with the first host who has one.

    ``then`` is the desk at the time of the booking, when notice was no matter.
    """
    windows = what.windows or (Window(now + ONE_DAY, now + SOME_DAYS),)
    for host in hosts:
        offer = offer_slots(
            then, host_ids=[host.staff_id], windows=windows, mode=MeetingMode.IN_PERSON
        )
        slots = (slot for slot in [*offer.matching, *offer.nearest] if slot.starts_at > now)
        found = next(slots, None)
        if found:
            return found
    return None


def _at(desk: Desk, instant: datetime) -> Desk:
    return replace(desk, clock=FixedClock(instant))
