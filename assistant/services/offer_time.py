"""Offer a parent another time for a booked meeting, and keep it for them while they think."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import TimeOfferKind, TimeOfferState
from assistant.services.diaries import hours_of
from assistant.services.errors import NotHere
from assistant.services.host_time import find_slot, hold_cells, lock_host
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.meetings import changeable, subjects_of
from assistant.services.move_meeting import refusal, wanted_time
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of
from assistant.services.time_offer_mail import tell_of_offer
from assistant.services.time_offers import WAITING_LIST, holder_of, open_offers, withdraw_offers
from assistant.services.turns import stored_key
from assistant.services.visit_restrictions import refuse_visit
from assistant.services.who_may_read import meeting_for
from assistant.store.columns import new_id
from assistant.store.meeting_tables import Meeting, TimeOffer
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.services.host_time import Claim
    from assistant.store.unit_of_work import UnitOfWork

LEAST_TIME = timedelta(hours=1)
"""A parent gets at least this long to answer, else the time is not offered."""


@dataclass(frozen=True)
class _Request:
    key: str
    meeting_id: str
    starts_at: datetime
    kind: TimeOfferKind
    made_by: str


def offer_time(  # noqa: PLR0913 - an offer is what it is
    desk: Desk,
    *,
    meeting_id: str,
    starts_at: datetime,
    kind: TimeOfferKind,
    made_by: str,
    idempotency_key: str,
) -> str:
    """Hold ``starts_at`` (aware) for the meeting's parent, tell them, and return the offer's id.

    ``made_by`` is a staff id, or ``WAITING_LIST``. It is kept for the hours of the settings, never
    longer than the host's notice for the new time allows or than the meeting itself is away. A
    new proposal of staff takes the place of the one before; an earlier time that still waits for
    an answer stays, and its id is returned. A repeated key changes nothing.

    Raises:
        SlotTaken: the time is not free, or too close for an answer; the nearest ones come along.
        HostNotAllowed: the host may no longer host this matter.
        VisitNotAllowed: an earlier time in person, for a parent who may not come in. A proposal of
            staff is refused to the parent who takes it: its host may not know of the restriction.
        MeetingGone: it is cancelled, over, not there, or not for the eyes of ``made_by``.
    """
    request = _Request(stored_key(idempotency_key), meeting_id, starts_at, kind, made_by)
    try:
        return settled(partial(_offer, desk, request))
    except SlotTaken as taken:
        raise refusal(desk, meeting_id, starts_at) from taken


def _offer(desk: Desk, request: _Request) -> str:
    with desk.unit_of_work() as work:
        meeting = _locked(desk, work, request)
        before = _offered_before(work, request)
        if before is None:
            before = _make(desk, work, request, meeting)
            work.commit()
        return before


def _locked(desk: Desk, work: UnitOfWork, request: _Request) -> Meeting:
    meeting = work.session.get(Meeting, request.meeting_id, with_for_update=True)
    if meeting is None:
        raise MeetingGone
    if request.made_by != WAITING_LIST:
        try:
            meeting_for(desk, work, request.made_by, meeting.reference)
        except NotHere:
            raise MeetingGone from None
    return meeting


def _offered_before(work: UnitOfWork, request: _Request) -> str | None:
    same = select(TimeOffer.id).where(TimeOffer.idempotency_key == request.key)
    found = work.session.scalars(same).first()
    if found is None and request.kind is TimeOfferKind.EARLIER:
        waiting = open_offers(work, request.meeting_id, request.kind)
        return waiting[0].id if waiting else None
    return found


def _make(desk: Desk, work: UnitOfWork, request: _Request, meeting: Meeting) -> str:
    changeable(desk, meeting)
    lock_host(desk, work, meeting.host_id, subjects_of(work, meeting.id))
    withdraw_offers(desk, work, meeting.id, request.kind)
    wanted = wanted_time(work, meeting, request.starts_at)
    if request.kind is TimeOfferKind.EARLIER:
        refuse_visit(desk, work, contact_of(work, meeting), wanted.mode)
    claim = find_slot(desk, work, wanted)
    offer = _row(desk, request, claim, _lifetime(desk, work, request, meeting, claim))
    work.session.add(offer)
    hold_cells(desk, work, claim, holder_of(offer.id), until=offer.expires_at)
    _record(desk, work, meeting, offer)
    return offer.id


def _lifetime(
    desk: Desk, work: UnitOfWork, request: _Request, meeting: Meeting, claim: Claim
) -> timedelta:
    """Return how long the parent has; raises ``SlotTaken`` when that is too short to be fair."""
    rules = hours_of(desk, work.session, [meeting.host_id])[meeting.host_id].rules
    last = min(claim.starts_at - timedelta(hours=rules.notice_hours), meeting.starts_at)
    kept = {
        TimeOfferKind.EARLIER: desk.settings.waiting_offer_hours,
        TimeOfferKind.PROPOSED: desk.settings.proposal_hours,
    }
    long = min(timedelta(hours=kept[request.kind]), last - desk.clock.now())
    if long < LEAST_TIME:
        raise SlotTaken
    return long


def _row(desk: Desk, request: _Request, claim: Claim, long: timedelta) -> TimeOffer:
    return TimeOffer(
        id=new_id(),
        idempotency_key=request.key,
        meeting_id=request.meeting_id,
        kind=request.kind.value,
        state=TimeOfferState.OPEN.value,
        starts_at=claim.starts_at,
        ends_at=claim.ends_at,
        made_by=request.made_by,
        made_at=desk.clock.now(),
        expires_at=desk.machine_clock.now() + long,
    )


def _record(desk: Desk, work: UnitOfWork, meeting: Meeting, offer: TimeOffer) -> None:
    work.history.append(
        "meeting.time_offered",
        offer.made_by,
        MEETING,
        meeting.id,
        offer=offer.id,
        starts_at=offer.starts_at.isoformat(),
    )
    tell_of_offer(desk, work, meeting, contact_of(work, meeting), offer)
