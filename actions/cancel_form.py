"""The cancel form: a meeting or a case is called off after one yes, and confirmed in writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.closing import record_of
from actions.forms import FormTurn
from actions.gathering import time_of
from actions.turn import Choice
from assistant.casework.kinds import Channel
from assistant.casework.own_record_wishes import Wanted, wanted_of_record
from assistant.casework.own_record_words import first_named
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.meeting_errors import MeetingGone
from assistant.services.withdraw_case import withdraw_case

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.casework.times import TimeReading
    from assistant.services.shapes import Receipt

KEEPS = re.compile(
    r"\b(?:don'?t|do not|no need to|not) (?:want to )?(?:cancel|bin|withdraw|drop|change|touch)"
    r"|\bkeep (?:it|that|the meeting)\b|\bleave (?:it|that) (?:as it is|booked)",
    re.IGNORECASE,
)
"""Words by which a parent keeps what might have been called off."""

CALLS_OFF = re.compile(
    r"\b(?:cancel\w*|call(?:ed|ing)? (?:it |that )?off|withdraw\w*|drop (?:it|the|my)|scrap|"
    r"bin (?:it|that|the)|don'?t (?:need|want) (?:it|the|that|this)|no longer need|"
    r"tak(?:e|ing) (?:it|that|my .{0,20}) ?back)\b",
    re.IGNORECASE,
)
"""Words by which a parent calls something off rather than moves it."""


class ValidateCancelForm(FormTurn):
    """Take the yes or no to calling it off; whatever else is said, the question stays open."""

    called = "validate_cancel_form"
    leaves = FormTurn.leaves - {"stop"} | {"complain"}

    def take(self, turn: Turn) -> None:
        """Take a yes, a no, or a new time instead."""
        if not turn.requested:
            return
        wish = time_of(turn, asked=False)
        if KEEPS.search(turn.text) and names_another(turn):
            return
        if KEEPS.search(turn.text) or turn.intent == "deny":
            turn.keep(cancel_confirmed=False, move_instead=bool(wish))
        elif turn.intent == "affirm" or CALLS_OFF.search(turn.text):
            turn.keep(cancel_confirmed=True, move_instead=False)
        elif turn.slot("record")["kind"] == "meeting" and moves(turn, wish):
            turn.keep(cancel_confirmed=False, move_instead=True)


def moves(turn: Turn, wish: TimeReading | None) -> bool:
    """Whether another time is wanted instead, with the time or without."""
    timed = wish is not None and bool(wish.windows)
    return timed or wanted_of_record(turn.text) is Wanted.MOVE


def names_another(turn: Turn) -> bool:
    """Whether the person whom the words name is not the one of this record."""
    named = first_named(turn.text)
    return named is not None and named.value != turn.slot("record").get("channel")


class AskCancelConfirmed(SchoolAction):
    """Ask for a yes before anything is called off."""

    called = "action_ask_cancel_form_cancel_confirmed"

    def act(self, turn: Turn) -> None:
        """Name the record and ask."""
        kept = turn.slot("record")
        meeting = kept["kind"] == "meeting"
        turn.mark(expects="confirm")
        turn.say(
            "utter_confirm_cancel" if meeting else "utter_confirm_withdraw",
            what=kept["what"],
            choices=[
                Choice("Yes, cancel it" if meeting else "Yes, withdraw it", "/affirm"),
                Choice("No, keep it", "/deny"),
            ],
        )


class CallOff(SchoolAction):
    """Do what the parent said: call it off, move it, or leave it as it is."""

    called = "action_call_off"

    def act(self, turn: Turn) -> None:
        """Call it off and confirm it, or say that nothing has changed."""
        confirmed, moves = turn.slot("cancel_confirmed"), turn.slot("move_instead")
        turn.keep(cancel_confirmed=None, move_instead=None)
        turn.steer(Channel.SERVICE)
        if confirmed:
            call_off(turn)
        elif moves:
            turn.go_on_with("change_form")
        else:
            turn.keep(record=None)
            turn.say("utter_kept")


def call_off(turn: Turn) -> None:
    """Cancel the meeting or withdraw the case."""
    receipt: Receipt
    kept, key = turn.slot("record"), f"off:{turn.turn_id}"
    turn.keep(record=None)
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
