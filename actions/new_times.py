"""The new time for a meeting: what is wished for, what is free then, and what is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.forms import asked_once
from actions.gathering import at_the_same_time
from actions.slots import say_no_times, time_choices
from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.own_record_words import MOVED_TO, day_said_once
from assistant.casework.times import TimeReading, Window, find_time
from assistant.casework.wording import say_when
from assistant.services.find_records import find_records
from assistant.services.offer_slots import SlotOffer, offer_slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.turn import Turn
    from assistant.casework.slots import Slot
    from assistant.services.shapes import RecordView

SHOWN = 4


def new_time(turn: Turn) -> TimeReading | None:
    """Return the time wished for; the time that the meeting has now is not meant by it."""
    if turn.requested:
        asked = asked_once(turn, "new_when")
        wish = find_time(day_said_once(turn.text), turn.now, turn.desk.calendar, asked=asked)
        return at_the_same_time(turn, wish, meeting_of(turn).starts_at)
    moved_to = MOVED_TO.search(turn.text)
    if moved_to:
        wish = find_time(moved_to.group(1), turn.now, turn.desk.calendar)
        return at_the_same_time(turn, wish, meeting_of(turn).starts_at)
    wish = find_time(turn.text, turn.now, turn.desk.calendar)
    start = meeting_of(turn).starts_at
    if wish and start and any(one.start <= start < one.end for one in wish.windows):
        return None
    return wish


def meeting_of(turn: Turn) -> RecordView:
    """Return the meeting that is to be moved."""
    wanted = turn.slot("record")["id"]
    records = find_records(turn.desk, conversation_id=turn.conversation_id)
    return next(one for one in records if one.id == wanted)


def times_of_record(turn: Turn, windows: Sequence[Window] | None) -> SlotOffer:
    """Return free times with the host of the meeting that is to be moved."""
    meeting = meeting_of(turn)
    return offer_slots(
        turn.desk,
        host_ids=[str(meeting.host_id)],
        windows=windows,
        mode=MeetingMode(meeting.mode) if meeting.mode else None,
        needs=meeting.needs,
        limit=SHOWN,
    )


def propose(turn: Turn, offer: SlotOffer) -> None:
    """Keep the best new time and show the others."""
    slots = offer.matching or offer.nearest
    if not slots:
        say_no_times(turn)
        return
    if not offer.matching:
        turn.say("utter_nothing_then", nearest=say_slot(slots[0]), choices=time_choices(slots[1:3]))
    turn.keep(new_when=say_slot(slots[0]), held={"start": slots[0].starts_at.isoformat()})


def say_slot(slot: Slot) -> str:
    """Return a time as a parent reads it."""
    return say_when(to_london(slot.starts_at))
