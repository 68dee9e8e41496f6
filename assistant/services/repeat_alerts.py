"""Send alerts again until somebody has acknowledged them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.alert_mail import ALERT, tell_leads
from assistant.store.alert_tables import Alert

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def repeat_alerts(desk: Desk) -> int:
    """Put every unacknowledged alert that is due into the outbox again; return how many."""
    now = desk.clock.now()
    due_before = now - timedelta(minutes=desk.settings.alert_repeat_minutes)
    waiting = select(Alert).where(Alert.acknowledged_at.is_(None), Alert.last_sent_at <= due_before)
    with desk.alerts_unit_of_work() as work:
        alerts = work.session.scalars(waiting.with_for_update(skip_locked=True)).all()
        for alert in alerts:
            alert.last_sent_at = now
            tell_leads(desk, work, alert)
            work.history.append("alert.repeated", "schoolgate", ALERT, alert.id)
        work.commit()
    return len(alerts)
