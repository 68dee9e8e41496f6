"""Parents who may not come in for now: who they are, and how they are met instead.

A person decides it, with a reason and an end (the same courtesy and rights, a remote
meeting). The parent is known by digests of their phone number and e-mail address, so that
the table names nobody, and either of the two is enough.

Errors:
ServiceError
└── RestrictionUnclear  no reason, no end to come, or nothing to know the parent by
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from assistant.casework.calendar import to_london
from assistant.casework.choice import nearest_to
from assistant.casework.details.contact import normalise_phone
from assistant.casework.kinds import MeetingMode
from assistant.casework.slots import ANY_CELL
from assistant.security.tokens import token_digest
from assistant.services.case_dates import today_of
from assistant.services.diaries import Own, open_diaries
from assistant.services.errors import ServiceError
from assistant.services.host_time import WantedTime
from assistant.services.meeting_errors import VisitNotAllowed
from assistant.services.offer_slots import ALTERNATIVES
from assistant.services.open_times import all_open
from assistant.services.records import contact_of
from assistant.services.shapes import NO_NEEDS
from assistant.services.turns import stored_key
from assistant.store.meeting_tables import Meeting, VisitRestriction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact, Needs
    from assistant.store.unit_of_work import UnitOfWork

RESTRICTION = "visit_restriction"
REMOTE = (MeetingMode.PHONE, MeetingMode.VIDEO)


class RestrictionUnclear(ServiceError):  # noqa: N818 - it names what is missing
    """A restriction needs a reason, an end to come, and a phone number or e-mail address."""


@dataclass(frozen=True)
class RestrictionView:
    """A restriction in force; ``expires_on`` is its last day. The reason is not in it."""

    id: str
    decided_by: str
    expires_on: date


@dataclass(frozen=True)
class Digests:
    """What is stored of a phone number and an e-mail address; None where there is none."""

    phone: str | None
    email: str | None


def restriction_for(desk: Desk, contact: Contact) -> RestrictionView | None:
    """Return the restriction in force for whoever has this phone number or e-mail address."""
    with desk.unit_of_work(read_only=True) as work:
        found = _in_force(desk, work, contact)
        return RestrictionView(found.id, found.decided_by, found.expires_on) if found else None


def may_visit(desk: Desk, *, meeting_id: str) -> bool:
    """Return whether the parent of the meeting may come in."""
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.get_one(Meeting, meeting_id)
        return _in_force(desk, work, contact_of(work, meeting)) is None


def refusal_of_visit(  # noqa: PLR0913 - who, with whom, when, and what they need
    desk: Desk,
    *,
    contact: Contact,
    host_id: str,
    starts_at: datetime,
    needs: Needs = NO_NEEDS,
    holder: str = "",
) -> VisitNotAllowed | None:
    """Return what a booking in person at that time would be refused with, or None."""
    if restriction_for(desk, contact) is None:
        return None
    own = Own(holder=stored_key(holder))
    return other_ways(desk, WantedTime(host_id, starts_at, MeetingMode.IN_PERSON, own, needs))


def refuse_visit(desk: Desk, work: UnitOfWork, contact: Contact, mode: MeetingMode | None) -> None:
    """Raise ``VisitNotAllowed`` for a meeting in person with somebody who may not come in."""
    if mode is MeetingMode.IN_PERSON and _in_force(desk, work, contact):
        raise VisitNotAllowed


def other_ways(desk: Desk, wanted: WantedTime) -> VisitNotAllowed:
    """Return the refusal with how they can meet at that time, or the nearest time they can."""
    host_id, start = wanted.host_id, wanted.starts_at
    with desk.unit_of_work(read_only=True) as work:
        diaries = open_diaries(desk, work.session, [host_id], needs=wanted.needs, own=wanted.own)
    then = diaries[host_id].opening(to_london(start).date(), starts=ANY_CELL)
    modes = next((_remote(slot).modes for slot in then if slot.starts_at == start), ())
    if modes:
        return VisitNotAllowed(modes)
    slots = (slot for slot in map(_remote, all_open(desk, diaries)) if slot.modes)
    return VisitNotAllowed(alternatives=nearest_to(slots, start, ALTERNATIVES))


def digests_of(desk: Desk, contact: Contact) -> Digests:
    """Return the digests by which a contact is known, however the number is written."""
    key, email = desk.keys.lookup, contact.email.strip().casefold()
    phone = normalise_phone(contact.phone)
    return Digests(
        phone=token_digest(key, "restricted phone", phone) if phone else None,
        email=token_digest(key, "restricted email", email) if email else None,
    )


def all_in_force(desk: Desk, work: UnitOfWork, contact: Contact) -> Sequence[VisitRestriction]:
    """Return every restriction in force for whoever this is, the one that ends last first."""
    known, today = digests_of(desk, contact), today_of(desk)
    theirs = or_(  # a null is never equal
        VisitRestriction.phone_digest == (known.phone or ""),
        VisitRestriction.email_digest == (known.email or ""),
    )
    live = VisitRestriction.lifted_at.is_(None), VisitRestriction.expires_on >= today
    longest_first = VisitRestriction.expires_on.desc(), VisitRestriction.id
    found = select(VisitRestriction).where(theirs, *live).order_by(*longest_first)
    return work.session.scalars(found).all()


def _in_force(desk: Desk, work: UnitOfWork, contact: Contact) -> VisitRestriction | None:
    return next(iter(all_in_force(desk, work, contact)), None)


def _remote(slot: Slot) -> Slot:
    return slot._replace(modes=tuple(mode for mode in slot.modes if mode in REMOTE))
