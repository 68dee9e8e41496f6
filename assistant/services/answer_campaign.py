"""Write one answer to the parents of all linked cases: each gets it on a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.campaigns import linked_cases
from assistant.services.errors import NotPossibleNow
from assistant.services.who_may_read import case_for
from assistant.services.write_to_parent import write_to_parent

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def answer_campaign(
    desk: Desk, *, staff_id: str, reference: str, words: str, idempotency_key: str
) -> tuple[str, ...]:
    """Put ``words`` on the page of every linked case that the person may read; return references.

    Sent again after a fault, it goes on with those that have not got it yet. No parent learns of
    another. The status of each case stays: closing it is a decision about that case.

    Raises ``NotHere``, ``TextTooLong``, and ``NotPossibleNow`` when nothing is linked.
    """
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        references = [each.reference for each in linked_cases(desk, work, staff_id, case.id)]
    if not references:
        raise NotPossibleNow
    for each in references:
        letter = {"reference": each, "template": "", "words": words}
        write_to_parent(desk, staff_id=staff_id, **letter, idempotency_key=idempotency_key)
    return tuple(references)
