"""Who is here for chats, as rows; shared by the services of duty and of talks with a person.

Being here ends by itself: at the hour that was said, at closing time, with the desk session, and
two minutes after the last sign of life. Nothing has to be written for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select

from assistant.casework.duty import NO_SIGN_OF_LIFE, barred_from, duty_label, may_be_on_duty
from assistant.services.sessions import idle_since, oldest_start
from assistant.store.live_tables import OnDuty
from assistant.store.tables import DeskSession, Staff

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Attendant:
    """Somebody who is here for chats, as a parent reads them, and until when (aware UTC)."""

    staff_id: str
    label: str
    until: datetime


def session_runs(
    desk: Desk, digest: InstrumentedAttribute[str] | str, staff_id: InstrumentedAttribute[str] | str
) -> ColumnElement[bool]:
    """Return the condition that the desk session has not ended, and its person is still here."""
    return exists().where(
        DeskSession.token_digest == digest,
        DeskSession.staff_id == staff_id,
        DeskSession.seen_at >= idle_since(desk),
        DeskSession.started_at >= oldest_start(desk),
        Staff.id == DeskSession.staff_id,
        Staff.active,
    )


def is_here(desk: Desk) -> ColumnElement[bool]:
    """Return the condition on ``OnDuty`` that the person is here now."""
    return and_(
        OnDuty.until > desk.clock.now(),
        OnDuty.seen_at > desk.machine_clock.now() - NO_SIGN_OF_LIFE,
        session_runs(desk, OnDuty.session_digest, OnDuty.staff_id),
    )


def attendants(
    desk: Desk, work: UnitOfWork, subjects: AbstractSet[str] = frozenset()
) -> tuple[Attendant, ...]:
    """Return who is here now and may be in a talk that names ``subjects``, by name."""
    barred, found = barred_from(desk.school, subjects), []
    for row in work.session.scalars(select(OnDuty).where(is_here(desk))):
        person = desk.school.by_id.get(row.staff_id)
        roles = [role.value for role in person.roles] if person else []
        if person and person.id not in barred and may_be_on_duty(desk.school, roles):
            found.append(Attendant(person.id, duty_label(person, desk.school), row.until))
    return tuple(sorted(found, key=lambda each: each.label))
