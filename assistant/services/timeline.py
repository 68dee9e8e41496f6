"""The story of a record: the parent's words, staff notes and what the system noted, in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import CaseStatus, CaseWay, Lateness, MeetingStatus
from assistant.services.campaigns import LINKED, OF_CAMPAIGNS, UNLINKED, may_know_of
from assistant.services.desk_rows import who
from assistant.services.desk_shapes import TimelineEntry
from assistant.services.forget_conversation import CHAT_DELETED
from assistant.services.policy_timeline import is_untold, policy_did, policy_title, policy_words
from assistant.services.turns import PARENT
from assistant.store.letter_tables import Letter
from assistant.store.tables import RecordNote

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.history import PastEvent
    from assistant.store.unit_of_work import UnitOfWork

STATUS_CHANGED = "case.status_changed"
INCIDENT_DATED = "case.incident_dated"
LATENESS_DECIDED = "case.lateness_decided"
MEETING_MARKED = "meeting.marked"
MEETING_HANDED_OVER = "meeting.handed_over"
PARENT_WRITTEN = "case.parent_written"
WITHDRAWN = "case.withdrawn"
EXTENDED = "case.extended"

NOT_TOLD = {
    WITHDRAWN: "No e-mail went out. Print the confirmation below and post it.",
}
"""What is left to do where the parent could not be written to; else it is about a meeting."""

RING_THEM = "The parent could not be written to. Ring them and say who they will meet."
TOLD_WITHOUT_MAIL = "record.told_without_mail"
WITHOUT_MAIL = "told them otherwise what an e-mail could not"

ACCESS = {
    "case.access_granted": "gave the reading of this to",
    "case.access_revoked": "took the reading of this back from",
    "case.recused": "stepped back from this",
    "case.handed_over": "handed this over to",
    LINKED: "linked this with others that say the same",
    UNLINKED: "took this out of the cases that say the same",
}
"""What somebody did to a case and its readers, before the name of whom, if it was somebody."""

SAID = {
    TOLD_WITHOUT_MAIL: WITHOUT_MAIL,
    "record.held": "put a legal hold on this",
    "record.hold_lifted": "lifted the legal hold",
    "case.kept_longer": "changed how long this is kept",
}
"""What somebody did, in words that fit every time; why stands below."""

TITLES = {
    WITHDRAWN: "The parent withdrew this",
    "case.wall_moved": "The people who may read this changed, because of who it is about",
    "record.unlocked": "The parent opened this with its reference",
    CHAT_DELETED: "The chat from which this came was deleted",
    "meeting.booked": "The parent booked this meeting",
    "meeting.moved": "The meeting was moved",
    "meeting.cancelled": "The meeting was cancelled",
    "meeting.time_offered": "The parent was offered another time",
    "meeting.time_accepted": "The parent took the other time",
    "meeting.time_declined": "The parent did not take the other time",
    "meeting.time_expired": "The other time was not answered, so it is free again",
    "meeting.time_withdrawn": "The other time was taken back",
    "meeting.earlier_wanted": "The parent asked to be told of earlier times",
    "meeting.earlier_unwanted": "The parent no longer waits for an earlier time",
}
"""Events that staff see beside notes and changes; a reading is for the history alone."""


def timeline_of(
    desk: Desk, work: UnitOfWork, kind: str, record_id: str, staff_id: str
) -> list[TimelineEntry]:
    """Return notes and events of the record (``case`` or ``meeting``) in the history's order.

    What tells of other cases is left out unless the reader, ``staff_id``, may know of them.
    """
    mine = select(RecordNote).where(RecordNote.record_id == record_id)
    notes = {note.id: note for note in work.session.scalars(mine)}
    entries: list[TimelineEntry] = []
    places: Counter[str] = Counter()
    for event in work.events_of(kind, record_id):
        if not may_know_of(desk, work, staff_id, event):
            continue
        note = notes.get(event.details.get("note", ""))
        if event.kind == PARENT_WRITTEN:
            entry = _letter(desk, work, event)
        else:
            entry = _note(desk, work, note) if note else _event(desk, work, event)
        if entry.title:
            among = "linked-" if event.kind in OF_CAMPAIGNS else ""
            places[among] += 1
            entries.append(replace(entry, place=f"{among}{places[among]}"))
    return entries


def _note(desk: Desk, work: UnitOfWork, note: RecordNote) -> TimelineEntry:
    words = work.unseal(note, "words")
    if note.author == PARENT:
        return TimelineEntry(note.written_at, "parent", "The parent added", words)
    return TimelineEntry(note.written_at, "staff", who(desk, note.author), words)


def _letter(desk: Desk, work: UnitOfWork, event: PastEvent) -> TimelineEntry:
    letter = work.session.get(Letter, event.details["letter"])
    words = work.unseal(letter, "words") if letter else ""
    if not event.details["parent_told"]:
        words = (
            f"{words}\n\nNo e-mail went out. Ring the parent and say that this is on their page."
        )
    return TimelineEntry(event.at, "staff", f"{who(desk, event.actor)}, wrote to the parent", words)


def _event(desk: Desk, work: UnitOfWork, event: PastEvent) -> TimelineEntry:
    why = "\n".join(filter(None, (str(event.details.get("why", "")), policy_words(event))))
    if not event.details.get("parent_told", True):
        why = f"{why}\n{NOT_TOLD.get(event.kind, RING_THEM)}"
    letter = work.session.get(Letter, event.details.get("letter", ""))
    if letter:
        why = f"{why}\n\nOn the parent’s page: {work.unseal(letter, 'words')}"
    return TimelineEntry(event.at, "system", _title(desk, event), why, untold=is_untold(event))


def _title(desk: Desk, event: PastEvent) -> str:
    did = _did(desk, event)
    return (
        f"{who(desk, event.actor)}, {did}" if did else TITLES.get(event.kind) or policy_title(event)
    )


def _did(desk: Desk, event: PastEvent) -> str:
    """Return what a member of staff did with the record, empty for every other event."""
    details = event.details
    if event.kind == STATUS_CHANGED:
        return f"changed the status to “{CaseStatus(details['to']).label}”"
    if event.kind == MEETING_MARKED:
        return f"marked the meeting “{MeetingStatus(details['to']).label}”"
    if event.kind == MEETING_HANDED_OVER:
        return _handed_over(desk, event)
    if event.kind in ACCESS:
        return _access_changed(desk, event)
    if event.kind in SAID:
        return SAID[event.kind]
    return _of_a_case(event)


def _of_a_case(event: PastEvent) -> str:
    details = event.details
    if event.kind == LATENESS_DECIDED:
        return f"decided “{Lateness(details['decision']).label}”"
    if event.kind == INCIDENT_DATED:
        day = date.fromisoformat(details["on"])
        return f"noted that it happened on {day.day} {day:%B %Y}"
    if event.kind == EXTENDED:
        day = date.fromisoformat(details["until"])
        return f"took until {day.day} {day:%B %Y} for the answer"
    if event.kind == WITHDRAWN and event.actor != PARENT:
        return f"took down that the parent withdraws this ({CaseWay(details['way']).label.lower()})"
    if event.kind == "case.opened" and event.actor != PARENT:
        return f"took this down ({CaseWay(details['way']).label.lower()})"
    return policy_did(event)


def _access_changed(desk: Desk, event: PastEvent) -> str:
    whom = who(desk, event.details["who"]) if "who" in event.details else ""
    return f"{ACCESS[event.kind]} {whom}".strip()


def _handed_over(desk: Desk, event: PastEvent) -> str:
    before, after = event.details["from"], event.details["host"]
    giver = who(desk, before) if before in desk.school.by_id else "somebody who has left"
    whose = "" if before == event.actor else f"from {giver}, "
    return f"handed the meeting over {whose}to {who(desk, after)}"
