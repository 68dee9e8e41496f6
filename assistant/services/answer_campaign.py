"""Write one answer to the parents of all linked cases: each gets it on a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseStatus
from assistant.casework.statuses import FINISHED
from assistant.services.campaigns import linked_cases
from assistant.services.errors import NotPossibleNow
from assistant.services.who_may_read import case_for
from assistant.services.write_to_parent import write_to_parent

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assistant.services.desk import Desk


def answer_campaign(  # noqa: PLR0913 - who, to whom, what, and once
    desk: Desk,
    *,
    staff_id: str,
    reference: str,
    looked_at: AbstractSet[str],
    words: str,
    idempotency_key: str,
) -> tuple[str, ...]:
    """Put ``words`` on the page of every linked case that the person may read; return references.

    ``looked_at`` are the references that the person was shown: exactly these get it, or none. A
    case that is finished gets none. Sent again after a fault, it goes on with those that have not
    got it yet. No parent learns of another. The status of each case stays: closing it is a
    decision about that case.

    Raises ``NotHere``, ``TextTooLong``, and ``NotPossibleNow`` when nothing is linked, or other
    cases than were looked at.
    """
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        linked = linked_cases(desk, work, staff_id, case.id)
        references = [each.reference for each in linked if may_be_answered(each.status)]
    if not references or set(references) != looked_at:
        raise NotPossibleNow
    for each in references:
        letter = {"reference": each, "template": "", "words": words}
        write_to_parent(desk, staff_id=staff_id, **letter, idempotency_key=idempotency_key)
    return tuple(references)


def may_be_answered(status: str) -> bool:
    """Tell whether a linked case with this stored status gets the answer to all."""
    return CaseStatus(status) not in FINISHED
