"""Other times offered for a meeting, as rows and held cells; shared by the services around them.

The cells of an offer are held under ``offer:<id>`` until it expires, by the machine's clock as
every hold does: the school's clock may stand still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import TimeOfferKind, TimeOfferState
from assistant.services.diaries import OFFER
from assistant.services.host_time import release_hold
from assistant.services.record_links import MEETING
from assistant.store.meeting_tables import TimeOffer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

WAITING_LIST = "waiting list"
"""Who makes the offers that no member of staff makes."""

SYSTEM = "schoolgate"


def holder_of(offer_id: str) -> str:
    """Return the holder of an offer's cells."""
    return OFFER + offer_id


def is_live(desk: Desk, offer: TimeOffer) -> bool:
    """Tell whether the parent may still answer."""
    waits = offer.state == TimeOfferState.OPEN.value
    return waits and offer.expires_at > desk.machine_clock.now()


def ends_at(desk: Desk, offer: TimeOffer) -> datetime:
    """Return by the school's clock when the offer ends; it is kept by the machine's."""
    return desk.clock.now() + (offer.expires_at - desk.machine_clock.now())


def open_offers(
    work: UnitOfWork, meeting_id: str, kind: TimeOfferKind | None = None
) -> Sequence[TimeOffer]:
    """Return the offers of a meeting that nobody has settled, locked until the transaction ends."""
    mine = select(TimeOffer).where(
        TimeOffer.meeting_id == meeting_id, TimeOffer.state == TimeOfferState.OPEN.value
    )
    if kind:
        mine = mine.where(TimeOffer.kind == kind.value)
    return work.session.scalars(mine.order_by(TimeOffer.id).with_for_update()).all()


def settle(
    desk: Desk, work: UnitOfWork, offer: TimeOffer, state: TimeOfferState, actor: str
) -> None:
    """Give the offer its last state, free its time, and write that down."""
    offer.state, offer.settled_at = state.value, desk.clock.now()
    release_hold(work, holder_of(offer.id))
    work.history.append(
        f"meeting.time_{state.value}", actor, MEETING, offer.meeting_id, offer=offer.id
    )


def withdraw_offers(
    desk: Desk, work: UnitOfWork, meeting_id: str, kind: TimeOfferKind | None = None
) -> None:
    """Take back every open offer of the meeting, or those of one kind."""
    for offer in open_offers(work, meeting_id, kind):
        settle(desk, work, offer, TimeOfferState.WITHDRAWN, SYSTEM)
