"""Which status a case or a meeting may move to, and which dates a status keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseKind, CaseStatus, MeetingStatus

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Stage

RECEIVED, ACKNOWLEDGED, INVESTIGATING = (
    CaseStatus.RECEIVED,
    CaseStatus.ACKNOWLEDGED,
    CaseStatus.INVESTIGATING,
)
PAUSED, OUTCOME_SENT, ESCALATED = (
    CaseStatus.PAUSED,
    CaseStatus.OUTCOME_SENT,
    CaseStatus.ESCALATED,
)
CLOSED, REDIRECTED, DIVERTED = CaseStatus.CLOSED, CaseStatus.REDIRECTED, CaseStatus.DIVERTED

Moves = Mapping[CaseStatus, tuple[CaseStatus, ...]]
"""From each status, where staff may move a case; withdrawing is the parent's own act."""

_ENDS = (CLOSED, REDIRECTED, DIVERTED)
_ANSWERED = (OUTCOME_SENT, *_ENDS)

_SHORT: Moves = {
    RECEIVED: (ACKNOWLEDGED, *_ANSWERED),
    ACKNOWLEDGED: _ANSWERED,
    OUTCOME_SENT: (CLOSED, DIVERTED),
    CLOSED: (ACKNOWLEDGED,),
}
"""Heard and answered, with nothing to look into."""

_NEVER_STOPS: Moves = {
    RECEIVED: (ACKNOWLEDGED, INVESTIGATING, *_ANSWERED),
    ACKNOWLEDGED: (INVESTIGATING, *_ANSWERED),
    INVESTIGATING: _ANSWERED,
    OUTCOME_SENT: (INVESTIGATING, CLOSED, DIVERTED),
    CLOSED: (INVESTIGATING,),
}

_PAUSES: Moves = {
    RECEIVED: (ACKNOWLEDGED, INVESTIGATING, PAUSED, *_ANSWERED),
    ACKNOWLEDGED: (INVESTIGATING, PAUSED, *_ANSWERED),
    INVESTIGATING: (PAUSED, *_ANSWERED),
    PAUSED: _ENDS,
    OUTCOME_SENT: (INVESTIGATING, CLOSED, DIVERTED),
    CLOSED: (INVESTIGATING,),
}

_BY_STAGES: Moves = {
    **_PAUSES,
    OUTCOME_SENT: (INVESTIGATING, ESCALATED, CLOSED, DIVERTED),
    ESCALATED: (ACKNOWLEDGED, INVESTIGATING, PAUSED, *_ANSWERED),
    CLOSED: (INVESTIGATING, ESCALATED),
}

NEXT: Mapping[CaseKind, Moves] = {
    CaseKind.FEEDBACK: _SHORT,
    CaseKind.CALL_BACK: _SHORT,
    CaseKind.CONCERN: _BY_STAGES,
    CaseKind.COMPLAINT: _BY_STAGES,
    CaseKind.DATA_PROTECTION: _NEVER_STOPS,
    CaseKind.DATA_COMPLAINT: _NEVER_STOPS,
    CaseKind.SOCIAL_MEDIA: _PAUSES,
}
"""The procedure of each kind of case. A paused case also goes back to where it stood."""

NEEDS_MORE = frozenset({PAUSED, ESCALATED, REDIRECTED})
"""Moves that need more than a reason: a review date, the next stage, another route."""

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


def next_statuses(kind: CaseKind, status: CaseStatus) -> tuple[CaseStatus, ...]:
    """Return where staff may move a case of ``kind`` from here, in the order of the procedure."""
    return NEXT[kind].get(status, ())


def plain_statuses(kind: CaseKind, status: CaseStatus) -> tuple[CaseStatus, ...]:
    """Return those of them that need a reason and nothing else."""
    return tuple(each for each in next_statuses(kind, status) if each not in NEEDS_MORE)


def goes_on(kind: CaseKind, school: School, stage: Stage) -> bool:
    """Tell whether a parent whose case of ``kind`` is at ``stage`` may ask for a further one."""
    by_stages = ESCALATED in NEXT[kind].get(OUTCOME_SENT, ())
    return by_stages and school.stage_after(stage) is not None


def marks_for(status: MeetingStatus, *, has_begun: bool) -> tuple[MeetingStatus, ...]:
    """Return what a meeting may be marked as: nothing before it began or once it is cancelled."""
    if not has_begun or status is MeetingStatus.CANCELLED:
        return ()
    return tuple(mark for mark in MARKS if mark is not status)
