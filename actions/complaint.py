"""The complaint form: what happened, what would put it right, how to reach you, check, send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.closing import close_matter, record_of
from actions.flood import check_again
from actions.forms import FormTurn, asked_once, declined
from actions.gathering import child_of, contact_of, details_of, has_told, needs_of
from actions.reach import account, ask_if_safe, reachable, say_child, say_reach
from actions.turn import Choice, Turn
from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.wishes import wish_in
from assistant.casework.wording import say_day, say_list, shorten
from assistant.services.open_case import open_case
from assistant.services.receipts import receipt_for

if TYPE_CHECKING:
    from assistant.services.shapes import CaseReceipt, DeadlineView

PROMISES = {"Acknowledge": "You hear that it has arrived", "Reply": "You get an answer"}

ENOUGH_TO_SEND = 12
"""An account of fewer words is asked about once more before it is read back."""


class ValidateComplaintForm(FormTurn):
    """Take what the turn gives to the complaint."""

    called = "validate_complaint_form"
    leaves = FormTurn.leaves | {"book", "change", "status"}

    def channel(self, turn: Turn) -> Channel:
        """Return the channel under which the complaint will be recorded."""
        return complaint_channel(turn)

    def takes_asides(self, turn: Turn) -> bool:
        """Take an account that sounds like a question as the answer it is."""
        return turn.requested == "statement" and has_told(turn.reading)

    def take(self, turn: Turn) -> None:
        """Fill account, outcome, contact and the parent's word, whatever came first."""
        if turn.requested == "complaint_confirmed" and answer_to_summary(turn):
            return
        take_outcome(turn)
        take_statement(turn)
        take_contact(turn)


def answer_to_summary(turn: Turn) -> bool:
    """Take a yes, or a no, to the summary; other words are added to the account."""
    if turn.intent in {"affirm", "complain"}:
        turn.keep(complaint_confirmed=True)
        return True
    if turn.intent == "deny":
        turn.keep(statement=None)
        turn.say("utter_what_to_change")
        return True
    return False


def take_contact(turn: Turn) -> None:
    """Keep how to reach the parent; a complaint without a name is taken, with a warning."""
    if reachable(turn):
        turn.keep(contact=say_reach(turn))
    elif details_of(turn).get("anonymous") or (turn.requested == "contact" and declined(turn)):
        turn.keep(contact="no name given")
        turn.say("utter_anonymous")


def take_statement(turn: Turn) -> None:
    """Keep the account once it is long enough, or once it was asked for."""
    words = " ".join(account(turn))
    if len(words.split()) >= ENOUGH_TO_SEND or (words and asked_once(turn, "statement")):
        turn.keep(statement=shorten(words, 400))


def take_outcome(turn: Turn) -> None:
    """Keep what would put it right; asked once, and the parent may leave it out."""
    wish = wish_in("\n".join(account(turn)))
    if wish and not turn.slot("outcome_wanted"):
        turn.keep(outcome_wanted=shorten(wish, 300))
    if not asked_once(turn, "outcome_wanted"):
        return
    gave_contact = turn.intent == "inform" and reachable(turn)
    answered = turn.text and not declined(turn) and not gave_contact
    turn.keep(outcome_wanted=turn.text if answered else "not said")


class AskComplaintConfirmed(SchoolAction):
    """Read the complaint back, with who will read it and by when, before it is sent."""

    called = "action_ask_complaint_form_complaint_confirmed"

    def act(self, turn: Turn) -> None:
        """Show the summary with Send and Change."""
        turn.mark(expects="confirm")
        turn.say(
            "utter_complaint_summary",
            about=shorten(" ".join(account(turn)), 400),
            outcome=turn.slot("outcome_wanted") or "not said",
            child=say_child(turn),
            reach=say_reach(turn) or "no name given",
            safe=ask_if_safe(turn),
            choices=[
                Choice("Yes, send it", "/affirm"),
                Choice("Change something", "/deny"),
                Choice("Don't send", "/stop"),
            ],
        )


class OpenComplaint(SchoolAction):
    """Record the complaint that was confirmed; only a committed record is called one."""

    called = "action_open_complaint"

    def act(self, turn: Turn) -> None:
        """Open the case and give the reference with the dates."""
        if not turn.may_file:
            check_again(turn, "complaint_form", "complaint_confirmed")
            return
        channel = complaint_channel(turn)
        receipt = open_case(
            turn.desk,
            idempotency_key=lodging_key(turn),
            conversation_id=turn.conversation_id,
            kind=CaseKind.COMPLAINT,
            channel=channel,
            statement="\n\n".join(account(turn)),
            outcome_wanted=turn.slot("outcome_wanted") or "",
            contact=contact_of(turn),
            child=child_of(turn),
            needs=needs_of(turn),
            subjects=frozenset(turn.slot("subjects") or ()),
        )
        tell_recorded(turn, receipt, channel)


def lodging_key(turn: Turn) -> str:
    """Return a key that a second yes to the same account shares, whichever turn it comes in.

    The first may have been saved although its news was lost; other words make another complaint.
    """
    told = "-".join(str(number) for number in turn.slot("matter") or ())
    return f"complaint:{turn.conversation_id}:{told}"


def say_deadline(due: DeadlineView) -> str:
    """Return a date the school owes, such as ``You get an answer by Tuesday 15 December.``."""
    return f"{PROMISES.get(due.name, due.name)} by {say_day(due.due_on)}."


def complaint_channel(turn: Turn) -> Channel:
    """Return the channel a complaint is recorded under: governors for head and governors."""
    led = turn.slot("about_head") or turn.slot("door") == Channel.GOVERNORS.value
    return Channel.GOVERNORS if led else Channel.COMPLAINT


def tell_recorded(turn: Turn, receipt: CaseReceipt, channel: Channel) -> None:
    """Give the reference, who reads it, and each date with what happens then."""
    turn.steer(channel)
    turn.mark(record=record_of(receipt), ended=True)
    turn.say(
        "utter_recorded",
        reference=receipt.reference,
        handler=receipt.handler_label,
        readers=say_list(list(receipt.readers)),
        dates="\n".join(say_deadline(due) for due in receipt.deadlines),
        link=f"{turn.desk.settings.public_url}/r/{receipt.token}",
        come_back=f"{turn.desk.settings.public_url}/come-back",
        receipt=receipt_for(turn.desk, receipt.id),
    )
    close_matter(turn, receipt)
