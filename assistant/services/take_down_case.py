"""Take down a case for a parent who phones, writes or walks in: the same record, the same wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseKind, CaseWay, Channel
from assistant.services.open_case import open_case
from assistant.services.shapes import NO_NEEDS

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt, Child, Contact

CHANNELS = {
    CaseKind.COMPLAINT: Channel.COMPLAINT,
    CaseKind.DATA_PROTECTION: Channel.STATUTORY,
    CaseKind.DATA_COMPLAINT: Channel.STATUTORY,
    CaseKind.SOCIAL_MEDIA: Channel.POLICY,
}


def take_down_case(  # noqa: PLR0913 - a case is what it is
    desk: Desk,
    *,
    staff_id: str,
    way: CaseWay,
    kind: CaseKind,
    statement: str,
    outcome_wanted: str,
    contact: Contact,
    child: Child,
    subjects: frozenset[str],
    idempotency_key: str,
) -> CaseReceipt:
    """Open the case and return its receipt, to be read out to the parent.

    Whoever takes it down reads it afterwards only if the route and the wall let them.
    """
    return open_case(
        desk,
        idempotency_key=f"taken down:{staff_id}:{idempotency_key}",
        conversation_id=None,
        kind=kind,
        channel=CHANNELS.get(kind, Channel.STAFF),
        statement=statement,
        outcome_wanted=outcome_wanted,
        contact=contact,
        child=child,
        needs=NO_NEEDS,
        subjects=subjects,
        taken_by=staff_id,
        way=way.value,
    )
