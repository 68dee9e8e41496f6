"""Thanks, greetings and questions about the program, kept short; and a wish to be forgotten."""

from __future__ import annotations

from actions.base import SchoolAction
from actions.call_back import open_request
from actions.closing import close_matter, record_of
from actions.flood import press_again
from actions.gathering import gather
from actions.reach import reachable
from actions.safety import stay_with_safety, still_unsafe
from actions.turn import Choice, Turn
from assistant.casework.kinds import CaseKind, Channel

WORDS = {"greet": "utter_greet", "thanks": "utter_welcome", "bot_question": "utter_bot"}


class SmallTalk(SchoolAction):
    """Answer a greeting, thanks, or a question about the program."""

    called = "action_small_talk"

    def act(self, turn: Turn) -> None:
        """Say one line, and let the parent go on."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        turn.steer(Channel.SMALLTALK)
        turn.mark(expects="point" if turn.intent == "greet" else turn.slot("expects"))
        turn.say(WORDS.get(turn.intent, "utter_greet"))


class Delete(SchoolAction):
    """Forgetting: the chat can go at once, a record only through the data protection officer."""

    called = "action_delete"

    def act(self, turn: Turn) -> None:
        """Say what can be forgotten now and offer the request for the rest."""
        gather(turn)
        turn.steer(Channel.SERVICE, (Channel.STATUTORY,))
        turn.keep(pending="forget")
        turn.mark(expects="confirm")
        turn.say(
            "utter_forget",
            choices=[
                Choice("Send the request to the school", "/affirm"),
                Choice("No, leave it", "/deny"),
            ],
        )


class RequestDeletion(SchoolAction):
    """Pass the wish to be forgotten to the data protection officer."""

    called = "action_request_deletion"

    def act(self, turn: Turn) -> None:
        """Open the request; the officer must answer it, so it needs a way to reply."""
        if reachable(turn) and not turn.may_file:
            turn.steer(Channel.SERVICE, (Channel.STATUTORY,))
            turn.mark(expects="confirm")
            press_again(turn, "Send the request to the school", "/affirm")
            return
        turn.keep(pending=None)
        if not reachable(turn):
            turn.keep(wants_deletion=True)
            turn.go_on_with("call_back_form")
            return
        receipt = open_request(turn, CaseKind.DATA_PROTECTION)
        turn.steer(Channel.SERVICE, (Channel.STATUTORY,))
        turn.mark(record=record_of(receipt), ended=True)
        turn.say("utter_deletion_recorded", reference=receipt.reference)
        close_matter(turn, receipt)
