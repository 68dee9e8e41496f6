"""Step back from a case: it closes at once, and the next handler is found through the wall.

Somebody else hears an appeal over it that waited for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.appeal_restriction import renew_judges
from assistant.services.case_access import RECUSED, Ending, end_access, find_handler
from assistant.services.case_mail import tell_news
from assistant.services.change_access import AccessChange, carry_out, readable
from assistant.services.record_links import CASE

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def recuse(desk: Desk, *, staff_id: str, reference: str, why: str, idempotency_key: str) -> None:
    """End one's own grant for good; raises ``NotHere`` for a case one may not read."""
    change = AccessChange("recuse", staff_id, reference, staff_id, why, idempotency_key)
    carry_out(desk, change, _recuse, readable)


def _recuse(desk: Desk, work: UnitOfWork, case: CaseFile, change: AccessChange) -> None:
    end_access(desk, work, case, Ending(change.by, change.by, RECUSED))
    if case.handler_id == change.by:
        find_handler(desk, work, case, f"recused {change.own_key}")
        tell_news(desk, work, case, f"recused {change.own_key}")
    renew_judges(desk, work, case)
    work.history.append("case.recused", change.by, CASE, case.id, why=change.why)
