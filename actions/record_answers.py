"""Answers about one record of the parent's: where it is, who has it, by when, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.gathering import turn_number
from actions.own_records import MEETING, describe, fit, open_records, to_json
from actions.turn import Choice
from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.own_record_wishes import Wanted
from assistant.casework.wording import say_day, say_when

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actions.turn import Turn
    from assistant.services.shapes import RecordView

OF_MEETINGS = frozenset(
    {Wanted.PLACE, Wanted.KNOWN, Wanted.LATE, Wanted.MODE, Wanted.COMPANY, Wanted.NUMBER}
)
"""What is asked of a meeting first."""

OF_CASES = frozenset({Wanted.HANDLER, Wanted.DATES, Wanted.ADD})
"""What is asked of a case first."""


def answer(turn: Turn, wanted: Wanted, record: RecordView | None) -> bool:
    """Answer from the record, where there is one that can answer it; else return False."""
    if record is None:
        return False
    say = ANSWERS.get((wanted, "meeting" if record.kind == MEETING else "case"))
    if say is not None:
        say(turn, record)
    return say is not None


def record_for(turn: Turn, wanted: Wanted) -> RecordView | None:
    """Return the open record that the words fit best; the kind that the question is of first."""
    return max(
        open_records(turn),
        key=lambda record: (fits_kind(record, wanted), fit(turn, record)),
        default=None,
    )


def fits_kind(record: RecordView, wanted: Wanted) -> bool:
    """Whether a question of this kind is asked of a record of this kind."""
    meeting = record.kind == MEETING
    return (meeting and wanted in OF_MEETINGS) or (not meeting and wanted in OF_CASES)


def say_where(turn: Turn, record: RecordView) -> None:
    """Say where the meeting is, or that nobody has to come."""
    if record.mode == MeetingMode.IN_PERSON.value:
        address, place = turn.desk.school.address, record.place
        turn.say("utter_record_place", who=record.host_name, place=place, address=address)
    else:
        turn.say("utter_record_no_place", place=record.place, when=start_of(record))


def say_known(turn: Turn, record: RecordView) -> None:
    """Say in whose diary it stands."""
    turn.say("utter_record_known", who=record.host_name, when=start_of(record))


def say_late(turn: Turn, record: RecordView) -> None:
    """Send somebody who is late to the telephone, which is read at once."""
    turn.say("utter_record_late", who=record.host_name)


def say_company(turn: Turn, record: RecordView) -> None:
    """Say that they may bring somebody."""
    turn.say("utter_record_company", what=describe(record))


def say_kept(turn: Turn, record: RecordView) -> None:
    """Say that nothing has changed."""
    del record
    turn.keep(record=None)
    turn.say("utter_kept")


def say_waits(turn: Turn, record: RecordView) -> None:
    """Say that it is not lost."""
    turn.say("utter_record_waits", what=describe(record))


def say_handler(turn: Turn, record: RecordView) -> None:
    """Say who has the case."""
    turn.say("utter_record_handler", handler=record.handler, what=describe(record))


def say_dates(turn: Turn, record: RecordView) -> None:
    """Say by when the school owes what, and how that is counted."""
    dates = "\n".join(f"{due.name} by {say_day(due.due_on)}. {due.sum}" for due in record.deadlines)
    if dates:
        turn.say("utter_record_dates", reference=record.reference, dates=dates)
    else:
        turn.say("utter_status", records=describe(record))


def say_by_office(turn: Turn, record: RecordView) -> None:
    """Offer the office for what the chat cannot change."""
    turn.keep(pending="callback")
    turn.say(
        "utter_record_by_office",
        what=describe(record),
        choices=[Choice("Ask someone to ring me", "/human")],
    )


def say_add(turn: Turn, record: RecordView) -> None:
    """Ask for the words that shall be added; the very next message is taken for them."""
    kept = {**to_json(record), "reference": record.reference, "adding": turn_number(turn)}
    turn.keep(record=kept, pending=None)
    turn.say("utter_record_add", reference=record.reference)


def start_of(record: RecordView) -> str:
    """Return when a meeting begins, in words."""
    return say_when(to_london(record.starts_at)) if record.starts_at else ""


ANSWERS: Mapping[tuple[Wanted, str], Callable[[Turn, RecordView], None]] = {
    (Wanted.KEEP, "meeting"): say_kept,
    (Wanted.KEEP, "case"): say_kept,
    (Wanted.WAIT, "meeting"): say_waits,
    (Wanted.WAIT, "case"): say_waits,
    (Wanted.PLACE, "meeting"): say_where,
    (Wanted.KNOWN, "meeting"): say_known,
    (Wanted.LATE, "meeting"): say_late,
    (Wanted.COMPANY, "meeting"): say_company,
    (Wanted.MODE, "meeting"): say_by_office,
    (Wanted.NUMBER, "meeting"): say_by_office,
    (Wanted.NUMBER, "case"): say_by_office,
    (Wanted.HANDLER, "case"): say_handler,
    (Wanted.DATES, "case"): say_dates,
    (Wanted.ADD, "case"): say_add,
    (Wanted.MOVE, "case"): say_add,
}
"""What answers a wish, by the kind of record; the status answers what is not here."""
