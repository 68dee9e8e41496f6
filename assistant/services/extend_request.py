"""Give a complex request for personal data up to two months more, once, and tell the person why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.deadlines import Deadline, extended
from assistant.casework.kinds import CaseKind, ClockType
from assistant.services.case_dates import REPLY, open_dates, today_of
from assistant.services.case_step import Step, take_step
from assistant.services.errors import NotPossibleNow
from assistant.services.record_links import CASE
from assistant.services.timeline import EXTENDED
from assistant.services.write_to_parent import Draft, keep_letter

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseDeadline, CaseFile
    from assistant.store.unit_of_work import UnitOfWork

MONTHS = 2
"""UK GDPR art. 12(3)."""


def extend_request(
    desk: Desk, *, staff_id: str, reference: str, why: str, idempotency_key: str
) -> None:
    """Move the reply of a data protection request on; ``why`` is on the person's page as well.

    Raises what ``take_step`` raises; ``NotPossibleNow`` for another kind of case, after its day,
    and a second time.
    """

    def change(work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        row = reply_to_extend(desk, work, case)
        if row is None:
            raise NotPossibleNow
        due = Deadline(row.name, row.due_on, ClockType(row.clock), row.days, row.sum)
        moved = extended(due, MONTHS, today_of(desk))
        row.due_on, row.sum = moved.due_on, moved.sum
        words = (
            f"We need more time for your request. You will have our answer by "
            f"{moved.due_on:%A} {moved.due_on.day} {moved.due_on:%B %Y}.\n\nWhy: {why}"
        )
        letter = keep_letter(desk, work, case, Draft(staff_id, "", words, "extended"))
        return {"until": moved.due_on.isoformat(), "letter": letter.id}

    take_step(desk, Step(staff_id, reference, idempotency_key, why, "extend", EXTENDED), change)


def reply_to_extend(desk: Desk, work: UnitOfWork, case: CaseFile) -> CaseDeadline | None:
    """Return the date that may still be extended, None where none may."""
    if CaseKind(case.kind) is not CaseKind.DATA_PROTECTION:
        return None
    if any(event.kind == EXTENDED for event in work.events_of(CASE, case.id)):
        return None
    owed = (row for row in open_dates(work, case) if row.name == REPLY)
    return next((row for row in owed if row.due_on >= today_of(desk)), None)
