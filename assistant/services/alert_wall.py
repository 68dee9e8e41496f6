"""Naming somebody in an alert re-runs the wall, however late they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.casework.alert_leads import leads_for
from assistant.casework.alert_steps import AlertState
from assistant.casework.wall import school_wall
from assistant.services.alert_mail import tell_leads, tell_one
from assistant.services.alert_readers import (
    ALERT,
    add_recipients,
    recipient_ids,
    subjects_of_alert,
    told_ids,
)
from assistant.services.case_dates import today_of
from assistant.store.alert_tables import (
    Alert,
    AlertAcknowledgement,
    AlertRecipient,
    AlertSubject,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

SYSTEM = "schoolgate"


def name_in_conversation(
    desk: Desk, work: UnitOfWork, conversation_id: str, subjects: frozenset[str]
) -> None:
    """Name people in every alert that a conversation raised; the caller commits."""
    mine = select(Alert).where(Alert.conversation_id == conversation_id).order_by(Alert.id)
    for alert in work.session.scalars(mine.with_for_update()).all():
        recheck_alert(desk, work, alert, subjects, SYSTEM)


def recheck_alert(
    desk: Desk, work: UnitOfWork, alert: Alert, subjects: AbstractSet[str], by: str
) -> None:
    """Name further subjects: the wall closes the alert to them, and the others hear of it.

    Somebody whom it is about cannot have dealt with it: what they acknowledged waits again, and
    what they closed is open again.
    """
    added = subjects - subjects_of_alert(work, alert.id)
    if not added:
        return
    now, event = desk.clock.now(), f"named {sorted(added)}"
    for staff_id in sorted(added):
        work.session.add(AlertSubject(alert_id=alert.id, staff_id=staff_id, named_at=now))
    work.session.flush()
    alert.about_adult = True
    shut = _shut_out(desk, work, alert)
    new = renew_recipients(desk, work, alert)
    work.history.append("alert.named", by, ALERT, alert.id, about=sorted(added), closed_to=shut)
    _undo_what_they_did(desk, work, alert)
    if alert.state == AlertState.WAITING.value:
        alert.last_sent_at = now
        tell_leads(desk, work, alert, event)
    else:
        for staff_id in new:
            tell_one(desk, work, alert, staff_id, event)


def renew_recipients(desk: Desk, work: UnitOfWork, alert: Alert) -> tuple[str, ...]:
    """Find somebody else when nobody is left who may read the alert; return their ids."""
    if recipient_ids(desk, work, alert.id):
        return ()
    subjects = subjects_of_alert(work, alert.id)
    leads = leads_for(desk.school, subjects, today_of(desk))
    known = set(told_ids(work, alert.id))
    new = tuple(lead.staff for lead in leads if lead.staff not in known)
    add_recipients(work, alert.id, new)
    return new


def _shut_out(desk: Desk, work: UnitOfWork, alert: Alert) -> list[str]:
    """Take the rows of those behind the wall away; return their ids."""
    walled = school_wall(desk.school, subjects_of_alert(work, alert.id))
    shut = sorted(walled & set(told_ids(work, alert.id)))
    mine = AlertRecipient.alert_id == alert.id, AlertRecipient.staff_id.in_(shut)
    work.session.execute(delete(AlertRecipient).where(*mine))
    return shut


def _undo_what_they_did(desk: Desk, work: UnitOfWork, alert: Alert) -> None:
    walled = school_wall(desk.school, subjects_of_alert(work, alert.id))
    mine = AlertAcknowledgement.alert_id == alert.id
    acting = set(work.session.scalars(select(AlertAcknowledgement.staff_id).where(mine)))
    if alert.acknowledged_at and acting <= walled:
        alert.acknowledged_at, alert.state, alert.repeats = None, AlertState.WAITING.value, 0
    elif alert.moved_by in walled and alert.state != AlertState.ACTING.value:
        alert.state = AlertState.ACTING.value
