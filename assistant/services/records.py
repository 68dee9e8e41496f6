"""Cases and meetings as the parent sees them; shared by the record services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from assistant.casework.calendar import to_london
from assistant.casework.handlers import titled
from assistant.casework.kinds import OF_THE_SCHOOL, CaseKind, CaseStatus, MeetingMode, MeetingStatus
from assistant.casework.statuses import AS_A_PARENT_READS
from assistant.casework.wording import say_when
from assistant.security.tokens import record_token
from assistant.services.case_dates import LOOKS, UNTOLD_REVIEW
from assistant.services.record_links import CASE, MEETING
from assistant.services.shapes import (
    CaseReceipt,
    Child,
    Contact,
    DeadlineView,
    LetterView,
    Needs,
    RecordView,
)
from assistant.services.turns import PARENT
from assistant.store.letter_tables import Letter
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseAccess, CaseDeadline, CaseFile, RecordNote

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def contact_of(work: UnitOfWork, record: CaseFile | Meeting) -> Contact:
    """Return how to reach the parent."""
    return Contact(**work.unseal_json(record, "contact"))


def child_of(work: UnitOfWork, record: CaseFile | Meeting) -> Child:
    """Return the child."""
    return Child(**work.unseal_json(record, "child"))


def needs_of(work: UnitOfWork, record: CaseFile | Meeting) -> Needs:
    """Return what the parent needs."""
    return Needs(**work.unseal_json(record, "needs"))


def deadlines_of(session: Session, case_id: str) -> tuple[DeadlineView, ...]:
    """Return the case's dates that a parent may know, the earliest first.

    Those of a pause stand still; a step that they are not told of has none for them.
    """
    counts = or_(CaseDeadline.met_at.is_(None), CaseDeadline.name.not_in(LOOKS))
    mine = select(CaseDeadline).where(
        CaseDeadline.case_id == case_id,
        CaseDeadline.stopped_on.is_(None),
        CaseDeadline.name != UNTOLD_REVIEW,
        counts,
    )
    rows = session.scalars(mine.order_by(CaseDeadline.due_on, CaseDeadline.name))
    return tuple(DeadlineView(row.name, row.due_on, row.sum) for row in rows)


def readers_of(desk: Desk, session: Session, case_id: str) -> tuple[str, ...]:
    """Return in words who can read the case, the handler first."""
    grants = select(CaseAccess).where(CaseAccess.case_id == case_id)
    ordered = session.scalars(grants.order_by(CaseAccess.why.desc(), CaseAccess.staff_id))
    people = desk.school.by_id
    return tuple(titled(people[row.staff_id]) for row in ordered if row.staff_id in people)


def case_receipt(desk: Desk, work: UnitOfWork, case: CaseFile) -> CaseReceipt:
    """Return the parent's receipt of a committed case; the same each time."""
    return CaseReceipt(
        kind=case.kind,
        id=case.id,
        reference=case.reference,
        status=case.status,
        token=record_token(desk.keys.lookup, CASE, case.id),
        handler_label=case.handler_label,
        stage=case.stage,
        deadlines=deadlines_of(work.session, case.id),
        readers=readers_of(desk, work.session, case.id),
    )


def case_view(work: UnitOfWork, case: CaseFile) -> RecordView:
    """Return a case as its parent sees it; staff notes are not for this page."""
    kind = CaseKind(case.kind)
    return RecordView(
        kind=case.kind,
        id=case.id,
        reference=case.reference,
        status=case.status,
        status_label=CaseStatus(case.status).label,
        summary=f"{kind.label} with {case.handler_label}",
        with_channel=case.channel,
        made_at=case.received_at,
        handler=case.handler_label,
        stage=case.stage,
        deadlines=deadlines_of(work.session, case.id),
        words=(work.unseal(case, "statement"), *_added_by_parent(work, case.id)),
        redirected_to=case.redirected_to,
        escalate_by=case.escalate_by,
        lateness=case.lateness,
        letters=_letters(work, case.id),
    )


def meeting_view(desk: Desk, work: UnitOfWork, meeting: Meeting) -> RecordView:
    """Return a meeting as its parent sees it."""
    host = desk.school.by_id.get(meeting.host_id)
    with_whom = titled(host) if host else desk.school.short_name
    when = say_when(to_london(meeting.starts_at), to_london(meeting.ends_at))
    return RecordView(
        kind=MEETING,
        id=meeting.id,
        reference=meeting.reference,
        status=meeting.status,
        status_label=AS_A_PARENT_READS[MeetingStatus(meeting.status)],
        summary=f"{when}, {MeetingMode(meeting.mode).label}, with {with_whom}",
        with_channel=meeting.channel,
        made_at=meeting.made_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        host_id=meeting.host_id,
        host_name=host.known_as if host else desk.school.short_name,
        mode=meeting.mode,
        place=meeting.place,
        words=tuple(
            note
            for note in (work.unseal(meeting, "note"), *_added_by_parent(work, meeting.id))
            if note
        ),
        needs=needs_of(work, meeting),
    )


def view_of(desk: Desk, work: UnitOfWork, record: CaseFile | Meeting) -> RecordView:
    """Return either kind of record as its parent sees it."""
    if isinstance(record, Meeting):
        return meeting_view(desk, work, record)
    return case_view(work, record)


def is_told(work: UnitOfWork, record: CaseFile | Meeting) -> bool:
    """Tell whether the parent knows of the record.

    Of what the school begins itself they hear with its first letter, and until then nowhere.
    """
    if isinstance(record, Meeting) or CaseKind(record.kind) not in OF_THE_SCHOOL:
        return True
    mine = select(Letter.id).where(Letter.case_id == record.id)
    return work.session.scalar(mine.limit(1)) is not None


def record_where(work: UnitOfWork, column: str, value: str) -> CaseFile | Meeting | None:
    """Return the case or the meeting whose ``column`` (unique in both tables) has ``value``."""
    of_case, of_meeting = getattr(CaseFile, column) == value, getattr(Meeting, column) == value
    case = work.session.scalars(select(CaseFile).where(of_case)).first()
    return case or work.session.scalars(select(Meeting).where(of_meeting)).first()


def _added_by_parent(work: UnitOfWork, record_id: str) -> list[str]:
    mine = select(RecordNote).where(RecordNote.record_id == record_id, RecordNote.author == PARENT)
    notes = work.session.scalars(mine.order_by(RecordNote.written_at, RecordNote.id))
    return [work.unseal(note, "words") for note in notes]


def _letters(work: UnitOfWork, case_id: str) -> tuple[LetterView, ...]:
    mine = select(Letter).where(Letter.case_id == case_id)
    rows = work.session.scalars(mine.order_by(Letter.written_at, Letter.id))
    return tuple(LetterView(row.written_at, work.unseal(row, "words")) for row in rows)
