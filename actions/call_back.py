"""A person instead of a program: ask who and where to ring, and pass it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.closing import close_matter, record_of
from actions.flood import press_again
from actions.forms import FormTurn
from actions.gathering import child_of, contact_of, details_of, gather, needs_of
from actions.heard import wanted_channel
from actions.reach import account, reachable, say_reach
from actions.safety import stay_with_safety, still_unsafe
from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.wording import say_list
from assistant.services.open_case import open_case
from assistant.services.people_on_duty import people_on_duty

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.services.shapes import CaseReceipt


class Human(SchoolAction):
    """Offer a person: the school's number now, or a call back."""

    called = "action_human"

    def act(self, turn: Turn) -> None:
        """Begin the call-back form."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        gather(turn)
        if wanted_channel(turn) or details_of(turn).get("anonymous"):
            turn.go_on_with("action_hear")
            return
        turn.steer(Channel.SERVICE, (Channel.STAFF, Channel.HEADTEACHER))
        turn.say("utter_human", hours=turn.desk.school.office_hours)
        say_who_is_here(turn)
        turn.go_on_with("call_back_form")


def say_who_is_here(turn: Turn) -> None:
    """Tell who could join the chat now; nobody whom it is about, or who is close to them."""
    here = people_on_duty(turn.desk, conversation_id=turn.conversation_id, words=turn.text)
    if here:
        people = say_list([each.label for each in here], joiner="and")
        link = f"{turn.desk.settings.public_url}/person"
        turn.say("utter_person_here", people=people, link=link)


class ValidateCallBackForm(FormTurn):
    """Take the parent's name and number."""

    called = "validate_call_back_form"
    leaves = FormTurn.leaves - {"human"} | {"book", "complain", "change", "status"}

    def take(self, turn: Turn) -> None:
        """Keep how to reach the parent."""
        if reachable(turn):
            turn.keep(contact=say_reach(turn))


class RequestCallBack(SchoolAction):
    """Pass the request on to the office."""

    called = "action_request_call_back"

    def act(self, turn: Turn) -> None:
        """Open the request and give its reference."""
        if not turn.may_file:
            turn.steer(Channel.SERVICE)
            press_again(turn, "Ask the school to ring me", "/human")
            return
        erase = bool(turn.slot("wants_deletion"))
        receipt = open_request(turn, CaseKind.DATA_PROTECTION if erase else CaseKind.CALL_BACK)
        turn.steer(Channel.SERVICE)
        turn.mark(record=record_of(receipt), ended=True)
        turn.say(
            "utter_deletion_recorded" if erase else "utter_call_back_recorded",
            reference=receipt.reference,
            handler=receipt.handler_label,
            reach=say_reach(turn),
        )
        turn.keep(wants_deletion=None)
        close_matter(turn, receipt)


def open_request(turn: Turn, kind: CaseKind) -> CaseReceipt:
    """Open a request that a person will act on."""
    return open_case(
        turn.desk,
        idempotency_key=f"{kind.value}:{turn.turn_id}",
        conversation_id=turn.conversation_id,
        kind=kind,
        channel=Channel.STATUTORY if kind is CaseKind.DATA_PROTECTION else Channel.SERVICE,
        statement="\n\n".join(account(turn)),
        outcome_wanted="",
        contact=contact_of(turn),
        child=child_of(turn),
        needs=needs_of(turn),
        subjects=frozenset(turn.slot("subjects") or ()),
    )
