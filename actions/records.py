"""What the parent made before: its status, another time, calling it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.calling_off import CALLS_OFF, offer_to_call_off
from actions.gathering import contact_of, gather
from actions.safety import stay_with_safety, still_unsafe
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingStatus
from assistant.casework.references import find_reference
from assistant.casework.wording import say_day, say_when
from assistant.services.find_records import find_records
from assistant.services.unlock_record import unlock_record

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.services.shapes import RecordView

SHOWN = 4


class Status(SchoolAction):
    """Say where the parent's own records have got to."""

    called = "action_status"

    def act(self, turn: Turn) -> None:
        """List what this conversation may see, or ask for the reference."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        turn.steer(Channel.SERVICE)
        records = records_of(turn)
        if not records:
            ask_for_reference(turn)
            return
        lines = "\n".join(describe(record) for record in records[:SHOWN])
        turn.say("utter_status", records=lines)


class Change(SchoolAction):
    """Move a meeting or call a record off; the parent confirms before anything changes."""

    called = "action_change"

    def act(self, turn: Turn) -> None:
        """Find what is meant and whether it is to be moved or called off."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        turn.steer(Channel.SERVICE)
        if turn.slot("pending") == "cancel" and CALLS_OFF.search(turn.text):
            turn.go_on_with("action_call_off")
            return
        gather(turn)
        record = next((one for one in records_of(turn) if is_open(one)), None)
        if record is None:
            ask_for_reference(turn)
            return
        turn.keep(record={"id": record.id, "kind": record.kind, "what": describe(record)})
        if record.kind != "meeting" or CALLS_OFF.search(turn.text):
            offer_to_call_off(turn, record.kind, describe(record))
        else:
            turn.go_on_with("change_form")


def records_of(turn: Turn) -> list[RecordView]:
    """Return the records of this conversation, unlocking one by reference and contact."""
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


def is_open(record: RecordView) -> bool:
    """Whether a record can still be changed by the parent."""
    return record.status not in {MeetingStatus.CANCELLED.value, "withdrawn", "closed"}


def ask_for_reference(turn: Turn) -> None:
    """Ask for what proves that the record is the parent's own; give nothing out before."""
    turn.mark(expects="reference")
    turn.say("utter_ask_reference")


def describe(record: RecordView) -> str:
    """Return one line about a record."""
    if record.starts_at is None:
        dates = "; ".join(f"{due.name} by {say_day(due.due_on)}" for due in record.deadlines)
        return f"{record.reference}: {record.summary}, {record.status_label}. {dates}".strip()
    when = say_when(to_london(record.starts_at))
    return f"{record.reference}: meeting with {record.host_name}, {when}, {record.status_label}."
