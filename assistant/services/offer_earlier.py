"""Offer times that came free to the parents who wait for them: one by one, the first first.

Each offer is a transaction of its own, and its cells can be held only once, so that however many
processes go their rounds, and wherever one of them dies, no time is offered to two.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.earlier import news
from assistant.casework.kinds import MeetingStatus, TimeOfferKind, TimeOfferState
from assistant.services.earlier_times import earlier_times
from assistant.services.meeting_errors import HostNotAllowed, MeetingGone, SlotTaken
from assistant.services.offer_time import offer_time
from assistant.services.time_offers import WAITING_LIST
from assistant.store.meeting_tables import Meeting, TimeOffer, WaitingPlace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def offer_earlier(desk: Desk) -> int:
    """Offer what came free to whoever waits for it; return how many offers were made.

    Nobody has two offers at once, and nobody is asked twice about the same day.
    """
    return sum(_serve(desk, meeting_id) for meeting_id in _waiting(desk))


def _waiting(desk: Desk) -> Sequence[str]:
    asked = select(TimeOffer.meeting_id).where(
        TimeOffer.kind == TimeOfferKind.EARLIER.value,
        TimeOffer.state == TimeOfferState.OPEN.value,
    )
    mine = (
        select(WaitingPlace.meeting_id)
        .join(Meeting, Meeting.id == WaitingPlace.meeting_id)
        .where(Meeting.status == MeetingStatus.BOOKED.value)
        .where(Meeting.starts_at > desk.clock.now())
        .where(WaitingPlace.meeting_id.not_in(asked))
        .order_by(WaitingPlace.asked_at, WaitingPlace.meeting_id)
    )
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalars(mine).all()


def _serve(desk: Desk, meeting_id: str) -> bool:
    """Offer the parent the soonest time that is news to them; tell whether there was one."""
    starts_at = _soonest(desk, meeting_id)
    if starts_at is None:
        return False
    try:
        offer_time(
            desk,
            meeting_id=meeting_id,
            starts_at=starts_at,
            kind=TimeOfferKind.EARLIER,
            made_by=WAITING_LIST,
            idempotency_key=f"earlier|{meeting_id}|{starts_at.isoformat()}",
        )
    except (SlotTaken, HostNotAllowed, MeetingGone):
        return False  # somebody was quicker; the next round looks again
    return True


def _soonest(desk: Desk, meeting_id: str) -> datetime | None:
    with desk.unit_of_work(read_only=True) as work:
        place = work.session.get(WaitingPlace, meeting_id)
        if place is None:
            return None
        meeting = work.session.get_one(Meeting, meeting_id)
        passed_by = {datetime.fromisoformat(start) for start in place.passed_by}
        slots = news(earlier_times(desk, work, meeting), passed_by, _asked_on(work, meeting_id))
        return next((slot.starts_at for slot in slots), None)


def _asked_on(work: UnitOfWork, meeting_id: str) -> frozenset[date]:
    offered = select(TimeOffer.starts_at).where(
        TimeOffer.meeting_id == meeting_id, TimeOffer.kind == TimeOfferKind.EARLIER.value
    )
    return frozenset(to_london(start).date() for start in work.session.scalars(offered))
