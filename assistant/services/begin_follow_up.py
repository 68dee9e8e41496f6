"""Begin a social media follow-up from a case that tells of a post.

The chat opens none by itself: nothing that a parent says there goes to anybody before they say
so, and a parent who tells of a post is not reported for it. Staff who read of one in a complaint
or a call-back begin the follow-up here, beside that case, which goes on as it was. A post that
somebody else told the school of is taken down at the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import CaseKind, CaseWay, Channel
from assistant.services.case_access import subjects_of
from assistant.services.open_case import open_case
from assistant.services.record_links import CASE
from assistant.services.records import child_of, contact_of, needs_of
from assistant.services.who_may_read import case_for
from assistant.store.tables import RecordLink

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt, Child, Contact, Needs
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Origin:
    """What the follow-up takes over: the parent, the child, the wall and the conversation."""

    contact: Contact
    child: Child
    needs: Needs
    subjects: frozenset[str]
    conversation_id: str | None


def begin_follow_up(
    desk: Desk, *, staff_id: str, reference: str, words: str, idempotency_key: str
) -> CaseReceipt:
    """Open the follow-up and return its receipt; a repeated key opens nothing.

    ``words`` say what was posted and where; the parent can read them. Whoever begins it reads it
    only if the route and the wall let them. Raises ``NotHere`` for a case that is not theirs.
    """
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        origin = _Origin(
            contact_of(work, case),
            child_of(work, case),
            needs_of(work, case),
            subjects_of(work, case.id),
            _conversation(work, case.id),
        )
    return open_case(
        desk,
        idempotency_key=f"follow-up:{case.id}:{staff_id}:{idempotency_key}",
        conversation_id=origin.conversation_id,
        kind=CaseKind.SOCIAL_MEDIA,
        channel=Channel.POLICY,
        statement=words,
        outcome_wanted="",
        contact=origin.contact,
        child=origin.child,
        needs=origin.needs,
        subjects=origin.subjects,
        taken_by=staff_id,
        way=CaseWay.ANOTHER_CASE.value,
    )


def _conversation(work: UnitOfWork, case_id: str) -> str | None:
    """Return the conversation that the case came from, the first if it was unlocked in others."""
    mine = RecordLink.record_kind == CASE, RecordLink.record_id == case_id
    links = select(RecordLink.conversation_id).where(*mine).order_by(RecordLink.linked_at)
    return work.session.scalars(links.limit(1)).first()
