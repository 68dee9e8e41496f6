"""Give the meetings of somebody who leaves to other hosts, each of them whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.references import normalise_reference
from assistant.casework.taking_over import may_reassign
from assistant.services.change_host import Handing, change_host, handed_of
from assistant.services.desk_rows import who
from assistant.services.desk_shapes import Reassigned
from assistant.services.errors import NotHere, ServiceError
from assistant.services.requests import already_done, mark_done
from assistant.store.meeting_tables import Meeting
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

REASSIGN = "reassign"


@dataclass(frozen=True)
class _Step:
    reference: str
    handing: Handing
    key: str


def reassign_meetings(
    desk: Desk, *, staff_id: str, choices: Mapping[str, str], why: str, idempotency_key: str
) -> tuple[Reassigned, ...]:
    """Hand each meeting (a reference) to the colleague (a staff id) who was chosen for it.

    One transaction a meeting, soonest first by the order of ``choices``; one that cannot be placed
    says why and leaves the others alone. A repeated key changes nothing. A meeting that this
    person may not reassign gets the answer of a missing one.
    """
    steps = (
        _Step(reference, Handing(to, staff_id, why), f"{staff_id}|{idempotency_key}")
        for reference, to in choices.items()
    )
    return tuple(_outcome(desk, step) for step in steps)


def _outcome(desk: Desk, step: _Step) -> Reassigned:
    try:
        starts_at = settled(partial(_reassign, desk, step))
    except ServiceError as refusal:
        return Reassigned(step.reference, None, "", str(refusal))
    return Reassigned(step.reference, starts_at, who(desk, step.handing.to), "")


def _reassign(desk: Desk, step: _Step) -> datetime:
    with desk.unit_of_work() as work:
        same = Meeting.reference == (normalise_reference(step.reference) or "")
        meeting = work.session.scalars(select(Meeting).where(same).with_for_update()).first()
        if meeting is None:
            raise NotHere
        if not already_done(work, REASSIGN, meeting.id, step.key):
            _hand_on(desk, work, meeting, step)
        return meeting.starts_at


def _hand_on(desk: Desk, work: UnitOfWork, meeting: Meeting, step: _Step) -> None:
    if not may_reassign(desk.school, step.handing.by, handed_of(work, meeting)):
        raise NotHere
    change_host(desk, work, meeting, step.handing)
    mark_done(desk, work, REASSIGN, meeting.id, step.key)
    work.commit()
