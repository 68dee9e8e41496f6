"""One e-mail as it goes out: the headers that all of ours have."""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk


@dataclass(frozen=True)
class Letter:
    """What goes to one address; ``message_id`` is the same however often it is sent."""

    to: str
    subject: str
    body: str
    message_id: str
    written_at: datetime


def as_email(desk: Desk, letter: Letter) -> EmailMessage | None:
    """Return the e-mail, or None when the address cannot be one (a parent typed it)."""
    message = EmailMessage(policy=SMTP)
    try:
        message["To"] = Address(addr_spec=letter.to)
    except (MessageError, ValueError, IndexError):
        return None
    message["From"] = Address(desk.school.short_name, addr_spec=desk.settings.mail_from)
    message["Subject"] = letter.subject
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(letter.written_at)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    message.set_content(letter.body)
    return message
