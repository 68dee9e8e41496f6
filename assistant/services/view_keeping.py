"""How long one record is kept, what goes next, and what was removed: for clerk and officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select

from assistant.casework.kinds import CaseKind
from assistant.services.case_dates import today_of
from assistant.services.desk_rows import who
from assistant.services.purge_drafts import SYSTEM
from assistant.services.record_keeping import KeptRecord, due_records, hold_on, kept_record
from assistant.services.record_links import CASE, MEETING
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.services.who_may_read import record_for
from assistant.store.meeting_tables import Meeting
from assistant.store.retention_tables import LegalHold, RemovedReader, RemovedRecord
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

LINES = 200
NAMES = {
    CASE: "Case",
    MEETING: "Meeting",
    "chat": "Chats",
    "term": "Figures of a term",
    "sign_in": "Tries to sign in",
    "feed": "Calendar addresses that were ended",
    "mail": "E-mails that belonged to no record",
    "visit": "Notes that somebody may not come in",
}


@dataclass(frozen=True)
class HoldView:
    """A hold on a record, in words."""

    reference: str
    why: str
    placed_by: str
    placed_at: datetime
    review_on: date
    overdue: bool


@dataclass(frozen=True)
class KeepingView:
    """One record: until when it is kept, why, and the hold on it if there is one."""

    record: KeptRecord
    hold: HoldView | None
    is_over: bool


@dataclass(frozen=True)
class RemovedLine:
    """One line of what was removed."""

    what: str
    number: int
    ended_on: date | None
    why: str
    removed_by: str
    removed_at: datetime


@dataclass(frozen=True)
class RemovalsView:
    """What a person may know of: due and free, due and held or with a hold to review, removed."""

    due: tuple[KeptRecord, ...]
    holds: tuple[HoldView, ...]
    removed: tuple[RemovedLine, ...]


def view_keeping(desk: Desk, staff_id: str, reference: str) -> KeepingView:
    """Return how long a case or a meeting is kept; raises ``NotHere``."""
    with desk.unit_of_work(read_only=True) as work:
        kind, row = record_for(desk, work, staff_id, reference)
        record = kept_record(desk, work, kind, row.id)
        hold = hold_on(work, kind, row.id)
        view = _hold(desk, work, hold, record.reference) if hold else None
        return KeepingView(record, view, record.keeping.is_over(today_of(desk)))


def view_removals(desk: Desk, staff_id: str) -> RemovalsView:
    """Return what goes next, what is held and what was removed, as far as the person may see."""
    seen = _seen(desk, staff_id)
    with desk.unit_of_work(read_only=True) as work:
        due = [each for each in due_records(desk, work, seen=seen) if not each.held]
        return RemovalsView(tuple(due), _holds(desk, work, seen), _removed(desk, work, staff_id))


def _seen(desk: Desk, staff_id: str) -> dict[str, ColumnElement[bool]]:
    return {
        CASE: case_is_open_to(desk.school, staff_id),
        MEETING: meeting_is_open_to(desk.school, staff_id),
    }


def _holds(
    desk: Desk, work: UnitOfWork, seen: dict[str, ColumnElement[bool]]
) -> tuple[HoldView, ...]:
    found = []
    for kind, table in ((CASE, CaseFile), (MEETING, Meeting)):
        live = (
            select(LegalHold, table.reference)
            .join(table, table.id == LegalHold.record_id)
            .where(LegalHold.record_kind == kind, LegalHold.lifted_at.is_(None), seen[kind])
        )
        rows = work.session.execute(live).all()
        found += [_hold(desk, work, hold, reference) for hold, reference in rows]
    return tuple(sorted(found, key=lambda each: (each.review_on, each.reference)))


def _hold(desk: Desk, work: UnitOfWork, row: LegalHold, reference: str) -> HoldView:
    return HoldView(
        reference=reference,
        why=work.unseal(row, "why"),
        placed_by=who(desk, row.placed_by),
        placed_at=row.placed_at,
        review_on=row.review_on,
        overdue=row.review_on < today_of(desk),
    )


def _removed(desk: Desk, work: UnitOfWork, staff_id: str) -> tuple[RemovedLine, ...]:
    """Return the latest lines; a record that the person could not read is not among them."""
    mine = exists().where(
        RemovedReader.removed_id == RemovedRecord.id, RemovedReader.staff_id == staff_id
    )
    lines = select(RemovedRecord).where(or_(mine, RemovedRecord.reference_digest.is_(None)))
    newest = lines.order_by(RemovedRecord.removed_at.desc(), RemovedRecord.id).limit(LINES)
    return tuple(_line(desk, row) for row in work.session.scalars(newest))


def _line(desk: Desk, row: RemovedRecord) -> RemovedLine:
    what = CaseKind(row.kind).label if row.kind else NAMES.get(row.what, row.what)
    by = "Schoolgate" if row.removed_by == SYSTEM else who(desk, row.removed_by)
    return RemovedLine(what, row.number, row.ended_on, row.why, by, row.removed_at)
