"""What every form shares: leaving it, answering a question in the middle, asking once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.answers import answer_for, asks_how, goes_on
from actions.base import SchoolAction
from actions.doors import door_choice
from actions.gathering import details_of, gather, learned, needs_of
from actions.safety import ASKS
from assistant.casework.details import wants_skip
from assistant.casework.kinds import Channel
from assistant.casework.resources import interpreters_for
from assistant.casework.routing import is_worrying
from assistant.casework.wording import say_list

if TYPE_CHECKING:
    from actions.turn import Turn

LEAVES = frozenset(
    {"danger", "disclose", "crisis", "threat", "abuse", "stop", "human", "pick_door", "delete"}
)
"""Acts that end a form: it rejects the turn and the rule of that act takes over."""

ASIDES = frozenset({"ask_policy", "ask_info", "bot_question", "greet", "thanks", "out_of_scope"})
"""Acts that are answered in the middle of a form, which then asks its question again."""


ASKED_ENOUGH = 4
"""Turns after which a form no longer repeats a question that was met with a mere yes."""
OPEN = frozenset({"outcome_wanted"})
"""Questions that any words answer, so that a question has to look like one."""

ANSWERING = frozenset({"affirm", "deny", "correct", "skip", "go_back", "change"})
"""Acts that answer what was asked, or order something: never a question about how this works."""

NOTED = {
    "interpreter": "an interpreter for {interpreter}",
    "step_free": "a room without steps",
    "supporter": "that somebody comes with you",
    "both_parents": "that both parents come, if both ask for it",
}
"""Needs that are confirmed the moment they are said."""


class FormTurn(SchoolAction):
    """Validate one turn of a form. A turn that leaves the form sets nothing, so Rasa rejects it."""

    leaves = LEAVES

    def act(self, turn: Turn) -> None:
        """Leave, answer an aside, or take what the turn gives."""
        if turn.intent in self.leaves:
            return
        turn.steer(self.channel(turn))
        turn.keep(turns_in_form=int(turn.slot("turns_in_form") or 0) + 1)
        gather(turn)
        self.heed(turn)
        say_noted(turn)
        remind_of_safety(turn)
        if (turn.intent in ASIDES or is_question(turn)) and not self.takes_asides(turn):
            answer_aside(turn)
            return
        self.take(turn)

    def channel(self, turn: Turn) -> Channel:
        """Return the channel code of a turn in this form."""
        del turn
        return Channel.SERVICE

    def heed(self, turn: Turn) -> None:
        """Do what must follow from the words whether they answer, ask or tell."""

    def takes_asides(self, turn: Turn) -> bool:
        """Whether a message that sounds like a question still answers what was asked."""
        del turn
        return False

    def take(self, turn: Turn) -> None:
        """Fill the slots of the form from this turn."""
        raise NotImplementedError


def remind_of_safety(turn: Turn) -> None:
    """Open the way to the safeguarding lead once, when words in a form may be a sign."""
    if is_worrying(turn.reading) and turn.text and not turn.slot("reminded"):
        turn.keep(reminded=True)
        turn.say("utter_safety_reminder", choices=[door_choice(Channel.SAFEGUARDING)])


def say_noted(turn: Turn) -> None:
    """Say at once that a need was put down, so that nobody has to wonder."""
    before, now = turn.tracker.get_slot("details") or {}, details_of(turn)
    new = {name for name in NOTED if now.get(name) != before.get(name)}
    if "both_parents" in new and now["both_parents"] is False:
        turn.say("utter_own_meeting")
    if "interpreter" in new and turn.form == "meeting_form" and is_bookable(turn):
        new.remove("interpreter")
        turn.say("utter_interpreter_noted", language=now["interpreter"])
    noted = [words.format(**now) for name, words in NOTED.items() if name in new and now[name]]
    if noted:
        turn.say("utter_noted", what=say_list(noted))


def is_bookable(turn: Turn) -> bool:
    """Whether an interpreter of the language is booked with the meeting, not arranged later."""
    return bool(interpreters_for(turn.desk.school, needs_of(turn).interpreter))


def answer_aside(turn: Turn) -> None:
    """Answer a question without leaving the form."""
    if turn.intent == "thanks":
        turn.say("utter_welcome")
    elif turn.intent == "bot_question":
        turn.say("utter_bot")
    elif turn.intent in {"ask_policy", "ask_info"} or is_question(turn):
        response, facts = answer_for(turn)
        turn.say(response, **facts)


def is_question(turn: Turn) -> bool:
    """Whether the words ask how this works, whatever act was heard, and answer nothing asked."""
    if turn.requested == "statement" or turn.intent in ANSWERING or learned(turn):
        return False
    asks = "?" in turn.text or bool(ASKS.search(turn.text))
    return asks_how(turn) and (asks or (turn.requested not in OPEN and goes_on(turn)))


def asked_once(turn: Turn, slot: str) -> bool:
    """Whether ``slot`` was asked for and something was said to it, so it is not asked again."""
    patient = int(turn.slot("turns_in_form") or 0) < ASKED_ENOUGH
    return turn.requested == slot and not (turn.intent in {*ASIDES, "affirm"} and patient)


def declined(turn: Turn) -> bool:
    """Whether the parent would rather not answer."""
    return wants_skip(turn.text) or turn.intent in {"skip", "deny"}
