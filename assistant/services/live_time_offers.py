"""Which other times wait for a parent's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import TimeOfferState
from assistant.services.shapes import TimeOfferView
from assistant.services.time_offers import ends_at, is_live
from assistant.store.meeting_tables import TimeOffer

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def live_time_offers(desk: Desk, meeting_id: str) -> tuple[TimeOfferView, ...]:
    """Return the offers of the meeting that may still be answered, the earliest time first."""
    mine = select(TimeOffer).where(
        TimeOffer.meeting_id == meeting_id, TimeOffer.state == TimeOfferState.OPEN.value
    )
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(mine.order_by(TimeOffer.starts_at, TimeOffer.id)).all()
    return tuple(_view(desk, row) for row in rows if is_live(desk, row))


def _view(desk: Desk, row: TimeOffer) -> TimeOfferView:
    return TimeOfferView(row.id, row.kind, row.starts_at, row.ends_at, ends_at(desk, row))
