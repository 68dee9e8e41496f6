"""List what one member of staff may see: meetings, cases and alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.desk_rows import alert_row, case_rows, meeting_rows
from assistant.services.desk_shapes import WorkList
from assistant.services.who_may_read import cases_for, meetings_for
from assistant.store.alert_tables import Alert, AlertRecipient

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import AlertRow


def list_work(desk: Desk, staff_id: str) -> WorkList:
    """Return the person's meetings (earliest first), cases and alerts (latest first)."""
    with desk.unit_of_work(read_only=True) as work:
        meetings = meetings_for(desk, work, staff_id)
        return WorkList(
            meetings=meeting_rows(desk, work, meetings),
            cases=case_rows(work, cases_for(desk, work, staff_id)),
            alerts=_alerts(desk, staff_id),
        )


def _alerts(desk: Desk, staff_id: str) -> tuple[AlertRow, ...]:
    mine = select(Alert).join(AlertRecipient).where(AlertRecipient.staff_id == staff_id)
    with desk.alerts_unit_of_work(read_only=True) as work:
        alerts = work.session.scalars(mine.order_by(Alert.raised_at.desc(), Alert.id))
        return tuple(alert_row(alert) for alert in alerts)
