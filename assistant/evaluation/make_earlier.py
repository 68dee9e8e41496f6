"""Makes, in a private stack's databases, what a parent's first words say exists already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.details import read_details
from assistant.casework.kinds import CaseKind, Channel, MeetingMode, Role
from assistant.casework.times import Window
from assistant.evaluation.earlier import EarlierComplaint, EarlierMeeting
from assistant.services.book_meeting import book_meeting
from assistant.services.clock import FixedClock
from assistant.services.offer_hosts import offer_hosts
from assistant.services.offer_slots import offer_slots
from assistant.services.open_case import open_case
from assistant.services.shapes import Child, Contact, Needs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk
    from assistant.services.offer_hosts import HostOffer

BOOKED_BEFORE = timedelta(days=7)
"""How long before the conversation an earlier meeting was booked."""
ONE_DAY, SOME_DAYS = timedelta(days=1), timedelta(days=21)
"""When a meeting is that the parent names no time for."""


def make_earlier(
    desk: Desk, conversation_id: str, what: EarlierMeeting | EarlierComplaint, turns: Sequence[str]
) -> str | None:
    """Make it, linked to the conversation, and return its reference; None when no time is free."""
    contact, child = _people(turns)
    if isinstance(what, EarlierComplaint):
        return _complaint(desk, conversation_id, what, contact, child)
    return _meeting(desk, conversation_id, what, contact, child)


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


def _complaint(
    desk: Desk, conversation_id: str, what: EarlierComplaint, contact: Contact, child: Child
) -> str:
    heads = desk.school.with_role(Role.HEADTEACHER) if what.about_head else ()
    receipt = open_case(
        _at(desk, what.made_at),
        idempotency_key=f"earlier:{conversation_id}",
        conversation_id=conversation_id,
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
    desk: Desk, conversation_id: str, what: EarlierMeeting, contact: Contact, child: Child
) -> str | None:
    then = _at(desk, desk.clock.now() - BOOKED_BEFORE)
    hosts = offer_hosts(
        desk,
        channel=what.channel,
        class_name=child.class_name or None,
        year=child.year,
        wanted_role=what.role,
    )
    slot = _slot(then, hosts, what, desk.clock.now())
    if slot is None:
        return None
    receipt = book_meeting(
        then,
        idempotency_key=f"earlier:{conversation_id}",
        conversation_id=conversation_id,
        channel=what.channel,
        host_id=slot.host_id,
        starts_at=slot.starts_at,
        mode=MeetingMode.IN_PERSON,
        contact=contact,
        child=child,
        needs=Needs(),
        note="",
        subjects=frozenset(),
    )
    return receipt.reference


def _slot(
    then: Desk, hosts: Sequence[HostOffer], what: EarlierMeeting, now: datetime
) -> Slot | None:
    """Take the time that was said with the first host who has it, else the nearest still to come.

    ``then`` is the desk at the time of the booking, when notice was no matter.
    """
    windows = what.windows or (Window(now + ONE_DAY, now + SOME_DAYS),)
    offers = [
        offer_slots(
            then, host_ids=[host.staff_id], windows=windows, mode=MeetingMode.IN_PERSON, limit=1
        )
        for host in hosts
    ]
    matching = [slot for offer in offers for slot in offer.matching]
    nearest = [slot for offer in offers for slot in offer.nearest]
    return next((slot for slot in [*matching, *nearest] if slot.starts_at > now), None)


def _at(desk: Desk, instant: datetime) -> Desk:
    return replace(desk, clock=FixedClock(instant))
