"""Acknowledge an alert: a person has read it and is acting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.alert_steps import AlertState
from assistant.services.alert_readers import ALERT, require_recipient
from assistant.store.alert_tables import AlertAcknowledgement
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def acknowledge_alert(desk: Desk, *, staff_id: str, alert_id: str) -> None:
    """Record that ``staff_id`` is acting on the alert; once is enough for each person.

    Raises ``NotHere`` for an alert that is not theirs to read.
    """
    settled(partial(_acknowledge, desk, staff_id, alert_id))


def _acknowledge(desk: Desk, staff_id: str, alert_id: str) -> None:
    with desk.alerts_unit_of_work() as work:
        alert = require_recipient(desk, work, alert_id, staff_id)
        if work.session.get(AlertAcknowledgement, (alert_id, staff_id)) is not None:
            return
        now = desk.clock.now()
        alert.acknowledged_at = alert.acknowledged_at or now
        if alert.state == AlertState.WAITING.value:
            alert.state, alert.moved_by = AlertState.ACTING.value, staff_id
        work.session.add(AlertAcknowledgement(alert_id=alert_id, staff_id=staff_id, at=now))
        work.history.append("alert.acknowledged", staff_id, ALERT, alert_id)
        work.commit()
