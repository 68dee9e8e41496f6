"""Let a parent come in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.policy_steps import AppealDecision
from assistant.services.errors import NotHere
from assistant.services.visit_restrictions import RESTRICTION, require_decider
from assistant.store.meeting_tables import VisitRestriction
from assistant.store.policy_tables import UseRestriction

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


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
            lift(desk, work, row, staff_id, why)
            _end_uses(desk, work, row)
            work.commit()


def lift(desk: Desk, work: UnitOfWork, row: VisitRestriction, by: str, why: str) -> None:
    """End the restriction in the caller's transaction, decided by ``by`` (a staff id)."""
    row.lifted_at = desk.clock.now()
    work.history.append("visits.restriction_lifted", by, RESTRICTION, row.id, why=why)


def _end_uses(desk: Desk, work: UnitOfWork, row: VisitRestriction) -> None:
    """End what a case says of the same restriction."""
    same = UseRestriction.visit_id == row.id, UseRestriction.ended_at.is_(None)
    for use in work.session.scalars(select(UseRestriction).where(*same)):
        use.ended_at, use.ended_how = desk.clock.now(), AppealDecision.LIFTED.value
