"""Put a message into the outbox, in the transaction of what it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.store.columns import new_id
from assistant.store.ledger import AlertOutbox, Outbox

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.unit_of_work import UnitOfWork


DO_NOT_FORWARD = "Please do not forward this message or reply to it."
"""The last sentence of what staff are written."""


@dataclass(frozen=True)
class Message:
    """An e-mail. ``subject`` and ``body`` are neutral: no topic, no child, no parent's words.

    ``idempotency_key`` names the event and the recipient; ``calendar`` is a whole iCalendar file
    with its ``calendar_method`` (REQUEST or CANCEL). It goes out at once, or at ``due_at`` (aware).
    """

    idempotency_key: str
    target_kind: str
    target_id: str
    to: str
    subject: str
    body: str
    calendar: str | None = None
    calendar_method: str | None = None
    due_at: datetime | None = None


def post(desk: Desk, work: UnitOfWork, message: Message) -> None:
    """Add the message to the case database's outbox."""
    _post(desk, work, Outbox(id=new_id()), message)


def post_alert(desk: Desk, work: UnitOfWork, message: Message) -> None:
    """Add the message to the alerts database's outbox."""
    _post(desk, work, AlertOutbox(id=new_id()), message)


def may_write_to(contact: Contact) -> bool:
    """Tell whether a parent gave an e-mail address and did not say that it is unsafe.

    One with a line break in it is no address: it would add lines to headers and calendars.
    """
    is_address = bool(contact.email) and contact.email.isprintable()
    return is_address and contact.safe is not False


def _post(desk: Desk, work: UnitOfWork, row: Outbox | AlertOutbox, message: Message) -> None:
    now = desk.clock.now()
    row.idempotency_key = message.idempotency_key
    row.message_id = f"<{row.id}@{desk.settings.mail_from.rpartition('@')[2]}>"
    row.target_kind, row.target_id = message.target_kind, message.target_id
    row.subject = message.subject
    row.created_at, row.due_at = now, message.due_at or now
    row.calendar_method = message.calendar_method
    work.seal(row, "recipient", message.to)
    work.seal(row, "body", message.body)
    if message.calendar is not None:
        work.seal(row, "calendar", message.calendar)
    work.session.add(row)
