"""The words of an alert's e-mail: nothing of what the alert says, nor of what kind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.alert_leads import is_out_of_hours
from assistant.services.alert_readers import ALERT, recipient_ids
from assistant.services.outbox import Message, post_alert
from assistant.services.turns import stored_key

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.alert_tables import Alert
    from assistant.store.unit_of_work import UnitOfWork

SUBJECT = "Please sign in to Schoolgate now"
CLOSING = (
    "This message comes again until somebody has acknowledged the alert. "
    "Please do not forward it or reply to it."
)


def tell_leads(desk: Desk, work: UnitOfWork, alert: Alert, event: str) -> None:
    """Put one message for each reader into the outbox; ``event`` makes the messages unique."""
    for staff_id in recipient_ids(desk, work, alert.id):
        tell_one(desk, work, alert, staff_id, event)


def tell_one(desk: Desk, work: UnitOfWork, alert: Alert, staff_id: str, event: str) -> None:
    """Put a message for one reader there; somebody who left the school file gets none."""
    person = desk.school.by_id.get(staff_id)
    if person is None:
        return
    message = Message(
        idempotency_key=stored_key(f"{alert.id}|{event}|{staff_id}"),
        target_kind=ALERT,
        target_id=alert.id,
        to=person.email,
        subject=SUBJECT,
        body=_body(desk, alert),
    )
    post_alert(desk, work, message)


def _body(desk: Desk, alert: Alert) -> str:
    words = (
        "An alert is waiting for you on the desk. Please read it now:",
        f"{desk.settings.public_url}/desk/alerts/{alert.id}",
        closed_words(desk),
        CLOSING,
    )
    return "\n\n".join(part for part in words if part)


def closed_words(desk: Desk) -> str:
    """Return the school's words for when it is closed, empty while it is open."""
    closed = is_out_of_hours(desk.school, desk.calendar, desk.clock.now())
    return desk.school.safeguarding.out_of_hours if closed else ""
