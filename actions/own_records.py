"""The parent's own meetings and cases, as far as this conversation may see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.gathering import contact_of, details_of, time_of
from actions.turn import Choice
from assistant.casework.calendar import to_london
from assistant.casework.kinds import CaseStatus, MeetingStatus
from assistant.casework.own_record_words import first_named
from assistant.casework.references import find_reference
from assistant.casework.wording import say_day, say_when
from assistant.services.find_records import find_records
from assistant.services.unlock_record import unlock_record

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.services.shapes import RecordView

MEETING = "meeting"
OF_A_CASE = re.compile(r"\b(?:complain\w*|case|concern|letter)\b", re.IGNORECASE)
OF_A_MEETING = re.compile(r"\b(?:meeting|appointment|booked|booking|slot|see)\b", re.IGNORECASE)
OVER = frozenset(
    {
        MeetingStatus.CANCELLED.value,
        CaseStatus.WITHDRAWN.value,
        CaseStatus.CLOSED.value,
    }
)
"""States in which a record can no longer be changed by the parent."""


def records_of(turn: Turn) -> list[RecordView]:
    """Return the records of this conversation, newest first.

    A reference typed here opens its record when the phone number or e-mail address fits as well.
    """
    reference = find_reference(turn.text)
    contact = contact_of(turn)
    for clue in (contact.phone, contact.email):
        if reference and clue:
            unlock_record(
                turn.desk,
                conversation_id=turn.conversation_id,
                reference=reference,
                contact_clue=clue,
            )
    return find_records(turn.desk, conversation_id=turn.conversation_id)


def record_meant(turn: Turn) -> RecordView | None:
    """Return the open record that the message fits best, the newest where nothing tells."""
    records = [record for record in records_of(turn) if record.status not in OVER]
    return max(records, key=lambda record: _fit(turn, record), default=None)


def _fit(turn: Turn, record: RecordView) -> int:
    """Count what the message says of this record: its kind, whom it is with, when it is."""
    kind = OF_A_MEETING if record.kind == MEETING else OF_A_CASE
    host = turn.desk.school.by_id.get(record.host_id or "")
    roles = {role.value for role in host.roles} if host else set()
    wish = time_of(turn, asked=False)
    at_that_time = (
        wish
        and record.starts_at
        and any(window.start <= record.starts_at < window.end for window in wish.windows)
    )
    named = first_named(turn.text)
    points = 1 if kind.search(turn.text) else 0
    points += 2 if named and named.value == record.with_channel else 0
    points += 1 if details_of(turn).get("role_wanted") in roles else 0
    points += 2 if record.host_id and turn.slot("wanted_staff") == record.host_id else 0
    return points + (3 if at_that_time else 0)


def ask_for_reference(turn: Turn) -> None:
    """Ask for what proves that the record is the parent's own; give nothing out before."""
    turn.mark(expects="reference")
    turn.keep(pending="callback")
    turn.say("utter_ask_reference", choices=[Choice("Ask someone to ring me", "/human")])


def describe(record: RecordView) -> str:
    """Return one line about a record."""
    if record.starts_at is None:
        dates = "; ".join(f"{due.name} by {say_day(due.due_on)}" for due in record.deadlines)
        return f"{record.reference}: {record.summary}, {record.status_label}. {dates}".strip()
    when = say_when(to_london(record.starts_at))
    return f"{record.reference}: meeting with {record.host_name}, {when}, {record.status_label}."


def to_json(record: RecordView) -> dict[str, str]:
    """Return a record as a slot keeps it for the turns that follow."""
    what = describe(record)
    return {"id": record.id, "kind": record.kind, "what": what, "channel": record.with_channel}
