"""What the parent made before: its status, another time, calling it off."""

from __future__ import annotations

import re

from actions.base import SchoolAction
from actions.closing import record_of
from actions.forms import FormTurn, asked_once
from actions.gathering import contact_of, gather, time_of
from actions.reach import reachable
from actions.safety import stay_with_safety, still_unsafe
from actions.slots import time_choices
from actions.turn import Choice, Turn
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingStatus
from assistant.casework.references import find_reference
from assistant.casework.slots import Slot
from assistant.casework.wording import say_day, say_when
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.find_records import find_records
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.services.offer_slots import SlotOffer, offer_slots
from assistant.services.shapes import RecordView
from assistant.services.unlock_record import unlock_record
from assistant.services.withdraw_case import withdraw_case

CALLS_OFF = re.compile(
    r"\b(cancel\w*|call(?:ed|ing)? (?:it |that )?off|withdraw\w*|drop (?:it|the|my)|scrap|"
    r"don'?t (?:need|want) (?:it|the|that|this)|no longer need|take (?:it|that|my) .{0,20}back)\b",
    re.IGNORECASE,
)
"""Words by which a parent calls something off rather than moves it."""

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
        gather(turn)
        turn.steer(Channel.SERVICE)
        record = next((one for one in records_of(turn) if is_open(one)), None)
        if record is None:
            ask_for_reference(turn)
            return
        turn.keep(record={"id": record.id, "kind": record.kind, "what": describe(record)})
        if record.kind != "meeting" or CALLS_OFF.search(turn.text):
            offer_to_call_off(turn, record)
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


def offer_to_call_off(turn: Turn, record: RecordView) -> None:
    """Ask for a yes before anything is called off."""
    turn.keep(pending="cancel")
    turn.mark(expects="confirm")
    turn.say("utter_confirm_cancel", what=describe(record), choices=[
        Choice("Yes, cancel it" if record.kind == "meeting" else "Yes, withdraw it", "/affirm"),
        Choice("No, keep it", "/deny"),
    ])


class CallOff(SchoolAction):
    """Cancel the meeting or withdraw the case that the parent said yes about."""

    called = "action_call_off"

    def act(self, turn: Turn) -> None:
        """Call it off, and confirm in writing."""
        kept = turn.slot("record")
        turn.keep(pending=None, record=None)
        turn.steer(Channel.SERVICE)
        key = f"off:{kept['id']}"
        try:
            if kept["kind"] == "meeting":
                receipt = cancel_meeting(turn.desk, meeting_id=kept["id"], idempotency_key=key)
            else:
                receipt = withdraw_case(turn.desk, case_id=kept["id"], idempotency_key=key)
        except MeetingGone:
            turn.say("utter_already_gone")
            return
        turn.mark(record=record_of(receipt), ended=True)
        turn.keep(last_record=record_of(receipt))
        turn.say("utter_called_off", reference=receipt.reference)


class Keep(SchoolAction):
    """Leave the record as it is."""

    called = "action_keep_record"

    def act(self, turn: Turn) -> None:
        """Say that nothing has changed."""
        turn.keep(pending=None, record=None)
        turn.steer(Channel.SERVICE)
        turn.say("utter_kept")


class ValidateChangeForm(FormTurn):
    """Take the new time for a meeting."""

    called = "validate_change_form"
    leaves = FormTurn.leaves | {"complain", "status"}

    def takes_asides(self, turn: Turn) -> bool:
        """A time in a question is an answer."""
        return turn.requested == "new_when" and time_of(turn, asked=False) is not None

    def take(self, turn: Turn) -> None:
        """Take a yes or no to the proposed time, or find times for the wish."""
        if CALLS_OFF.search(turn.text):
            turn.keep(new_when="cancel", change_confirmed=False)
            return
        wish = time_of(turn, asked=asked_once(turn, "new_when"))
        if turn.requested == "change_confirmed" and wish is None:
            turn.keep(change_confirmed=turn.intent in {"affirm", "book"} or None)
            if turn.intent == "deny":
                turn.keep(new_when=None, slot=None)
            return
        if wish is None:
            return
        if not wish.windows:
            turn.say("utter_time_not_understood", why=wish.why or "")
            return
        propose(turn, times_of_record(turn, wish.windows))


def times_of_record(turn: Turn, windows: object) -> SlotOffer:
    """Return free times with the host of the meeting that is to be moved."""
    wanted = turn.slot("record")["id"]
    host = next(one for one in records_of(turn) if one.id == wanted)
    return offer_slots(turn.desk, host_ids=[str(host.host_id)], windows=windows, limit=SHOWN)


def propose(turn: Turn, offer: SlotOffer) -> None:
    """Keep the best new time and show the others."""
    slots = offer.matching or offer.nearest
    if not slots:
        turn.say("utter_no_times")
        return
    if not offer.matching:
        turn.say("utter_nothing_then", nearest=say_slot(slots[0]), choices=time_choices(slots[1:3]))
    turn.keep(new_when=say_slot(slots[0]), slot={"start": slots[0].starts_at.isoformat()})


def say_slot(slot: Slot) -> str:
    """Return a time as a parent reads it."""
    return say_when(to_london(slot.starts_at))


class AskNewWhen(SchoolAction):
    """Ask when suits, showing real free times."""

    called = "action_ask_change_form_new_when"

    def act(self, turn: Turn) -> None:
        """Offer times with the same person."""
        turn.mark(expects="when")
        offer = times_of_record(turn, None)
        turn.say("utter_ask_new_when", what=turn.slot("record")["what"],
                 choices=time_choices(offer.matching or offer.nearest))


class AskChangeConfirmed(SchoolAction):
    """Read the change back before it is made."""

    called = "action_ask_change_form_change_confirmed"

    def act(self, turn: Turn) -> None:
        """Show old and new time."""
        turn.mark(expects="confirm")
        turn.say("utter_confirm_move", what=turn.slot("record")["what"],
                 when=turn.slot("new_when"), choices=[
                     Choice("Yes, move it", "/affirm"),
                     Choice("Another time", "/deny"),
                     Choice("Leave it as it is", "/stop"),
                 ])


class MoveMeeting(SchoolAction):
    """Move the meeting in one transaction, or say that the time has gone."""

    called = "action_move_meeting"

    def act(self, turn: Turn) -> None:
        """Move it, or go over to calling it off when that was asked in the middle."""
        turn.steer(Channel.SERVICE)
        kept, start = turn.slot("record"), turn.slot("slot")
        if turn.slot("new_when") == "cancel":
            turn.keep(new_when=None, change_confirmed=None, pending="cancel")
            turn.mark(expects="confirm")
            turn.say("utter_confirm_cancel", what=kept["what"], choices=[
                Choice("Yes, cancel it", "/affirm"), Choice("No, keep it", "/deny"),
            ])
            return
        del start
        move(turn)


def move(turn: Turn) -> None:
    """Call the service and tell what came of it."""
    kept, start = turn.slot("record"), turn.slot("slot")["start"]
    try:
        receipt = move_meeting(
            turn.desk,
            meeting_id=kept["id"],
            starts_at=iso(start),
            idempotency_key=f"move:{kept['id']}:{start}",
        )
    except SlotTaken as taken:
        turn.keep(new_when=None, change_confirmed=None, slot=None)
        turn.say("utter_slot_taken", choices=time_choices(taken.alternatives))
        turn.go_on_with("change_form")
        return
    turn.mark(record=record_of(receipt), ended=True)
    turn.keep(last_record=record_of(receipt), new_when=None, change_confirmed=None, slot=None,
              record=None, case_reference=receipt.reference)
    turn.say("utter_moved", reference=receipt.reference, who=receipt.host_name,
             when=say_when(to_london(receipt.starts_at), to_london(receipt.ends_at)))
