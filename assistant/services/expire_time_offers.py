"""End the offers of another time that nobody answered, and free their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import TimeOfferState
from assistant.services.time_offer_mail import tell_of_answer
from assistant.services.time_offers import SYSTEM, settle
from assistant.store.meeting_tables import Meeting, TimeOffer

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def expire_time_offers(desk: Desk) -> int:
    """Settle every offer whose time to answer is over; return how many."""
    over = select(TimeOffer).where(
        TimeOffer.state == TimeOfferState.OPEN.value,
        TimeOffer.expires_at <= desk.machine_clock.now(),
    )
    with desk.unit_of_work() as work:
        offers = work.session.scalars(over.with_for_update(skip_locked=True)).all()
        for offer in offers:
            settle(desk, work, offer, TimeOfferState.EXPIRED, SYSTEM)
            meeting = work.session.get_one(Meeting, offer.meeting_id)
            tell_of_answer(desk, work, meeting, offer)
        if offers:
            work.commit()
    return len(offers)
