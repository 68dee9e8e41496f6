"""Who hears of an alert, and the words of its e-mail: nothing of what the alert says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.errors import NotHere
from assistant.services.outbox import Message, post_alert
from assistant.store.alert_tables import AlertRecipient
from assistant.store.columns import is_row_id

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.alert_tables import Alert
    from assistant.store.unit_of_work import UnitOfWork

ALERT = "alert"


def tell_leads(desk: Desk, work: UnitOfWork, alert: Alert) -> None:
    """Put one message for each recipient into the outbox of the alerts database."""
    at = alert.last_sent_at.isoformat()
    for staff_id in recipient_ids(work, alert.id):
        person = desk.school.by_id.get(staff_id)
        if person is None:
            continue  # they left the school file; the others are told
        message = Message(
            idempotency_key=f"{alert.id}|{at}|{staff_id}",
            target_kind=ALERT,
            target_id=alert.id,
            to=person.email,
            subject="Please sign in to Schoolgate now",
            body=_body(desk, alert),
        )
        post_alert(desk, work, message)


def recipient_ids(work: UnitOfWork, alert_id: str) -> list[str]:
    """Return the ids of all who may read the alert, the first lead first."""
    mine = select(AlertRecipient.staff_id).where(AlertRecipient.alert_id == alert_id)
    return list(work.session.scalars(mine.order_by(AlertRecipient.position)))


def require_recipient(work: UnitOfWork, alert_id: str, staff_id: str) -> None:
    """Raise ``NotHere`` unless the person may read the alert; the same if there is none."""
    if not is_row_id(alert_id) or work.session.get(AlertRecipient, (alert_id, staff_id)) is None:
        raise NotHere


def _body(desk: Desk, alert: Alert) -> str:
    return (
        "An alert is waiting for you on the desk. Please read it now:\n\n"
        f"{desk.settings.public_url}/desk/alerts/{alert.id}\n\n"
        "This message comes again until somebody has acknowledged the alert. "
        "Please do not forward it or reply to it."
    )
