"""Call a meeting or a case off: asked about once, then confirmed in writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.closing import record_of
from actions.turn import Choice, Turn
from assistant.casework.kinds import Channel
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.meeting_errors import MeetingGone
from assistant.services.withdraw_case import withdraw_case

if TYPE_CHECKING:
    from assistant.services.shapes import Receipt

CALLS_OFF = re.compile(
    r"\b(cancel\w*|call(?:ed|ing)? (?:it |that )?off|withdraw\w*|drop (?:it|the|my)|scrap|"
    r"don'?t (?:need|want) (?:it|the|that|this)|no longer need|take (?:it|that|my) .{0,20}back)\b",
    re.IGNORECASE,
)
"""Words by which a parent calls something off rather than moves it."""


def offer_to_call_off(turn: Turn, kind: str, what: str) -> None:
    """Ask for a yes before anything is called off; ``what`` is the line that names the record."""
    turn.keep(pending="cancel")
    turn.mark(expects="confirm")
    turn.say(
        "utter_confirm_cancel",
        what=what,
        choices=[
            Choice("Yes, cancel it" if kind == "meeting" else "Yes, withdraw it", "/affirm"),
            Choice("No, keep it", "/deny"),
        ],
    )


class CallOff(SchoolAction):
    """Cancel the meeting or withdraw the case that the parent said yes about."""

    called = "action_call_off"

    def act(self, turn: Turn) -> None:
        """Call it off, and confirm in writing."""
        receipt: Receipt
        kept = turn.slot("record")
        turn.keep(pending=None, record=None)
        turn.steer(Channel.SERVICE)
        key = f"off:{turn.turn_id}"
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
