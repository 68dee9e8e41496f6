"""The change form: another time for a meeting that is booked, read back before it is moved."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.cancel_form import CALLS_OFF, KEEPS
from actions.closing import record_of
from actions.forms import FormTurn
from actions.gathering import agrees_to, time_of
from actions.new_times import meeting_of, new_time, propose, times_of_record
from actions.record_answers import answer
from actions.slots import picked_slot, time_choices
from actions.turn import Choice, Turn
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel
from assistant.casework.own_record_wishes import CHANGED, Wanted, wanted_of_record
from assistant.casework.wording import say_when
from assistant.services.meeting_errors import MeetingGone, SlotTaken, VisitNotAllowed
from assistant.services.move_meeting import move_meeting
from assistant.services.offer_slots import SlotOffer

if TYPE_CHECKING:
    from assistant.casework.times import TimeReading

CALLED_OFF = "called off"
"""What the slot for the new time holds when the parent calls the meeting off instead."""

LEFT_ALONE = "left alone"
"""What it holds when the parent leaves the meeting as it is."""

ANOTHER = re.compile(r"\b(?:another|different|other|later|earlier|can'?t|cannot)\b", re.IGNORECASE)
"""Words that refuse the time that was proposed."""


class ValidateChangeForm(FormTurn):
    """Take the new time for a meeting."""

    called = "validate_change_form"
    leaves = FormTurn.leaves | {"complain"}

    def takes_asides(self, turn: Turn) -> bool:
        """Take a time in a question as an answer, and a question about the meeting itself."""
        return time_of(turn, asked=False) is not None or wanted_of_record(turn.text) is not None

    def take(self, turn: Turn) -> None:
        """Leave or call off the meeting, take a yes or no to the new time, or find times."""
        wanted = wanted_of_record(turn.text)
        picked = picked_slot(turn)
        if leaves_alone(turn, wanted):
            turn.keep(new_when=LEFT_ALONE, change_confirmed=False)
        elif wanted is Wanted.OFF or calls_off(turn, wanted):
            turn.keep(new_when=CALLED_OFF, change_confirmed=False)
        elif picked:
            propose(turn, SlotOffer(matching=[picked], nearest=[]))
        else:
            take_wish(turn, new_time(turn), wanted)


def leaves_alone(turn: Turn, wanted: Wanted | None) -> bool:
    """Whether the meeting shall stay as it is; "yes, I'll be there" is a yes to the new time."""
    return bool(turn.requested) and wanted is Wanted.KEEP and turn.intent != "affirm"


def calls_off(turn: Turn, wanted: Wanted | None) -> bool:
    """Whether words call it off that neither keep it nor move it."""
    off = CALLS_OFF.search(turn.text) and not KEEPS.search(turn.text)
    return bool(off) and wanted is not Wanted.MOVE


def take_wish(turn: Turn, wish: TimeReading | None, wanted: Wanted | None) -> None:
    """Take the word on the time that was proposed, or find times for the wish."""
    confirms = turn.requested == "change_confirmed"
    unread = wish is None or not wish.windows
    asks = unread and turn.requested and wanted and wanted not in CHANGED
    if asks and wanted and answer(turn, wanted, meeting_of(turn)):
        return
    if confirms and agrees_to(turn, wish, turn.slot("held")["start"]):
        turn.keep(change_confirmed=True)
    elif confirms and wish is None:
        take_yes_or_no(turn, wanted)
    elif wish and wish.windows:
        propose(turn, times_of_record(turn, wish.windows))
    elif wish:
        turn.say("utter_time_not_understood", why=wish.why)


def take_yes_or_no(turn: Turn, wanted: Wanted | None) -> None:
    """Take the word on the time that was proposed; a no, or another day, asks anew."""
    if turn.intent == "deny" or (wanted is Wanted.MOVE and ANOTHER.search(turn.text)):
        turn.keep(new_when=None, held=None, change_confirmed=None)
    else:
        turn.keep(change_confirmed=turn.intent in {"affirm", "book", "change"} or None)


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
        elif turn.slot("new_when") == LEFT_ALONE:
            turn.keep(new_when=None, change_confirmed=None, held=None, record=None)
            turn.say("utter_kept")
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
    except VisitNotAllowed:
        turn.keep(new_when=None, change_confirmed=None, held=None, record=None)
        turn.say("utter_visit_not_moved")
        return
    except MeetingGone:
        turn.keep(new_when=None, change_confirmed=None, held=None, record=None)
        turn.say("utter_already_gone")
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
