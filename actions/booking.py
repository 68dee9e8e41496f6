"""Book the meeting that was confirmed; only a committed booking is called one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.closing import close_matter, record_of
from actions.flood import check_again
from actions.gathering import child_of, contact_of, needs_of
from actions.held_time import meet_another_way
from actions.meeting_words import MODES, mode_of, say_extras
from actions.reach import account
from actions.slots import from_json, time_choices
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.wording import say_when
from assistant.services.book_meeting import book_meeting
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken, VisitNotAllowed

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.services.shapes import MeetingReceipt


class BookMeeting(SchoolAction):
    """Book what was confirmed; only a committed booking is called one."""

    called = "action_book_meeting"

    def act(self, turn: Turn) -> None:
        """Book, or offer the nearest times when somebody was faster."""
        if not turn.may_file:
            check_again(turn, "meeting_form", "meeting_confirmed")
            return
        try:
            receipt = book(turn)
        except SlotTaken as taken:
            offer_instead(turn, taken)
        except VisitNotAllowed as refused:
            meet_another_way(turn, refused)
            turn.go_on_with("meeting_form")
        except HostNotAllowed:
            turn.keep(held=None, when=None, meeting_confirmed=None)
            turn.say("utter_other_host")
            turn.go_on_with("meeting_form")
        else:
            tell_booked(turn, receipt)


def book(turn: Turn) -> MeetingReceipt:
    """Call the booking service with what the parent confirmed."""
    slot = from_json(turn.slot("held"))
    return book_meeting(
        turn.desk,
        idempotency_key=f"meeting:{turn.turn_id}",
        conversation_id=turn.conversation_id,
        channel=Channel(turn.slot("door")),
        host_id=slot.host_id,
        starts_at=slot.starts_at,
        mode=mode_of(turn),
        contact=contact_of(turn),
        child=child_of(turn),
        needs=needs_of(turn),
        note="\n\n".join(account(turn)),
        subjects=frozenset(turn.slot("subjects") or ()),
        holder=turn.conversation_id,
    )


def offer_instead(turn: Turn, taken: SlotTaken) -> None:
    """Say that the time has gone and keep everything else."""
    turn.keep(held=None, when=None, meeting_confirmed=None)
    turn.say("utter_slot_taken", choices=time_choices(taken.alternatives))
    turn.go_on_with("meeting_form")


def tell_booked(turn: Turn, receipt: MeetingReceipt) -> None:
    """Give the reference and what happens next, and clear the table for the next matter."""
    door = Channel(turn.slot("door"))
    turn.steer(door)
    turn.mark(record=record_of(receipt), ended=True)
    turn.say(
        "utter_booked",
        reference=receipt.reference,
        who=receipt.host_name,
        when=say_when(to_london(receipt.starts_at), to_london(receipt.ends_at)),
        how=MODES[MeetingMode(receipt.mode)],
        place=receipt.place,
        link=f"{turn.desk.settings.public_url}/r/{receipt.token}",
        extras=say_extras(turn),
    )
    close_matter(turn, receipt)
