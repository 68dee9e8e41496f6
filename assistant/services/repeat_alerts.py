"""Send alerts again until somebody has acknowledged them, and to further people in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.alert_leads import next_told
from assistant.services.alert_mail import tell_leads
from assistant.services.alert_readers import ALERT, add_recipients, subjects_of_alert, told_ids
from assistant.services.alert_wall import SYSTEM, renew_recipients
from assistant.store.alert_tables import Alert

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def repeat_alerts(desk: Desk) -> int:
    """Put every unacknowledged alert that is due into the outbox again; return how many.

    After every ``escalate_after_repeats`` of them the next role is told as well.
    """
    now = desk.clock.now()
    due_before = now - timedelta(minutes=desk.settings.alert_repeat_minutes)
    waiting = select(Alert).where(Alert.acknowledged_at.is_(None), Alert.last_sent_at <= due_before)
    with desk.alerts_unit_of_work() as work:
        alerts = work.session.scalars(waiting.with_for_update(skip_locked=True)).all()
        for alert in alerts:
            alert.last_sent_at = now
            alert.repeats += 1
            work.history.append("alert.repeated", SYSTEM, ALERT, alert.id)
            renew_recipients(desk, work, alert)
            _escalate(desk, work, alert)
            tell_leads(desk, work, alert, f"repeat {now.isoformat()}")
        work.commit()
    return len(alerts)


def _escalate(desk: Desk, work: UnitOfWork, alert: Alert) -> None:
    if alert.repeats % desk.school.safeguarding.escalate_after_repeats:
        return
    told = set(told_ids(work, alert.id))
    further = next_told(desk.school, subjects_of_alert(work, alert.id), told)
    if further:
        add_recipients(work, alert.id, further)
        work.history.append("alert.escalated", SYSTEM, ALERT, alert.id, told=list(further))
