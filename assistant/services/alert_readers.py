"""Who may read an alert, as rows; the wall is asked again on every reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.wall import school_wall
from assistant.services.errors import NotHere
from assistant.store.alert_tables import Alert, AlertRecipient, AlertSubject
from assistant.store.columns import is_row_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

ALERT = "alert"


def subjects_of_alert(work: UnitOfWork, alert_id: str) -> frozenset[str]:
    """Return the ids of the members of staff whom the alert is about."""
    mine = select(AlertSubject.staff_id).where(AlertSubject.alert_id == alert_id)
    return frozenset(work.session.scalars(mine))


def told_ids(work: UnitOfWork, alert_id: str) -> list[str]:
    """Return the ids of all who have a row, the first to be told first."""
    mine = select(AlertRecipient.staff_id).where(AlertRecipient.alert_id == alert_id)
    return list(work.session.scalars(mine.order_by(AlertRecipient.position)))


def recipient_ids(desk: Desk, work: UnitOfWork, alert_id: str) -> list[str]:
    """Return those of them whom the wall allows: all who may read the alert now."""
    walled = school_wall(desk.school, subjects_of_alert(work, alert_id))
    return [staff_id for staff_id in told_ids(work, alert_id) if staff_id not in walled]


def require_recipient(desk: Desk, work: UnitOfWork, alert_id: str, staff_id: str) -> Alert:
    """Return the alert if the person may read it; raises ``NotHere``, also if there is none."""
    if not is_row_id(alert_id) or staff_id not in recipient_ids(desk, work, alert_id):
        raise NotHere
    return work.session.get_one(Alert, alert_id)


def alert_is_open_to(desk: Desk, staff_id: str) -> ColumnElement[bool]:
    """Return the condition on ``Alert`` that this person may read it."""
    closing = [each for each in desk.school.by_id if staff_id in school_wall(desk.school, {each})]
    mine = select(AlertRecipient.alert_id).where(AlertRecipient.staff_id == staff_id)
    about = select(AlertSubject.alert_id).where(AlertSubject.staff_id.in_({*closing, staff_id}))
    return Alert.id.in_(mine) & Alert.id.not_in(about)


def add_recipients(work: UnitOfWork, alert_id: str, staff_ids: Iterable[str]) -> None:
    """Let further people read the alert, after those who may already."""
    last = select(func.max(AlertRecipient.position)).where(AlertRecipient.alert_id == alert_id)
    place = work.session.scalar(last)
    first = 0 if place is None else place + 1
    for position, staff_id in enumerate(staff_ids, start=first):
        row = AlertRecipient(alert_id=alert_id, staff_id=staff_id, position=position)
        work.session.add(row)
    work.session.flush()
