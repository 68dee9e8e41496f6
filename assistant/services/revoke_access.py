"""Take a colleague's reading of a case away again; the trace of it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.appeal_restriction import hears_appeal
from assistant.services.case_access import REVOKED, Ending, end_access
from assistant.services.change_access import AccessChange, carry_out, manageable
from assistant.services.errors import NotPossibleNow
from assistant.services.record_links import CASE
from assistant.store.tables import CaseAccess

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def revoke_access(  # noqa: PLR0913 - who, what, from whom, why, and once
    desk: Desk, *, staff_id: str, reference: str, of: str, why: str, idempotency_key: str
) -> None:
    """End the grant of ``of``; a repeated key changes nothing.

    Raises:
        NotHere: no such case for this person, or it is not theirs to share.
        NotPossibleNow: they have no grant; or they handle the case: hand it over instead; or they
            hear an appeal over it, which nobody stops by taking the case from them.
    """
    change = AccessChange("revoke", staff_id, reference, of, why, idempotency_key)
    carry_out(desk, change, _revoke, manageable)


def _revoke(desk: Desk, work: UnitOfWork, case: CaseFile, change: AccessChange) -> None:
    grant = work.session.get(CaseAccess, (case.id, change.who))
    if grant is None or case.handler_id == change.who or hears_appeal(desk, work, case, change.who):
        raise NotPossibleNow
    end_access(desk, work, case, Ending(change.who, change.by, REVOKED))
    work.history.append(
        "case.access_revoked", change.by, CASE, case.id, who=change.who, why=change.why
    )
