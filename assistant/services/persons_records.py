"""Find the records of one person among those that one may read, and tick which are theirs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.services.desk_rows import case_rows, meeting_rows
from assistant.services.disclosure_shapes import Proposals
from assistant.services.disclosures import (
    DISCLOSURE,
    begun_part,
    chosen_cases,
    chosen_meetings,
    subject_of,
)
from assistant.services.record_links import CASE, MEETING
from assistant.services.search_records import matching
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.store.disclosure_tables import DisclosedRecord
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.services.disclosure_shapes import DataSubject
    from assistant.store.disclosure_tables import Disclosure
    from assistant.store.unit_of_work import UnitOfWork

    Found = dict[str, str]
    """Why a record may be the person's, by its id."""


def propose_records(desk: Desk, staff_id: str, reference: str) -> Proposals:
    """Return the records that match the person and those ticked; the search goes into the history.

    Only what the reader may read is looked at, so nothing tells of the rest. Raises ``NotHere``.
    """
    with desk.unit_of_work() as work:
        part = begun_part(desk, work, staff_id, reference)
        found = _found(desk, work, part)
        work.history.append("disclosure.searched", staff_id, DISCLOSURE, part.id, found=len(found))
        work.commit()
        return _proposals(desk, work, part, found)


def choose_records(desk: Desk, *, staff_id: str, reference: str, chosen: Collection[str]) -> None:
    """Tick the records with these references as the person's, and no other.

    One that was not proposed is passed over. Raises ``NotHere``.
    """
    settled(partial(_choose, desk, staff_id, reference, frozenset(chosen)))


def _choose(desk: Desk, staff_id: str, reference: str, chosen: frozenset[str]) -> None:
    with desk.unit_of_work() as work:
        part = begun_part(desk, work, staff_id, reference)
        offered = _proposals(desk, work, part, _found(desk, work, part))
        ticked = [(CASE, each.id) for each in offered.cases if each.reference in chosen]
        ticked += [(MEETING, each.id) for each in offered.meetings if each.reference in chosen]
        mine = DisclosedRecord.disclosure_id == part.id
        work.session.execute(delete(DisclosedRecord).where(mine))
        work.session.add_all(
            DisclosedRecord(disclosure_id=part.id, record_kind=kind, record_id=record_id)
            for kind, record_id in ticked
        )
        ids = [record_id for _, record_id in ticked]
        work.history.append("disclosure.chosen", staff_id, DISCLOSURE, part.id, records=ids)
        work.commit()


def _found(desk: Desk, work: UnitOfWork, part: Disclosure) -> Found:
    """Return the ids of all that match, with why; the request itself is always among them."""
    found: Found = {part.case_id: "the request itself"}
    tables = (
        (CaseFile, CASE, case_is_open_to(desk.school, part.made_by)),
        (Meeting, MEETING, meeting_is_open_to(desk.school, part.made_by)),
    )
    for words, why in _clues(subject_of(work, part)):
        for table, kind, is_open in tables:
            match = matching(desk, table, kind, words)
            for record_id in _ids(work, table, match, is_open):
                found.setdefault(record_id, why)
    return found


def _clues(person: DataSubject) -> list[tuple[str, str]]:
    """Return what is searched for and what a match says; what is surest comes first."""
    clues = [(person.email, "same e-mail address"), (person.phone, "same phone number")]
    clues += [(person.name, "same name"), (person.other_names, "another name of theirs")]
    clues += [(child, "a child of theirs") for child in person.children]
    return [(words, why) for words, why in clues if words.strip()]


def _ids(
    work: UnitOfWork,
    table: type[CaseFile | Meeting],
    match: ColumnElement[bool] | None,
    is_open: ColumnElement[bool],
) -> list[str]:
    if match is None:
        return []
    return list(work.session.scalars(select(table.id).where(match, is_open)))


def _proposals(desk: Desk, work: UnitOfWork, part: Disclosure, found: Found) -> Proposals:
    ticked: list[CaseFile | Meeting] = [
        *chosen_cases(desk, work, part),
        *chosen_meetings(desk, work, part),
    ]
    ids = set(found) | {each.id for each in ticked}
    open_cases = CaseFile.id.in_(ids), case_is_open_to(desk.school, part.made_by)
    open_meetings = Meeting.id.in_(ids), meeting_is_open_to(desk.school, part.made_by)
    newest = CaseFile.received_at.desc(), CaseFile.id
    cases = work.session.scalars(select(CaseFile).where(*open_cases).order_by(*newest)).all()
    latest = Meeting.starts_at.desc(), Meeting.id
    meetings = work.session.scalars(select(Meeting).where(*open_meetings).order_by(*latest)).all()
    every: list[CaseFile | Meeting] = [*cases, *meetings]
    return Proposals(
        cases=case_rows(work, cases),
        meetings=meeting_rows(desk, work, meetings),
        why={each.reference: found.get(each.id, "ticked before") for each in every},
        chosen=frozenset(each.reference for each in ticked),
    )
