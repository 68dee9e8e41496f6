"""What the meeting form asks and reads back: free times, then the whole meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.all_times import link_to_all_times
from actions.base import SchoolAction
from actions.doors import describe, hosts_at
from actions.gathering import needs_of
from actions.reach import account, ask_if_safe, say_child, say_reach
from actions.slots import from_json, mode_at, say_no_times, time_choices, times_for
from actions.turn import Choice, Turn
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.wording import say_list, say_when, shorten

if TYPE_CHECKING:
    from assistant.services.offer_hosts import HostOffer

MODES = {
    MeetingMode.IN_PERSON: "in person at school",
    MeetingMode.PHONE: "by phone",
    MeetingMode.VIDEO: "by video call",
}


class AskWhen(SchoolAction):
    """Show real free times, and say that any words for a time will do."""

    called = "action_ask_meeting_form_when"

    def act(self, turn: Turn) -> None:
        """Offer times with the person behind the door."""
        turn.mark(expects="when")
        offer = times_for(turn, None)
        slots = offer.matching or offer.nearest
        if not slots:
            say_no_times(turn)
            return
        host = host_of(turn, slots[0].host_id)
        turn.say("utter_all_times", link=link_to_all_times(turn, slots[0].host_id))
        turn.say("utter_ask_when", who=host.name if host else "", choices=time_choices(slots))


def host_of(turn: Turn, staff_id: str) -> HostOffer | None:
    """Return the host behind the door who has this id."""
    hosts = hosts_at(turn, Channel(turn.slot("door") or Channel.STAFF))
    return next((host for host in hosts if host.staff_id == staff_id), None)


class AskMeetingConfirmed(SchoolAction):
    """Read the whole meeting back before anything is sent."""

    called = "action_ask_meeting_form_meeting_confirmed"

    def act(self, turn: Turn) -> None:
        """Show the summary with Send and Change."""
        turn.mark(expects="confirm")
        slot = from_json(turn.slot("held"))
        host = host_of(turn, slot.host_id)
        turn.say(
            "utter_meeting_summary",
            who=describe(host) if host else "",
            when=say_when(to_london(slot.starts_at), to_london(slot.ends_at)),
            how=MODES[mode_of(turn)],
            child=say_child(turn),
            reach=say_reach(turn),
            extras=say_extras(turn),
            about=say_about(turn),
            safe=ask_if_safe(turn),
            choices=[
                Choice("Yes, book it", "/affirm"),
                Choice("Another time", "/deny"),
                Choice("Don't book", "/stop"),
            ],
        )


def mode_of(turn: Turn) -> MeetingMode:
    """Return how they would meet at the time that is held."""
    return mode_at(turn, from_json(turn.slot("held")))


def say_extras(turn: Turn) -> str:
    """Return the line of what the parent needs; none where they need nothing."""
    needs = needs_of(turn)
    wanted = [
        f"interpreter for {needs.interpreter}" if needs.interpreter else "",
        "a room without steps" if needs.step_free else "",
        "somebody with you" if needs.supporter else "",
        "both parents together, if both ask for it" if needs.both_parents else "",
    ]
    found = [want for want in wanted if want]
    return f"\nYou need: {say_list(found)}" if found else ""


def say_about(turn: Turn) -> str:
    """Return the parent's own account, shortened for the summary."""
    return shorten(" ".join(account(turn)), 280) or "you will say when you meet"
