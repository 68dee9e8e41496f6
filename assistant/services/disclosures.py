"""One's own part of the answer to a data-protection request; shared by the disclosure services.

Each part is its maker's alone. Nobody may read everything a school holds, so a request is put to
each person who holds records, and each answers with a part of what they may read: a part that
others saw would tell them of records behind their wall.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import CaseKind
from assistant.casework.masking import Ruling, RulingKind
from assistant.services.disclosure_shapes import DataSubject, DisclosureView
from assistant.services.errors import NotHere, ServiceError
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.services.who_may_read import case_for
from assistant.store.disclosure_tables import (
    DisclosedRecord,
    Disclosure,
    DisclosureRuling,
    DisclosureSeal,
)
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

DISCLOSURE = "disclosure"


class DisclosureUnclear(ServiceError):  # noqa: N818 - it names what is missing
    """The request lacks the person, their identity, or a reason."""


def request_for(desk: Desk, work: UnitOfWork, staff_id: str, reference: str) -> CaseFile:
    """Return the data-protection request; raises ``NotHere`` for every other record."""
    case = case_for(desk, work, staff_id, reference)
    if case.kind != CaseKind.DATA_PROTECTION.value:
        raise NotHere
    return case


def own_part(work: UnitOfWork, case: CaseFile, staff_id: str) -> Disclosure | None:
    """Return this person's part, None before they began it."""
    mine = Disclosure.case_id == case.id, Disclosure.made_by == staff_id
    return work.session.scalars(select(Disclosure).where(*mine)).first()


def begun_part(desk: Desk, work: UnitOfWork, staff_id: str, reference: str) -> Disclosure:
    """Return this person's part of the request; raises ``NotHere`` before it was begun."""
    part = own_part(work, request_for(desk, work, staff_id, reference), staff_id)
    if part is None:
        raise NotHere
    return part


def subject_of(work: UnitOfWork, part: Disclosure) -> DataSubject:
    """Return whose data it is."""
    kept = work.unseal_json(part, "person")
    return DataSubject(**(kept | {"children": tuple(kept["children"])}))


def keep_subject(work: UnitOfWork, part: Disclosure, person: DataSubject) -> None:
    """Seal whose data it is into the part."""
    work.seal_json(part, "person", asdict(person))


def view_of_part(work: UnitOfWork, reference: str, part: Disclosure) -> DisclosureView:
    """Return the part as its maker sees it."""
    mine = select(DisclosureSeal).where(DisclosureSeal.disclosure_id == part.id)
    seals = work.session.scalars(mine.order_by(DisclosureSeal.sealed_at, DisclosureSeal.id))
    return DisclosureView(
        reference=reference,
        person=subject_of(work, part),
        identity=work.unseal(part, "identity"),
        why=work.unseal(part, "why"),
        made_at=part.made_at,
        sealed=tuple((each.sealed_at, each.digest) for each in seals),
    )


def chosen_cases(desk: Desk, work: UnitOfWork, part: Disclosure) -> list[CaseFile]:
    """Return the ticked cases that their maker may still read, the earliest first."""
    mine = _ticked(part, CaseFile.id), case_is_open_to(desk.school, part.made_by)
    found = select(CaseFile).where(*mine).order_by(CaseFile.received_at, CaseFile.id)
    return list(work.session.scalars(found))


def chosen_meetings(desk: Desk, work: UnitOfWork, part: Disclosure) -> list[Meeting]:
    """Return the ticked meetings that their maker may still see, the earliest first."""
    mine = _ticked(part, Meeting.id), meeting_is_open_to(desk.school, part.made_by)
    found = select(Meeting).where(*mine).order_by(Meeting.starts_at, Meeting.id)
    return list(work.session.scalars(found))


def rulings_of(work: UnitOfWork, part: Disclosure) -> tuple[Ruling, ...]:
    """Return what was ruled on the masks, in order."""
    mine = select(DisclosureRuling).where(DisclosureRuling.disclosure_id == part.id)
    rows = work.session.scalars(mine.order_by(DisclosureRuling.number))
    return tuple(
        Ruling(RulingKind(row.kind), row.passage, work.unseal(row, "phrase")) for row in rows
    )


def _ticked(part: Disclosure, record_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Return the condition that a record was ticked; ids are unique over both kinds."""
    ticked = select(DisclosedRecord.record_id).where(DisclosedRecord.disclosure_id == part.id)
    return record_id.in_(ticked)
