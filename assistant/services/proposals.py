"""The other times that staff proposed and parents have not answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import TimeOfferKind, TimeOfferState
from assistant.services.desk_shapes import Proposal
from assistant.services.time_offers import ends_at, is_live
from assistant.store.meeting_tables import TimeOffer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def open_proposals(
    desk: Desk, work: UnitOfWork, meeting_ids: Iterable[str]
) -> Mapping[str, Proposal]:
    """Return by meeting what waits for its parent's answer, read in one go."""
    mine = select(TimeOffer).where(
        TimeOffer.meeting_id.in_(list(meeting_ids)),
        TimeOffer.kind == TimeOfferKind.PROPOSED.value,
        TimeOffer.state == TimeOfferState.OPEN.value,
    )
    offers = work.session.scalars(mine).all()
    return {
        offer.meeting_id: Proposal(offer.starts_at, offer.ends_at, ends_at(desk, offer))
        for offer in offers
        if is_live(desk, offer)
    }
