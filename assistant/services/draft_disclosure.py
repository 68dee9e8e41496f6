"""The draft of a copy: the records that were ticked, with masks; each look is in the history."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from assistant.casework.masking import (
    WITHHELD,
    after_rulings,
    is_withheld,
    segments,
    what_is_left,
)
from assistant.casework.second_looks import second_looks
from assistant.services.disclosed_chats import chosen_chats, whole_chat
from assistant.services.disclosed_records import READ, whole_case, whole_meeting
from assistant.services.disclosure_shapes import Draft, DraftPassage, DraftRecord
from assistant.services.disclosures import (
    DISCLOSURE,
    begun_part,
    chosen_cases,
    chosen_meetings,
    rulings_of,
    subject_of,
    view_of_part,
)
from assistant.services.find_masks import finder_for
from assistant.services.forget_conversation import CONVERSATION
from assistant.services.record_links import CASE, MEETING
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.masking import Ruling
    from assistant.services.desk import Desk
    from assistant.services.disclosure_shapes import Passage, WholeRecord
    from assistant.services.find_masks import Finder
    from assistant.store.disclosure_tables import Disclosure
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork

HELD_BACK = "An entry"
"""The title of a passage that is held back: its own tells what happened."""


CHAT_READ = "conversation.read"


def view_draft(desk: Desk, staff_id: str, reference: str) -> Draft:
    """Return the draft with its masks. Raises ``NotHere`` before the part was begun."""
    with desk.unit_of_work() as work:
        part = begun_part(desk, work, staff_id, reference)
        work.history.append("disclosure.read", staff_id, DISCLOSURE, part.id)
        for kind, row in records_of(desk, work, part):
            work.history.append(READ[kind], staff_id, kind, row.id, disclosure=part.id)
        for chat in chosen_chats(desk, work, part):
            work.history.append(CHAT_READ, staff_id, CONVERSATION, chat.id, disclosure=part.id)
        work.commit()
        return draft_of(desk, work, part)


def records_of(
    desk: Desk, work: UnitOfWork, part: Disclosure
) -> list[tuple[str, CaseFile | Meeting]]:
    """Return every record that was ticked, with its kind."""
    cases = [(CASE, each) for each in chosen_cases(desk, work, part)]
    return [*cases, *((MEETING, each) for each in chosen_meetings(desk, work, part))]


def draft_of(desk: Desk, work: UnitOfWork, part: Disclosure) -> Draft:
    """Put the draft together as the records are now."""
    person, rulings = subject_of(work, part), rulings_of(work, part)
    mine = person, part.made_by
    whole = [whole_case(desk, work, each, *mine) for each in chosen_cases(desk, work, part)]
    whole += [whole_meeting(desk, work, each, *mine) for each in chosen_meetings(desk, work, part)]
    chats = chosen_chats(desk, work, part)
    whole += [whole_chat(desk, work, part, each, person) for each in chats]
    names = {name: label for record in whole for name, label in record.names}
    finder = finder_for(desk.school, person, names, frozenset(each.reference for each in whole))
    records = tuple(_record(each, finder, rulings) for each in whole)
    digest = hashlib.sha256(canonical(copy_of(records)).encode()).hexdigest()
    request = work.session.get_one(CaseFile, part.case_id)
    return Draft(view_of_part(work, request.reference, part), records, digest)


def copy_of(records: Sequence[DraftRecord]) -> list[dict[str, Any]]:
    """Return what is handed over, as plain JSON types: nothing that is hidden is in it."""
    return [
        {
            "reference": record.reference,
            "what": record.what,
            "facts": dict(record.facts),
            "dates": [
                {
                    "name": due.name,
                    "due_on": due.due_on.isoformat(),
                    "sum": due.sum,
                    "met_at": due.met_at.isoformat() if due.met_at else None,
                }
                for due in record.dates
            ],
            "words": [_said(each) for each in record.passages],
            "read_by": [
                {"role": each.role, "first": str(each.first), "last": str(each.last)}
                for each in record.readings
            ],
        }
        for record in records
        if not record.left_out
    ]


def canonical(value: object) -> str:
    """Return the JSON by which two copies are the same."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _said(passage: DraftPassage) -> dict[str, str | None]:
    words = WITHHELD if passage.withheld else what_is_left(passage.segments)
    at = passage.at.isoformat() if passage.at else None
    title = HELD_BACK if passage.withheld else passage.title
    return {"title": title, "at": at, "words": words}


def _record(record: WholeRecord, finder: Finder, rulings: Sequence[Ruling]) -> DraftRecord:
    return DraftRecord(
        reference=record.reference,
        what=record.what,
        facts=record.facts,
        dates=record.dates,
        passages=tuple(_passage(each, finder, rulings) for each in record.passages),
        readings=record.readings,
    )


def _passage(passage: Passage, finder: Finder, rulings: Sequence[Ruling]) -> DraftPassage:
    mine = [each for each in rulings if each.passage in ("", passage.key)]
    masks = after_rulings(passage.text, finder.masks_in(passage.text), mine)
    return DraftPassage(
        key=passage.key,
        title=passage.title,
        at=passage.at,
        segments=segments(passage.text, masks),
        withheld=is_withheld(mine, at_first=bool(passage.held)),
        held=passage.held,
        looks=second_looks(passage.text),
    )
