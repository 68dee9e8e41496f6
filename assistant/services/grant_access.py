"""Let a colleague read a case, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.case_access import GRANTED, may_be_given
from assistant.services.case_mail import tell_reader
from assistant.services.change_access import AccessChange, carry_out, manageable
from assistant.services.errors import ReaderNotAllowed
from assistant.services.record_links import CASE
from assistant.store.tables import CaseAccess

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def grant_access(  # noqa: PLR0913 - who, what, to whom, why, and once
    desk: Desk, *, staff_id: str, reference: str, to: str, why: str, idempotency_key: str
) -> None:
    """Let ``to`` read the case; a repeated key, or a reader who is one already, changes nothing.

    Raises:
        NotHere: no such case for this person, or it is not theirs to share.
        ReaderNotAllowed: the wall or a recusal forbids it; never says which.
    """
    carry_out(
        desk,
        AccessChange("grant", staff_id, reference, to, why, idempotency_key),
        _grant,
        manageable,
    )


def _grant(desk: Desk, work: UnitOfWork, case: CaseFile, change: AccessChange) -> None:
    if not may_be_given(desk, work, case, change.who):
        raise ReaderNotAllowed
    if work.session.get(CaseAccess, (case.id, change.who)):
        return
    grant = CaseAccess(case_id=case.id, staff_id=change.who, why=GRANTED, granted_by=change.by)
    grant.granted_at = desk.clock.now()
    work.session.add(grant)
    work.history.append(
        "case.access_granted", change.by, CASE, case.id, who=change.who, why=change.why
    )
    tell_reader(desk, work, case, change.who, f"granted {change.own_key}")
