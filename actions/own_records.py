"""The parent's own meetings and cases, as far as this conversation may see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.gathering import contact_of, details_of
from actions.turn import Choice
from assistant.casework.calendar import to_london
from assistant.casework.kinds import CaseStatus, MeetingMode, MeetingStatus
from assistant.casework.own_record_words import first_named, tells_which
from assistant.casework.references import find_reference
from assistant.casework.times import told_times
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

    A reference typed here opens its record when the phone number or e-mail address fits as well,
    in whichever order and turn the two are given.
    """
    reference = reference_of(turn)
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


def reference_of(turn: Turn) -> str | None:
    """Return the reference that was typed last, and keep it for the turn that gives the rest."""
    typed = find_reference(turn.text)
    if typed:
        turn.keep(details={**details_of(turn), "reference": typed})
    kept = details_of(turn).get("reference")
    return str(kept) if kept else None


def open_records(turn: Turn) -> list[RecordView]:
    """Return the records that can still be changed."""
    return [record for record in records_of(turn) if record.status not in OVER]


def record_meant(turn: Turn) -> RecordView | None:
    """Return the open record that the message fits best, the newest where nothing tells."""
    return max(open_records(turn), key=lambda record: fit(turn, record), default=None)


def fit(turn: Turn, record: RecordView) -> int:
    """Count what the message says of this record: its kind, whom it is with, when it is."""
    words = tells_which(turn.text)
    kind = OF_A_MEETING if record.kind == MEETING else OF_A_CASE
    named = first_named(words)
    points = 1 if kind.search(words) else 0
    points += 2 if named and named.value == record.with_channel else 0
    return points + _fit_of_host(turn, record) + (3 if _tells_its_time(turn, words, record) else 0)


def _fit_of_host(turn: Turn, record: RecordView) -> int:
    """Count what tells that it is with the host of this record: role or name."""
    host = turn.desk.school.by_id.get(record.host_id or "")
    if host is None:
        return 0
    wanted_role = details_of(turn).get("role_wanted")
    surname = host.name.split()[-1]
    named = bool(re.search(rf"\b{re.escape(surname)}\b", turn.text, re.IGNORECASE))
    wanted = named or turn.slot("wanted_staff") == host.id
    return int(wanted_role in {role.value for role in host.roles}) + (2 if wanted else 0)


def _tells_its_time(turn: Turn, words: str, record: RecordView) -> bool:
    start = record.starts_at
    told = told_times(words, turn.now, turn.desk.calendar) if start else ()
    windows = [window for reading in told for window in reading.windows]
    return start is not None and any(one.start <= start < one.end for one in windows)


def ask_for_reference(turn: Turn) -> None:
    """Ask for what proves that the record is the parent's own; give nothing out before."""
    turn.mark(expects="reference")
    turn.keep(pending="callback")
    turn.say("utter_ask_reference", choices=[Choice("Ask someone to ring me", "/human")])


def describe(record: RecordView) -> str:
    """Return one line about a record: where and when it is, or whose it is and what is owed."""
    if record.starts_at is None:
        dates = "; ".join(f"{due.name} by {say_day(due.due_on)}" for due in record.deadlines)
        return f"{record.reference}: {record.summary}, {record.status_label}. {dates}".strip()
    end = to_london(record.ends_at) if record.ends_at else None
    when = say_when(to_london(record.starts_at), end)
    return (
        f"{record.reference}: meeting with {record.host_name}, {when}. "
        f"{say_place(record)}. {record.status_label}."
    )


def say_place(record: RecordView) -> str:
    """Return how and where people meet, such as ``In person, the meeting room``."""
    in_person = record.mode == MeetingMode.IN_PERSON.value
    place = record.place or ""
    return f"In person, {place}".strip(" ,") if in_person else place


def to_json(record: RecordView) -> dict[str, str]:
    """Return a record as a slot keeps it for the turns that follow."""
    what = describe(record)
    return {"id": record.id, "kind": record.kind, "what": what, "channel": record.with_channel}
