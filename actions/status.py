"""Where the parent's records have got to, and the way to another time or to calling one off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.base import SchoolAction
from actions.gathering import STORY_ACTS, gather, learned, turn_number
from actions.own_records import (
    MEETING,
    ask_for_reference,
    describe,
    record_meant,
    records_of,
    to_json,
)
from actions.record_answers import answer, record_for
from actions.safety import stay_with_safety, still_unsafe
from actions.turn import Choice
from assistant.casework.kinds import Channel
from assistant.casework.own_record_wishes import CHANGED, Wanted, wanted_of_record
from assistant.casework.own_record_words import has_one_already
from assistant.casework.questions import GENERAL, which_answer
from assistant.casework.references import find_reference
from assistant.services.add_to_case import add_to_case
from assistant.services.find_records import find_records

if TYPE_CHECKING:
    from actions.turn import Turn

SHOWN = 4
LONGEST_WISH, A_SERVICE_AT = 45, 0.5
"""A longer message that sounds less like a service than that is no wish about a record."""
FOLLOW_UP = 20
"""Words of the longest message that is taken to go on about a record it does not name."""

NEEDS_ITS_RECORD = frozenset(
    {Wanted.MOVE, Wanted.OFF, Wanted.TIME, Wanted.PLACE, Wanted.ADD, Wanted.NUMBER}
)
"""What nothing but the record can answer: where none is found, its reference is asked for."""

LEAVES_IT = frozenset({Wanted.KEEP, Wanted.WAIT})
"""What is no addition to a case, though words were asked for."""


class Status(SchoolAction):
    """Say where the parent's own records have got to."""

    called = "action_status"

    def act(self, turn: Turn) -> None:
        """Answer what is asked of them, or ask for the reference."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        gather(turn)
        serve(turn, wanted_of_record(turn.text) or Wanted.STATUS)


class Change(SchoolAction):
    """Move a meeting or call a record off; the parent confirms before anything changes."""

    called = "action_change"

    def act(self, turn: Turn) -> None:
        """Find what is meant, and whether it is to be moved, called off or left as it is."""
        if still_unsafe(turn):
            stay_with_safety(turn)
            return
        gather(turn)
        serve(turn, wanted_of_record(turn.text) or Wanted.MOVE)


def goes_on_about_a_record(turn: Turn) -> bool:
    """Answer a message about the parent's own record; False where it speaks of something else."""
    if adds_to_case(turn):
        return True
    if tells_a_story(turn):
        return False
    wanted = wanted_of_record(turn.text)
    if opens_a_record(turn):
        serve(turn, wanted or wanted_before(turn))
    elif names_one(turn, wanted) and (records_of(turn) or wanted in NEEDS_ITS_RECORD):
        serve(turn, wanted or Wanted.STATUS)
    elif wanted and was_told_of_one(turn) and records_of(turn):
        serve(turn, wanted)
    elif waits_for_reference(turn) and learned(turn):
        say_not_by_name(turn)
    else:
        return False
    return True


def tells_a_story(turn: Turn) -> bool:
    """Whether a long message tells what happened, and names a meeting only by the way."""
    long = turn.intent in STORY_ACTS and turn.reading.words > LONGEST_WISH
    return long and turn.reading.doors.get(Channel.SERVICE, 0.0) < A_SERVICE_AT


def names_one(turn: Turn, wanted: Wanted | None) -> bool:
    """Whether the words speak of a record of the parent's own, not of how meetings are in general.

    "Will the meeting be private?" has a written answer.
    """
    general = turn.text.rstrip().endswith("?") and which_answer(turn.text) != GENERAL
    if general and wanted is None:
        return False
    return has_one_already(turn.text) or find_reference(turn.text) is not None


def opens_a_record(turn: Turn) -> bool:
    """Whether this turn brought what was missing: the reference, or the number that proves it."""
    known = find_records(turn.desk, conversation_id=turn.conversation_id)
    return len(records_of(turn)) > len(known)


def wanted_before(turn: Turn) -> Wanted:
    """Return what was wanted when the reference was asked for."""
    return Wanted((turn.slot("record") or {}).get("wanted") or Wanted.STATUS)


def waits_for_reference(turn: Turn) -> bool:
    """Whether the reference of a record was asked for and nothing else was begun since."""
    asked = (turn.slot("record") or {}).get("wanted")
    asking_now = turn.slot("pending") == "callback"
    return bool(asked) and asking_now and turn.reading.words <= FOLLOW_UP


def say_not_by_name(turn: Turn) -> None:
    """Say that a name opens no record, and offer a person who may look it up."""
    turn.steer(Channel.SERVICE)
    turn.mark(expects="reference")
    turn.say("utter_not_by_name", choices=[Choice("Ask someone to ring me", "/human")])


def was_told_of_one(turn: Turn) -> bool:
    """Whether the answer before spoke of a record, and the message is short enough to go on."""
    last = turn.slot("last_channel")
    told = last == Channel.SERVICE.value or (turn.slot("last_record") and not last)
    return bool(told) and len(turn.text.split()) <= FOLLOW_UP


def serve(turn: Turn, wanted: Wanted) -> None:
    """Do or tell what is wanted of the parent's records."""
    turn.steer(Channel.SERVICE)
    turn.keep(last_channel=Channel.SERVICE.value)
    if not records_of(turn):
        say_none_found(turn, wanted)
    elif wanted in CHANGED and not adds_instead(turn, wanted):
        start_change(turn, wanted)
    elif not answer(turn, wanted, record_for(turn, wanted)):
        say_status(turn)


def say_none_found(turn: Turn, wanted: Wanted) -> None:
    """Ask for the reference, and keep what was wanted; who wants nothing changed needs none."""
    if wanted is Wanted.KEEP:
        turn.say("utter_kept")
        return
    turn.keep(record={"wanted": wanted.value})
    ask_for_reference(turn)


def adds_instead(turn: Turn, wanted: Wanted) -> bool:
    """Whether a change is wanted of a case's words: a case has no time that could be moved."""
    record = record_meant(turn)
    return wanted is Wanted.MOVE and record is not None and record.kind != MEETING


def start_change(turn: Turn, wanted: Wanted) -> None:
    """Go over to the form that moves the record meant or calls it off."""
    record = record_meant(turn)
    if record is None:
        say_status(turn)
        return
    turn.keep(record=to_json(record), pending=None)
    turn.go_on_with("cancel_form" if wanted is Wanted.OFF else "change_form")


def say_status(turn: Turn) -> None:
    """Name each record with its dates, or ask for what proves that it is the parent's."""
    turn.steer(Channel.SERVICE)
    turn.keep(last_channel=Channel.SERVICE.value)
    records = records_of(turn)
    if not records:
        ask_for_reference(turn)
        return
    turn.say("utter_status", records="\n".join(describe(record) for record in records[:SHOWN]))


def adds_to_case(turn: Turn) -> bool:
    """Add the words that were asked for in the turn before; the parent was told where they go."""
    kept = turn.slot("record") or {}
    asked_now = kept.get("adding") == turn_number(turn) - 1
    tells = turn.intent in {*STORY_ACTS, "inform"} - {"book"}
    if not asked_now or not tells or wanted_of_record(turn.text) in LEAVES_IT:
        return False
    add_to_case(
        turn.desk,
        case_id=kept["id"],
        words=turn.text,
        idempotency_key=f"add:{turn.turn_id}",
    )
    turn.steer(Channel.SERVICE)
    turn.keep(record=None, last_channel=Channel.SERVICE.value)
    turn.say("utter_record_added", reference=kept["reference"])
    return True
