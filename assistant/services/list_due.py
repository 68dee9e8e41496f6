"""List what waits for one person: alerts, meetings that are near, and the cases due soonest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import structlog
from sqlalchemy import or_, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolIsFull

from assistant.casework.kinds import MeetingStatus, TimeOfferState
from assistant.services.case_lists import CasePage, list_cases
from assistant.services.dead_letters import count_alert_letters, count_case_letters
from assistant.services.desk_rows import meeting_rows
from assistant.services.list_alerts import list_alerts
from assistant.services.seen_records import meeting_is_open_to
from assistant.store.meeting_tables import Meeting, TimeOffer

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import AlertRow, MeetingRow

Found = TypeVar("Found")

log = structlog.get_logger()

AHEAD = timedelta(days=9)
"""Meetings that start later wait for nobody yet; the page shows a week of whole days."""


@dataclass(frozen=True)
class DueList:
    """What waits: the first page of open cases, meetings (earliest first), alerts not closed.

    ``alerts`` is None while their database is away, which keeps nobody from their cases.
    ``dead_letters`` counts the messages that could not be delivered, without those of alerts then.
    """

    cases: CasePage
    meetings: tuple[MeetingRow, ...]
    alerts: tuple[AlertRow, ...] | None
    dead_letters: int


def list_due(desk: Desk, staff_id: str) -> DueList:
    """Return what the person has to do next; nothing else exists for them."""
    alerts = _of_alerts(lambda: list_alerts(desk, staff_id, closed=False))
    dead = _of_alerts(lambda: count_alert_letters(desk, staff_id)) if alerts is not None else None
    dead = (dead or 0) + count_case_letters(desk, staff_id)
    return DueList(list_cases(desk, staff_id), _meetings(desk, staff_id), alerts, dead)


def _of_alerts(look: Callable[[], Found]) -> Found | None:
    """Return what is found in the alerts database, None while it is away."""
    try:
        return look()
    except (DatabaseError, PoolIsFull) as problem:
        log.warning("alerts_not_listed", error=type(problem).__name__)
        return None


def _meetings(desk: Desk, staff_id: str) -> tuple[MeetingRow, ...]:
    asked = select(TimeOffer.meeting_id).where(TimeOffer.state == TimeOfferState.OPEN.value)
    near = or_(Meeting.starts_at < desk.clock.now() + AHEAD, Meeting.id.in_(asked))
    waiting = select(Meeting).where(
        Meeting.status == MeetingStatus.BOOKED.value,
        near,
        meeting_is_open_to(desk.school, staff_id),
    )
    with desk.unit_of_work(read_only=True) as work:
        found = work.session.scalars(waiting.order_by(Meeting.starts_at, Meeting.id)).all()
        return meeting_rows(desk, work, found)
