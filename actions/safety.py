"""Safety first: danger, disclosure, crisis and threats stop every form, and stay in front."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.base import SchoolAction
from actions.doors import TITLES
from actions.gathering import contact_of, details_of, merged, time_of
from actions.heard import open_doors
from actions.languages import say_safety_in_own_language
from actions.turn import Choice, Turn
from assistant.casework.aftermath import has_passed, takes_back
from assistant.casework.details import read_details, takes_anger_back
from assistant.casework.kinds import AlertKind, Channel
from assistant.casework.reasons import reason_for
from assistant.casework.routing import FIXED, Route, beside, route
from assistant.services.parent_words import parent_words
from assistant.services.raise_alert import raise_alert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.services.shapes import AlertReceipt

REQUESTS = frozenset(
    {"book", "complain", "ask_channel", "ask_info", "ask_policy", "status", "change", "human"}
)
"""Acts that ask for the everyday matter again, or for a person."""


STATE_ACTS = {"emergency": "danger", "safeguarding": "disclose", "wellbeing": "crisis"}
ASKS = re.compile(
    r"\?\s*$|^\W*(?:do|does|did|can|could|will|would|should|shall|what|when|where|who|how|why|"
    r"is it)\b",
    re.IGNORECASE,
)
"""A question: it is answered with safety first, and is nothing to pass on."""


@dataclass(frozen=True)
class Protection:
    """How one kind of risk is met: who is alerted, and the first words."""

    alert: AlertKind
    response: str
    state: str | None


PROTECTIONS: Mapping[str, Protection] = {
    "danger": Protection(AlertKind.EMERGENCY, "utter_emergency", "emergency"),
    "disclose": Protection(AlertKind.SAFEGUARDING, "utter_safeguarding", "safeguarding"),
    "crisis": Protection(AlertKind.WELLBEING, "utter_wellbeing", "wellbeing"),
    "threat": Protection(AlertKind.THREAT, "utter_threat", None),
}


class Protect(SchoolAction):
    """Alert the safeguarding leads with the exact words, and say what to do now."""

    called = "action_protect"

    def act(self, turn: Turn) -> None:
        """Meet a clear sign of risk; a form that was open is already put aside."""
        state = turn.slot("safety")
        if state and (has_passed(turn.text) or state == PROTECTIONS[turn.intent].state):
            stay_with_safety(turn)
            return
        protect(turn, turn.intent)


def protect(turn: Turn, act: str) -> None:
    """Alert the leads, say what to do now, and keep safety in front."""
    protection = PROTECTIONS[act]
    receipt = alert(turn, protection.alert)
    turn.steer(*_first_and_others(act))
    turn.mark(help=True, expects="safe" if protection.state else "calm")
    say_safety_in_own_language(turn)
    turn.say(protection.response, **lead_facts(turn, receipt))
    pending = None if protection.state else "callback"
    if turn.slot("pending") == "forget":
        pending = "forget"
    last = Channel.MODERATION.value if not protection.state else turn.slot("last_channel")
    turn.keep(safety=protection.state, safety_turns=0, pending=pending, last_channel=last)


def meet_danger(turn: Turn, chosen: Route) -> None:
    """Meet what most sounds like danger now as danger now."""
    protect(turn, "danger")


class Boundary(SchoolAction):
    """Set a calm boundary once, then ask what is behind the anger."""

    called = "action_boundary"

    def act(self, turn: Turn) -> None:
        """Answer abuse at a person without a lecture."""
        chosen = route(turn.reading)
        turn.steer(chosen.channel, chosen.alternatives, chosen.reason)
        again = bool(turn.slot("boundary_set"))
        turn.say("utter_boundary_again" if again else "utter_boundary")
        turn.keep(boundary_set=True, last_channel=Channel.MODERATION.value)
        turn.mark(expects="calm")


def offer_to_pass_on(turn: Turn, chosen: Route) -> None:
    """Offer the safeguarding lead for what may be a risk; pass nothing on before a yes."""
    turn.keep(pending="pass_on")
    turn.mark(expects="door", help=True)
    turn.say(
        "utter_possible_risk",
        choices=[
            Choice("Yes, pass it on", "/affirm"),
            Choice("No, it isn't about safety", "/deny"),
        ],
    )


def pass_on(turn: Turn) -> None:
    """Alert the safeguarding leads with what the parent told before and now agrees to pass on."""
    words = parent_words(turn.desk, turn.conversation_id, turn.slot("matter") or None)
    receipt = alert(turn, AlertKind.SAFEGUARDING, words="\n\n".join(words))
    turn.steer(*_first_and_others("disclose"))
    turn.mark(help=True, expects="safe")
    turn.say("utter_safeguarding", **lead_facts(turn, receipt))
    turn.keep(safety="safeguarding", safety_turns=0, pending=None)


def _first_and_others(act: str) -> tuple[Channel, tuple[Channel, ...], str]:
    first, *others = FIXED[act]
    return first, tuple(others), reason_for(first)


def alert(turn: Turn, kind: AlertKind, words: str = "") -> AlertReceipt:
    """Raise the alert; the words go verbatim and to the safeguarding leads only."""
    found = read_details(turn.text, expects=None, people=turn.reading.people)
    turn.keep(details=merged(details_of(turn), found_to_json(found)))
    return raise_alert(
        turn.desk,
        idempotency_key=turn.turn_id,
        conversation_id=turn.conversation_id,
        kind=kind,
        words=words or turn.text,
        contact=contact_of(turn),
        subjects=frozenset(turn.slot("subjects") or ()),
    )


def found_to_json(found: object) -> dict[str, object]:
    """Return only how to reach the parent: nothing else is kept from a disclosure."""
    return {name: getattr(found, name) for name in ("parent_name", "phone", "email")}


def lead_facts(turn: Turn, receipt: AlertReceipt) -> dict[str, Any]:
    """Return who will read the alert and the numbers to ring, for the replies."""
    safety = turn.desk.school.safeguarding
    lines = [f"{lead.name}: {lead.phone} ({lead.hours})" for lead in receipt.leads]
    return {
        "leads": "\n".join(lines),
        "lead": receipt.leads[0].name if receipt.leads else "the safeguarding lead",
        "read_by": receipt.read_by,
        "council": safety.council_name,
        "council_day": safety.council_day,
        "council_night": safety.council_night,
        **{f"line_{line.id}": line.number for line in turn.desk.school.helplines},
    }


def still_unsafe(turn: Turn) -> bool:
    """Whether safety stays in front of this turn.

    It stays until the parent says that it has passed, or asks a second time for the everyday
    matter after being told that it will keep.
    """
    if not turn.slot("safety"):
        return False
    asks = turn.intent in REQUESTS or (
        time_of(turn, asked=False) is not None and not names_somebody(turn)
    )
    asked_again = asks and int(turn.slot("safety_turns") or 0) >= 1
    if asked_again or (asks and has_passed(turn.text)):
        turn.keep(safety=None)
        return False
    return True


def names_somebody(turn: Turn) -> bool:
    """Whether the message gives a name or a class, which looks like a time ("8L") and is none."""
    found = read_details(turn.text, expects="child", people=turn.reading.people)
    return bool(found.child_name or found.class_name or found.parent_name or found.phone)


def stay_with_safety(turn: Turn) -> None:
    """Answer in the safety conversation: pass on what is added, put the rest after it."""
    state = str(turn.slot("safety"))
    turn.keep(safety_turns=int(turn.slot("safety_turns") or 0) + 1)
    if has_passed(turn.text):
        say_it_is_over(turn)
        return
    if takes_back(turn.text):
        turn.keep(safety=None)
        turn.steer(Channel.SERVICE)
        turn.say("utter_not_so")
        return
    turn.steer(*_first_and_others(STATE_ACTS[state]))
    turn.mark(help=True, expects="safe")
    if turn.intent in REQUESTS or ASKS.search(turn.text):
        turn.say(f"utter_{state}_first")
        return
    if state == "safeguarding" and turn.text:
        alert(turn, AlertKind.SAFEGUARDING)
    turn.say(f"utter_{state}_goes_on")


def is_calm_again(turn: Turn) -> bool:
    """Whether the parent takes back what met a boundary."""
    met = turn.slot("last_channel") == Channel.MODERATION.value
    return met and takes_anger_back(turn.text)


def welcome_back(turn: Turn) -> None:
    """Go on with what is behind the anger, without coming back to it."""
    before = Channel(turn.slot("door") or Channel.STAFF)
    door, *others = open_doors(turn, (before, *beside(before)))
    turn.steer(door, others)
    turn.keep(door=door.value, pending="door", last_channel=door.value)
    turn.mark(expects="door")
    choices = [Choice("Book a private talk", "/affirm"), Choice("I want to say more", "/go_on")]
    turn.say("utter_calm_again", choices=choices)


def say_it_is_over(turn: Turn) -> None:
    """Be glad with the parent and offer the talk about what happened."""
    usual = (Channel.HEADTEACHER, Channel.STAFF, Channel.COMPLAINT)
    door, *others = open_doors(turn, usual)
    turn.keep(safety=None, pending="danger_over", door=door.value)
    turn.steer(door, others)
    turn.mark(expects="door")
    who = TITLES[door].removeprefix("Talk to ")
    turn.say("utter_it_is_over", who=who, choices=[Choice("Book a private talk", "/affirm")])
