"""Where somebody is signed in, and how they end it from afar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.errors import NotHere
from assistant.services.sessions import (
    STAFF,
    end_sessions,
    end_ways_in,
    has_ended,
    hold_person,
    session_digest,
    session_handle,
)
from assistant.store.tables import DeskSession

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SessionRow:
    """A running session; ``handle`` ends it and opens nothing, ``is_this`` is the reader's own."""

    handle: str
    device: str
    way: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def list_sessions(desk: Desk, *, staff_id: str, session: str) -> tuple[SessionRow, ...]:
    """Return where the person is signed in, this session first, then the latest seen."""
    with desk.unit_of_work(read_only=True) as work:
        running = _running(desk, work, staff_id)
    digest = session_digest(desk, session)
    rows = [
        SessionRow(
            session_handle(desk, each),
            each.device,
            each.way,
            each.started_at,
            each.seen_at,
            each.token_digest == digest,
        )
        for each in running
    ]
    return tuple(sorted(rows, key=lambda row: not row.is_this))


def end_session(desk: Desk, *, staff_id: str, handle: str) -> None:
    """End one session of the person's; raises ``NotHere`` when there is none of that handle."""
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        mine = _running(desk, work, staff_id)
        found = next((each for each in mine if session_handle(desk, each) == handle), None)
        if found is None:
            raise NotHere
        work.session.delete(found)
        work.history.append("session.ended", staff_id, STAFF, staff_id, device=found.device)
        work.commit()


def end_all_sessions(desk: Desk, *, staff_id: str) -> None:
    """Sign out everywhere: every session, this one too, and what is half done."""
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        ended = end_sessions(work, staff_id)
        end_ways_in(work, staff_id)
        work.history.append("sessions.ended", staff_id, STAFF, staff_id, number=ended)
        work.commit()


def _running(desk: Desk, work: UnitOfWork, staff_id: str) -> list[DeskSession]:
    latest = DeskSession.seen_at.desc()
    mine = select(DeskSession).where(DeskSession.staff_id == staff_id).order_by(latest)
    return [each for each in work.session.scalars(mine) if not has_ended(desk, each)]
