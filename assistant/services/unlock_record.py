"""Unlock a record in a conversation, by its reference and something only its parent knows."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING

from assistant.casework.references import normalise_reference
from assistant.services.record_links import CASE, MEETING, link_record
from assistant.services.records import contact_of, is_told, record_where, view_of
from assistant.services.turns import PARENT
from assistant.store.meeting_tables import Meeting

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact, RecordView

FEWEST_DIGITS = 9
COUNTRY_CODE = "44"


def unlock_record(
    desk: Desk, *, conversation_id: str, reference: str, contact_clue: str
) -> RecordView | None:
    """Return the record if ``contact_clue`` is the phone number or e-mail address on it.

    A wrong reference and a wrong clue both give None, so that neither tells of the other; so does
    a record of which the parent was not told yet.
    """
    wanted = normalise_reference(reference)
    with desk.unit_of_work() as work:
        record = record_where(work, "reference", wanted) if wanted else None
        if record is None or not is_told(work, record):
            return None
        if not _matches(contact_of(work, record), contact_clue):
            return None
        kind = MEETING if isinstance(record, Meeting) else CASE
        link_record(work, conversation_id, kind, record.id, desk.clock.now())
        work.history.append("record.unlocked", PARENT, kind, record.id)
        work.commit()
        return view_of(desk, work, record)


def _matches(contact: Contact, clue: str) -> bool:
    return _same(_address(contact.email), _address(clue)) or _same(
        _digits(contact.phone), _digits(clue)
    )


def _same(known: str, given: str) -> bool:
    return bool(known) and hmac.compare_digest(known.encode(), given.encode("utf-8", "replace"))


def _address(text: str) -> str:
    return text.strip().casefold() if "@" in text else ""


def _digits(text: str) -> str:
    """Return a British number without its leading 0 or country code; empty when too short."""
    digits = re.sub(r"[^0-9]", "", text).lstrip("0")
    digits = digits.removeprefix(COUNTRY_CODE).lstrip("0") if "+" in text else digits
    return digits if len(digits) >= FEWEST_DIGITS else ""
