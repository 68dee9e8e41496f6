"""List the alerts that one person may read; nothing else exists for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.alert_steps import AlertState
from assistant.services.alert_readers import alert_is_open_to
from assistant.services.desk_rows import alert_row
from assistant.store.alert_tables import Alert

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import AlertRow


def list_alerts(desk: Desk, staff_id: str, *, closed: bool = True) -> tuple[AlertRow, ...]:
    """Return the person's alerts: those that wait first, then the latest; ``closed`` ones too."""
    wanted = select(Alert).where(alert_is_open_to(desk, staff_id))
    if not closed:
        wanted = wanted.where(Alert.state != AlertState.CLOSED.value)
    waiting = (Alert.state == AlertState.WAITING.value).desc()
    in_order = wanted.order_by(waiting, Alert.raised_at.desc(), Alert.id)
    with desk.alerts_unit_of_work(read_only=True) as work:
        return tuple(alert_row(desk, alert) for alert in work.session.scalars(in_order))
