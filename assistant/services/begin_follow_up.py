"""Begin a social media follow-up from a case that tells of a post.

The chat opens none by itself: nothing that a parent says there goes to anybody before they say
so, and a parent who tells of a post is not reported for it. Staff who read of one in a complaint
or a call-back begin the follow-up here, beside that case, which goes on as it was. A post that
somebody else told the school of is taken down at the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from assistant.casework.kinds import CaseKind, CaseWay, Channel
from assistant.services.case_access import recused_ids, subjects_of
from assistant.services.open_case import open_case
from assistant.services.record_links import CASE, conversation_of
from assistant.services.records import child_of, contact_of, needs_of
from assistant.services.who_is_meant import people_in_words
from assistant.services.who_may_read import case_for

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt, Child, Contact, Needs
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def begin_follow_up(
    desk: Desk, *, staff_id: str, reference: str, words: str, idempotency_key: str
) -> CaseReceipt:
    """Open the follow-up and return its receipt; a repeated key opens nothing.

    ``words`` say what was posted and where; the parent can read them. It is about whom they name
    and whom the case is about, and closed to who stepped back from that. Whoever begins it reads
    it only if the route and the wall let them. Raises ``NotHere`` for a case that is not theirs.
    """
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        taken_over = _taken_over(work, case)
        subjects = subjects_of(work, case.id)
    return open_case(
        desk,
        idempotency_key=f"follow-up:{case.id}:{staff_id}:{idempotency_key}",
        kind=CaseKind.SOCIAL_MEDIA,
        channel=Channel.POLICY,
        statement=words,
        outcome_wanted="",
        subjects=subjects | people_in_words(desk, words),
        taken_by=staff_id,
        way=CaseWay.ANOTHER_CASE.value,
        **taken_over,
    )


class _TakenOver(TypedDict):
    contact: Contact
    child: Child
    needs: Needs
    recused: frozenset[str]
    conversation_id: str | None


def _taken_over(work: UnitOfWork, case: CaseFile) -> _TakenOver:
    return {
        "contact": contact_of(work, case),
        "child": child_of(work, case),
        "needs": needs_of(work, case),
        "recused": recused_ids(work, case.id),
        "conversation_id": conversation_of(work, CASE, case.id),
    }
