"""Ask a parent not to come in for a while, and let them in again; phone and video stay open.

In the transaction of whoever decides it over a case: see ``restrict_use``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.services.visit_restrictions import (
    RESTRICTION,
    RestrictionUnclear,
    digests_of,
)
from assistant.store.meeting_tables import VisitRestriction

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class VisitDecision:
    """Who asks which parent not to come in, why, and until when; once per ``id``."""

    id: str
    staff_id: str
    contact: Contact
    reason: str
    expires_on: date
    case_id: str | None


def put_restriction(desk: Desk, work: UnitOfWork, decision: VisitDecision) -> None:
    """Write the restriction in the caller's transaction; raises ``RestrictionUnclear``."""
    row = _row(desk, decision)
    work.seal_json(row, "person", asdict(decision.contact))
    work.seal(row, "reason", decision.reason)
    work.session.add(row)
    work.session.flush()  # other rows refer to it
    until = decision.expires_on.isoformat()
    work.history.append("visits.restricted", decision.staff_id, RESTRICTION, row.id, until=until)


def lift(desk: Desk, work: UnitOfWork, row: VisitRestriction, by: str, why: str) -> None:
    """End the restriction in the caller's transaction, decided by ``by`` (a staff id)."""
    row.lifted_at = desk.clock.now()
    work.history.append("visits.restriction_lifted", by, RESTRICTION, row.id, why=why)


def _row(desk: Desk, decision: VisitDecision) -> VisitRestriction:
    now, known = desk.clock.now(), digests_of(desk, decision.contact)
    unknown = known.phone is None and known.email is None
    if not decision.reason or unknown or decision.expires_on < to_london(now).date():
        raise RestrictionUnclear
    return VisitRestriction(
        id=decision.id,
        case_id=decision.case_id,
        phone_digest=known.phone,
        email_digest=known.email,
        decided_by=decision.staff_id,
        decided_at=now,
        expires_on=decision.expires_on,
    )
