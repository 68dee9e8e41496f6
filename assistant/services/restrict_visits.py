"""Ask a parent not to come in for a while; phone and video stay open to them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.services.turns import stored_key
from assistant.services.visit_restrictions import (
    RESTRICTION,
    RestrictionUnclear,
    digests_of,
    require_decider,
)
from assistant.store.meeting_tables import VisitRestriction
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.unit_of_work import UnitOfWork

ROW_ID_DIGITS = 32


@dataclass(frozen=True)
class VisitDecision:
    """Who asks which parent not to come in, why, and until when; once per ``id``."""

    id: str
    staff_id: str
    contact: Contact
    reason: str
    expires_on: date
    case_id: str | None = None


def restrict_visits(  # noqa: PLR0913 - who, whom, why, how long, and once
    desk: Desk,
    *,
    staff_id: str,
    contact: Contact,
    reason: str,
    expires_on: date,
    idempotency_key: str,
) -> str:
    """Record the decision of ``staff_id`` and return its id; a repeated key changes nothing.

    ``expires_on`` is the last day on which it holds. Meetings that are booked stay booked.

    Raises:
        NotTheirsToDecide: neither headteacher, deputy nor clerk.
        RestrictionUnclear: no reason, no end to come, or no phone number or e-mail address.
    """
    require_decider(desk, staff_id)
    decision_id = stored_key(f"restrict|{staff_id}|{idempotency_key}")[:ROW_ID_DIGITS]
    decision = VisitDecision(decision_id, staff_id, contact, reason.strip(), expires_on)
    return settled(partial(_restrict, desk, decision))


def _restrict(desk: Desk, decision: VisitDecision) -> str:
    with desk.unit_of_work() as work:
        if work.session.get(VisitRestriction, decision.id) is None:
            put_restriction(desk, work, decision)
            work.commit()
    return decision.id


def put_restriction(desk: Desk, work: UnitOfWork, decision: VisitDecision) -> None:
    """Write the restriction in the caller's transaction; raises ``RestrictionUnclear``."""
    row = _row(desk, decision)
    work.seal_json(row, "person", asdict(decision.contact))
    work.seal(row, "reason", decision.reason)
    work.session.add(row)
    work.session.flush()  # other rows refer to it
    until = decision.expires_on.isoformat()
    work.history.append("visits.restricted", decision.staff_id, RESTRICTION, row.id, until=until)


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
