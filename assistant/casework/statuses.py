"""Which status a case or a meeting may move to, and which dates a status keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseStatus, MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPEN = (
    CaseStatus.OUTCOME_SENT,
    CaseStatus.CLOSED,
    CaseStatus.REDIRECTED,
    CaseStatus.DIVERTED,
)

NEXT: Mapping[CaseStatus, tuple[CaseStatus, ...]] = {
    CaseStatus.RECEIVED: (CaseStatus.ACKNOWLEDGED, CaseStatus.INVESTIGATING, *_OPEN),
    CaseStatus.ACKNOWLEDGED: (CaseStatus.INVESTIGATING, *_OPEN),
    CaseStatus.INVESTIGATING: _OPEN,
    CaseStatus.OUTCOME_SENT: (CaseStatus.INVESTIGATING, CaseStatus.CLOSED, CaseStatus.DIVERTED),
    CaseStatus.ESCALATED: _OPEN,
    CaseStatus.CLOSED: (CaseStatus.INVESTIGATING,),
}
"""From each status, where staff may move it; withdrawing is the parent's own act."""

FINISHED = frozenset(
    {CaseStatus.CLOSED, CaseStatus.WITHDRAWN, CaseStatus.REDIRECTED, CaseStatus.DIVERTED}
)
"""Nothing is owed any more."""

MARKS = (MeetingStatus.ATTENDED, MeetingStatus.NOT_ATTENDED, MeetingStatus.PHONED)
"""How a meeting went; a wrong mark may be put right."""

AS_A_PARENT_READS = {
    MeetingStatus.BOOKED: "Booked",
    MeetingStatus.CANCELLED: "Cancelled",
    MeetingStatus.ATTENDED: "We met",
    MeetingStatus.NOT_ATTENDED: "We did not meet",
    MeetingStatus.PHONED: "We spoke by phone instead",
}
"""The same for the family: what was, and nobody's fault."""

KEEPS: Mapping[CaseStatus, frozenset[str]] = {
    CaseStatus.ACKNOWLEDGED: frozenset({"Acknowledge"}),
    CaseStatus.INVESTIGATING: frozenset({"Acknowledge"}),
    CaseStatus.OUTCOME_SENT: frozenset({"Acknowledge", "Reply"}),
    CaseStatus.CLOSED: frozenset({"Acknowledge", "Reply"}),
}
"""Names of the deadlines that are kept by reaching a status."""


def next_statuses(status: CaseStatus) -> tuple[CaseStatus, ...]:
    """Return where staff may move a case from here, in the order of the procedure."""
    return NEXT.get(status, ())


def marks_for(status: MeetingStatus, *, has_begun: bool) -> tuple[MeetingStatus, ...]:
    """Return what a meeting may be marked as: nothing before it began or once it is cancelled."""
    if not has_begun or status is MeetingStatus.CANCELLED:
        return ()
    return tuple(mark for mark in MARKS if mark is not status)
