"""Show a whole alert to a recipient; uses the alerts database and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.alert_mail import ALERT, recipient_ids
from assistant.services.desk_rows import alert_row, who
from assistant.services.desk_shapes import AlertView
from assistant.services.errors import NotHere
from assistant.services.shapes import Contact
from assistant.store.alert_tables import Alert, AlertAcknowledgement, AlertRecipient

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def view_alert(desk: Desk, staff_id: str, alert_id: str) -> AlertView:
    """Return the alert; raises ``NotHere`` for a missing one and for somebody else's alike."""
    with desk.alerts_unit_of_work() as work:
        if "\0" in alert_id or work.session.get(AlertRecipient, (alert_id, staff_id)) is None:
            raise NotHere
        work.history.append("alert.read", staff_id, ALERT, alert_id)
        work.commit()
        return _view(desk, work, work.session.get_one(Alert, alert_id), staff_id)


def _view(desk: Desk, work: UnitOfWork, alert: Alert, staff_id: str) -> AlertView:
    mine = AlertAcknowledgement.alert_id == alert.id
    rows = work.session.scalars(select(AlertAcknowledgement).where(mine)).all()
    return AlertView(
        row=alert_row(alert),
        words=work.unseal(alert, "words"),
        contact=Contact(**work.unseal_json(alert, "contact")) if alert.contact else None,
        told=tuple(who(desk, each) for each in recipient_ids(work, alert.id)),
        acknowledged=tuple((who(desk, row.staff_id), row.at) for row in rows),
        mine=any(row.staff_id == staff_id for row in rows),
    )
