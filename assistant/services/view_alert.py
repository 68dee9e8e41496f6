"""Show a whole alert to a recipient; uses the alerts database and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.alert_mail import ALERT, recipient_ids, require_recipient
from assistant.services.desk_rows import alert_row, who
from assistant.services.desk_shapes import AlertView
from assistant.services.shapes import Contact
from assistant.store.alert_tables import Alert, AlertAcknowledgement

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def view_alert(desk: Desk, staff_id: str, alert_id: str) -> AlertView:
    """Return the alert; raises ``NotHere`` for a missing one and for somebody else's alike."""
    with desk.alerts_unit_of_work() as work:
        require_recipient(work, alert_id, staff_id)
        work.history.append("alert.read", staff_id, ALERT, alert_id)
        work.commit()
        return _view(desk, work, work.session.get_one(Alert, alert_id), staff_id)


def _view(desk: Desk, work: UnitOfWork, alert: Alert, staff_id: str) -> AlertView:
    mine = select(AlertAcknowledgement).where(AlertAcknowledgement.alert_id == alert.id)
    in_order = mine.order_by(AlertAcknowledgement.at, AlertAcknowledgement.staff_id)
    rows = work.session.scalars(in_order).all()
    return AlertView(
        row=alert_row(alert),
        words=work.unseal(alert, "words"),
        contact=Contact(**work.unseal_json(alert, "contact")) if alert.contact else None,
        told=tuple(who(desk, each) for each in recipient_ids(work, alert.id)),
        acknowledged=tuple((who(desk, row.staff_id), row.at) for row in rows),
        mine=any(row.staff_id == staff_id for row in rows),
    )
