"""The change form: another time for a meeting that is booked, read back before it is moved."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.cancel_form import CALLS_OFF, KEEPS
from actions.closing import record_of
from actions.forms import FormTurn, asked_once
from actions.gathering import agrees_to, at_the_same_time, time_of
from actions.slots import picked_slot, time_choices
from actions.turn import Choice, Turn
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel
from assistant.casework.times import TimeReading, Window, find_time
from assistant.casework.wording import say_when
from assistant.services.find_records import find_records
from assistant.services.meeting_errors import SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.services.offer_slots import SlotOffer, offer_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.slots import Slot
    from assistant.services.shapes import RecordView

CALLED_OFF = "called off"
"""What the slot for the new time holds when the parent calls the meeting off instead."""

MOVED_TO = re.compile(
    r"\b(?:mov|chang|reschedul|switch|swap|rearrang|push|bring|shift|go\b|be\b)\w*\b.*?"
    r"\b(?:to|until|till|for)\b(.+)",
    re.IGNORECASE | re.DOTALL,
)

SHOWN = 4


class ValidateChangeForm(FormTurn):
    """Take the new time for a meeting."""

    called = "validate_change_form"
    leaves = FormTurn.leaves | {"complain"}

    def takes_asides(self, turn: Turn) -> bool:
        """Take a time in a question as an answer."""
        return time_of(turn, asked=False) is not None

    def take(self, turn: Turn) -> None:
        """Take a yes or no to the proposed time, or find times for the wish."""
        if CALLS_OFF.search(turn.text) and not KEEPS.search(turn.text):
            turn.keep(new_when=CALLED_OFF, change_confirmed=False)
            return
        picked = picked_slot(turn)
        if picked:
            propose(turn, SlotOffer(matching=[picked], nearest=[]))
            return
        wish = new_time(turn)
        if turn.requested == "change_confirmed" and agrees_to(
            turn, wish, turn.slot("held")["start"]
        ):
            turn.keep(change_confirmed=True)
            return
        if turn.requested == "change_confirmed" and wish is None:
            turn.keep(change_confirmed=turn.intent in {"affirm", "book", "change"} or None)
            if turn.intent == "deny":
                turn.keep(new_when=None, held=None)
            return
        if wish is None:
            return
        if not wish.windows:
            turn.say("utter_time_not_understood", why=wish.why or "")
            return
        propose(turn, times_of_record(turn, wish.windows))


def new_time(turn: Turn) -> TimeReading | None:
    """Return the time wished for; the time that the meeting has now is not meant by it."""
    if turn.requested:
        return time_of(turn, asked=asked_once(turn, "new_when"))
    moved_to = MOVED_TO.search(turn.text)
    if moved_to:
        wish = find_time(moved_to.group(1), turn.now, turn.desk.calendar)
        return at_the_same_time(turn, wish, meeting_of(turn).starts_at)
    wish = find_time(turn.text, turn.now, turn.desk.calendar)
    start = meeting_of(turn).starts_at
    if wish and start and any(one.start <= start < one.end for one in wish.windows):
        return None
    return wish


def meeting_of(turn: Turn) -> RecordView:
    """Return the meeting that is to be moved."""
    wanted = turn.slot("record")["id"]
    records = find_records(turn.desk, conversation_id=turn.conversation_id)
    return next(one for one in records if one.id == wanted)


def times_of_record(turn: Turn, windows: Sequence[Window] | None) -> SlotOffer:
    """Return free times with the host of the meeting that is to be moved."""
    host_ids = [str(meeting_of(turn).host_id)]
    return offer_slots(turn.desk, host_ids=host_ids, windows=windows, limit=SHOWN)


def propose(turn: Turn, offer: SlotOffer) -> None:
    """Keep the best new time and show the others."""
    slots = offer.matching or offer.nearest
    if not slots:
        turn.say("utter_no_times")
        return
    if not offer.matching:
        turn.say("utter_nothing_then", nearest=say_slot(slots[0]), choices=time_choices(slots[1:3]))
    turn.keep(new_when=say_slot(slots[0]), held={"start": slots[0].starts_at.isoformat()})


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
        turn.say(
            "utter_ask_new_when",
            what=turn.slot("record")["what"],
            choices=time_choices(offer.matching or offer.nearest),
        )


class AskChangeConfirmed(SchoolAction):
    """Read the change back before it is made."""

    called = "action_ask_change_form_change_confirmed"

    def act(self, turn: Turn) -> None:
        """Show old and new time."""
        turn.mark(expects="confirm")
        turn.say(
            "utter_confirm_move",
            what=turn.slot("record")["what"],
            when=turn.slot("new_when"),
            choices=[
                Choice("Yes, move it", "/affirm"),
                Choice("Another time", "/deny"),
                Choice("Leave it as it is", "/stop"),
            ],
        )


class MoveMeeting(SchoolAction):
    """Move the meeting in one transaction, or say that the time has gone."""

    called = "action_move_meeting"

    def act(self, turn: Turn) -> None:
        """Move it, or go over to calling it off when that was asked in the middle."""
        turn.steer(Channel.SERVICE)
        if turn.slot("new_when") == CALLED_OFF:
            turn.keep(new_when=None, change_confirmed=None)
            turn.go_on_with("cancel_form")
        else:
            move(turn)


def move(turn: Turn) -> None:
    """Call the service and tell what came of it."""
    kept, start = turn.slot("record"), turn.slot("held")["start"]
    try:
        receipt = move_meeting(
            turn.desk,
            meeting_id=kept["id"],
            starts_at=datetime.fromisoformat(start),
            idempotency_key=f"move:{turn.turn_id}",
        )
    except SlotTaken as taken:
        turn.keep(new_when=None, change_confirmed=None, held=None)
        turn.say("utter_slot_taken", choices=time_choices(taken.alternatives))
        turn.go_on_with("change_form")
        return
    turn.mark(record=record_of(receipt), ended=True)
    turn.keep(
        last_record=record_of(receipt),
        new_when=None,
        change_confirmed=None,
        held=None,
        record=None,
        case_reference=receipt.reference,
    )
    turn.say(
        "utter_moved",
        reference=receipt.reference,
        who=receipt.host_name,
        when=say_when(to_london(receipt.starts_at), to_london(receipt.ends_at)),
    )
