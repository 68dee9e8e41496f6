"""Until when cases and meetings are kept, read from their rows and the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from assistant.casework.calendar import to_london
from assistant.casework.kinds import CaseKind, CaseStatus, MeetingStatus
from assistant.casework.retention import Matter, RecordFacts, keep_until
from assistant.casework.statuses import FINISHED
from assistant.services.case_dates import today_of
from assistant.services.record_links import CASE, MEETING
from assistant.services.timeline import LATENESS_DECIDED, STATUS_CHANGED
from assistant.store.ledger import HistoryEvent
from assistant.store.meeting_tables import Meeting
from assistant.store.policy_tables import UseRestriction
from assistant.store.retention_tables import LegalHold, LongerKept
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Row, ScalarSelect, Select
    from sqlalchemy.orm import InstrumentedAttribute

    from assistant.casework.retention import Keeping
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

ENDINGS = (STATUS_CHANGED, LATENESS_DECIDED, "case.withdrawn")
"""What happens to a case when it ends; the last of these that happened ended it."""


@dataclass(frozen=True)
class KeptRecord:
    """A case or a meeting with its dates and nobody's words; ``held`` under a legal hold."""

    what: str
    id: str
    reference: str
    kind: CaseKind | None
    status: str
    received_on: date
    ended_on: date | None
    matter: Matter
    keeping: Keeping
    held: bool

    @property
    def label(self) -> str:
        """What kind of record it is, for people."""
        return self.kind.label if self.kind else "Meeting"


def due_records(
    desk: Desk, work: UnitOfWork, *, seen: dict[str, ColumnElement[bool]] | None = None
) -> list[KeptRecord]:
    """Return the records that are kept longer than they should be, those of a hold included.

    ``seen`` is, by kind of record, the condition that somebody may see it. The oldest end first.
    """
    before = desk.clock.now() - timedelta(days=365 * desk.school.retention.fewest_years)
    seen = seen or {}
    cases = _cases().where(CaseFile.received_at < before, CaseFile.status.in_(_finished()))
    meetings = _meetings().where(Meeting.ends_at < before)
    cases = cases.where(seen[CASE]) if CASE in seen else cases
    meetings = meetings.where(seen[MEETING]) if MEETING in seen else meetings
    kept = [*_read(desk, work, cases), *_read(desk, work, meetings)]
    today = today_of(desk)
    return sorted(
        (each for each in kept if each.keeping.is_over(today)),
        key=lambda each: (each.keeping.until, each.reference),
    )


def kept_record(desk: Desk, work: UnitOfWork, what: str, record_id: str) -> KeptRecord:
    """Return one record that is there."""
    wanted = (
        _cases().where(CaseFile.id == record_id)
        if what == CASE
        else _meetings().where(Meeting.id == record_id)
    )
    return next(iter(_read(desk, work, wanted)))


def live_hold(record_kind: str, record_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - an id or a column
    """Return the condition that a hold lies on the record."""
    return exists().where(*_live_on(record_kind, record_id))


def hold_on(work: UnitOfWork, record_kind: str, record_id: str) -> LegalHold | None:
    """Return the hold that lies on the record, or None."""
    return work.session.scalars(select(LegalHold).where(*_live_on(record_kind, record_id))).first()


def _live_on(record_kind: str, record_id: Any) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - as above
    mine = LegalHold.record_kind == record_kind, LegalHold.record_id == record_id
    return (*mine, LegalHold.lifted_at.is_(None))


def _cases() -> Select[*tuple[Any, ...]]:
    ended = (
        select(func.max(HistoryEvent.at))
        .where(HistoryEvent.target_id == CaseFile.id, HistoryEvent.kind.in_(ENDINGS))
        .scalar_subquery()
    )
    return select(
        CaseFile.id,
        CaseFile.reference,
        CaseFile.kind,
        CaseFile.status,
        CaseFile.received_at,
        func.coalesce(ended, CaseFile.received_at).label("ended_at"),
        LongerKept.matter,
        _latest(UseRestriction.expires_on, UseRestriction.ended_at.is_(None)).label("closed_until"),
        _latest(UseRestriction.ended_at).label("opened_at"),
        live_hold(CASE, CaseFile.id).label("held"),
    ).join(LongerKept, LongerKept.case_id == CaseFile.id, isouter=True)


def _latest(column: InstrumentedAttribute[Any], *when: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Return the latest of a column of the case's restrictions."""
    return (
        select(func.max(column))
        .where(UseRestriction.case_id == CaseFile.id, *when)
        .scalar_subquery()
    )


def _meetings() -> Select[*tuple[Any, ...]]:
    return select(
        Meeting.id,
        Meeting.reference,
        Meeting.status,
        Meeting.made_at,
        Meeting.ends_at,
        live_hold(MEETING, Meeting.id).label("held"),
    )


def _read(desk: Desk, work: UnitOfWork, wanted: Select[*tuple[Any, ...]]) -> Iterable[KeptRecord]:
    for row in work.session.execute(wanted):
        yield _case(desk, row) if hasattr(row, "kind") else _meeting(desk, row)


def _case(desk: Desk, row: Row[Any]) -> KeptRecord:
    kind, status = CaseKind(row.kind), CaseStatus(row.status)
    ended_on = _day(row.ended_at) if status in FINISHED else None
    matter = Matter(row.matter or Matter.ORDINARY.value)
    if status is CaseStatus.DIVERTED:
        matter = Matter.SAFEGUARDING  # whatever was set: it went to the safeguarding leads
    opened_on = _day(row.opened_at) if row.opened_at else None
    closed = max(filter(None, (row.closed_until, opened_on)), default=None)
    keeping = keep_until(RecordFacts(kind, ended_on, matter, closed), desk.school.retention)
    received_on = _day(row.received_at)
    return KeptRecord(CASE, row.id, row.reference, kind, row.status, received_on, ended_on,
                      matter, keeping, row.held)  # fmt: skip


def _meeting(desk: Desk, row: Row[Any]) -> KeptRecord:
    is_over = row.ends_at <= desk.clock.now() or row.status == MeetingStatus.CANCELLED.value
    ended_on = _day(row.ends_at) if is_over else None
    keeping = keep_until(RecordFacts(None, ended_on), desk.school.retention)
    return KeptRecord(MEETING, row.id, row.reference, None, row.status, _day(row.made_at), ended_on,
                      Matter.ORDINARY, keeping, row.held)  # fmt: skip


def _finished() -> list[str]:
    return sorted(status.value for status in FINISHED)


def _day(at: datetime) -> date:
    return to_london(at).date()
