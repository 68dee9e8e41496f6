"""Page, filter and order the cases that one person may read, in SQL: what is late comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ColumnElement, and_, case, func, null, select

from assistant.casework.statuses import FINISHED
from assistant.services.case_dates import today_of
from assistant.services.desk_rows import case_rows
from assistant.services.seen_records import case_is_open_to
from assistant.store.tables import CaseDeadline, CaseFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Subquery

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import CaseRow
    from assistant.store.unit_of_work import UnitOfWork

PAGE = 50
"""Cases on one page."""
Due = Literal["", "late", "week", "none"]


@dataclass(frozen=True)
class CaseFilter:
    """What is wanted of the list; an empty field lets everything through.

    ``status`` is a stored status, ``open`` or ``finished``. ``year`` 0 is Reception.
    """

    kind: str = ""
    status: str = "open"
    handler: str = ""
    stage: str = ""
    due: Due = ""
    year: int | None = None


@dataclass(frozen=True)
class CasePage:
    """One page of the list; ``total``, ``late`` and ``today`` count all of its pages."""

    rows: tuple[CaseRow, ...]
    number: int
    total: int
    late: int
    today: int

    @property
    def pages(self) -> int:
        """How many pages there are; one when there is nothing."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Choices:
    """Handlers (id and label), stages and years of the cases that the person may read."""

    handlers: tuple[tuple[str, str], ...] = ()
    stages: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Neighbours:
    """The references before and after a case in the order of the list; empty at its ends."""

    before: str = ""
    after: str = ""


def list_cases(
    desk: Desk, staff_id: str, wanted: CaseFilter = CaseFilter(), number: int = 1
) -> CasePage:
    """Return page ``number`` (from 1) of what the person may read; past the end, the last page."""
    with desk.unit_of_work(read_only=True) as work:
        found, number = _found(desk, staff_id, wanted), max(1, number)
        page = _rows(work, found, today_of(desk), number)
        if not page and number > 1:
            total = work.session.scalar(select(func.count()).select_from(found)) or 0
            number = max(1, -(-total // PAGE))
            page = _rows(work, found, today_of(desk), number)
        counts = page[0][1:] if page else (0, 0, 0)
        cases = in_order(work, [row[0] for row in page])
        return CasePage(case_rows(work, cases), number, *counts)


def all_cases(
    desk: Desk, work: UnitOfWork, staff_id: str, wanted: CaseFilter
) -> tuple[CaseRow, ...]:
    """Return every case of the list, for a file."""
    found = _found(desk, staff_id, wanted)
    ids = work.session.scalars(select(found.c.id).order_by(*_order(found))).all()
    return case_rows(work, in_order(work, ids))


def list_choices(desk: Desk, staff_id: str) -> Choices:
    """Return what the list can be filtered by, taken from what the person may read."""
    seen = case_is_open_to(desk.school, staff_id)
    columns = CaseFile.handler_id, CaseFile.handler_label, CaseFile.stage, CaseFile.year
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.execute(select(*columns).where(seen).distinct()).all()
    handlers = {row.handler_id: row.handler_label for row in rows if row.handler_id}
    return Choices(
        handlers=tuple(sorted(handlers.items(), key=lambda pair: pair[1])),
        stages=tuple(sorted({row.stage for row in rows if row.stage})),
        years=tuple(sorted({row.year for row in rows if row.year is not None})),
    )


def neighbours(desk: Desk, staff_id: str, reference: str, wanted: CaseFilter) -> Neighbours:
    """Return what stands before and after the case in this list; nothing when it is not in it."""
    found = _found(desk, staff_id, wanted)
    by = _order(found)
    sides = select(
        found.c.reference,
        func.lag(found.c.reference).over(order_by=by).label("before"),
        func.lead(found.c.reference).over(order_by=by).label("after"),
    ).subquery()
    with desk.unit_of_work(read_only=True) as work:
        row = work.session.execute(select(sides).where(sides.c.reference == reference)).first()
    return Neighbours(row.before or "", row.after or "") if row else Neighbours()


def is_finished() -> ColumnElement[bool]:
    """Return the condition on ``CaseFile`` that nothing is owed any more."""
    return CaseFile.status.in_(sorted(status.value for status in FINISHED))


def next_due() -> ColumnElement[date | None]:
    """Return the earliest date that is still owed on ``CaseFile``, null when none is."""
    owed = select(func.min(CaseDeadline.due_on)).where(
        CaseDeadline.case_id == CaseFile.id,
        CaseDeadline.met_at.is_(None),
        CaseDeadline.stopped_on.is_(None),
    )
    return case((is_finished(), null()), else_=owed.correlate(CaseFile).scalar_subquery())


def in_order(work: UnitOfWork, ids: Sequence[str]) -> list[CaseFile]:
    """Return the cases with these ids, in their order."""
    by_id: dict[str, CaseFile] = {}
    for start in range(0, len(ids), 500):
        wanted = CaseFile.id.in_(ids[start : start + 500])
        by_id |= {row.id: row for row in work.session.scalars(select(CaseFile).where(wanted))}
    return [by_id[each] for each in ids]


def _found(desk: Desk, staff_id: str, wanted: CaseFilter) -> Subquery:
    """Return the ids in the list with what sorts them, as a subquery."""
    columns = CaseFile.id, CaseFile.reference, CaseFile.received_at
    rows = select(*columns, is_finished().label("finished"), next_due().label("due"))
    seen = rows.where(case_is_open_to(desk.school, staff_id), *_conditions(wanted))
    listed = seen.subquery()
    in_time = _due_condition(listed.c.due, wanted.due, today_of(desk))
    return select(listed).where(in_time).subquery() if in_time is not None else listed


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    pairs = (
        (CaseFile.kind, wanted.kind),
        (CaseFile.handler_id, wanted.handler),
        (CaseFile.stage, wanted.stage),
    )
    found = [column == value for column, value in pairs if value]
    found += [CaseFile.year == wanted.year] if wanted.year is not None else []
    return found + _status_condition(wanted.status)


def _status_condition(status: str) -> list[ColumnElement[bool]]:
    if status == "open":
        return [~is_finished()]
    if status == "finished":
        return [is_finished()]
    return [CaseFile.status == status] if status else []


def _due_condition(
    due: ColumnElement[date | None], wanted: Due, today: date
) -> ColumnElement[bool] | None:
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        "late": due < today,
        "week": and_(due >= today, due <= sunday),
        "none": due.is_(None),
    }.get(wanted)


def _rows(
    work: UnitOfWork, found: Subquery, today: date, number: int
) -> Sequence[tuple[str, int, int, int]]:
    """Return the ids of a page, each with what is counted over all pages: all, late, today.

    In one statement, as working out every case's next date is what takes the time.
    """
    late, now = found.c.due < today, found.c.due == today
    counts = (func.count(), *(func.sum(case((each, 1), else_=0)) for each in (late, now)))
    columns = found.c.id, *(each.over() for each in counts)
    rows = select(*columns).order_by(*_order(found)).limit(PAGE).offset(PAGE * (number - 1))
    return [(row[0], row[1], row[2], row[3]) for row in work.session.execute(rows)]


def _order(found: Subquery) -> tuple[ColumnElement[Any], ...]:
    due = found.c.due
    return found.c.finished, due.is_(None), due, found.c.received_at.desc(), found.c.id
