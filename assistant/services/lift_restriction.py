"""Let a parent come in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import NotHere
from assistant.services.visit_restrictions import RESTRICTION, require_decider
from assistant.store.meeting_tables import VisitRestriction

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def lift_restriction(desk: Desk, *, staff_id: str, restriction_id: str, why: str = "") -> None:
    """End the restriction now; one that is lifted already stays as it is.

    Raises ``NotTheirsToDecide``, and ``NotHere`` for an id that is not known.
    """
    require_decider(desk, staff_id)
    with desk.unit_of_work() as work:
        row = work.session.get(VisitRestriction, restriction_id, with_for_update=True)
        if row is None:
            raise NotHere
        if row.lifted_at is None:
            row.lifted_at = desk.clock.now()
            work.history.append("visits.restriction_lifted", staff_id, RESTRICTION, row.id, why=why)
            work.commit()
