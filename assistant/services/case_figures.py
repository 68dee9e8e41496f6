"""Figures for governors: of terms that are over, and without what is walled off from the reader.

A running term is left out: whoever looked every day would see each case arrive. Cases behind the
reader's wall are not counted, so figures are the same whether or not there is a complaint about
the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.figures import Fact, tabulate
from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.services.case_dates import today_of
from assistant.services.seen_records import case_is_outside_wall
from assistant.store.tables import CaseDeadline, CaseFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assistant.casework.figures import FigureTable
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

FIGURES = "case_figures"
ACKNOWLEDGE, REPLY = "Acknowledge", "Reply"
IN_TIME, LATE, NOT_OWED = "In time", "Late or not yet", "No date set"


def case_figures(desk: Desk, staff_id: str) -> tuple[FigureTable, ...]:
    """Return the tables that may be shown to this person."""
    with desk.unit_of_work(read_only=True) as work:
        return _figures(desk, work, staff_id)


def export_figures(desk: Desk, staff_id: str) -> tuple[FigureTable, ...]:
    """Return the same tables for a file, and note in the history that they were taken."""
    with desk.unit_of_work() as work:
        tables = _figures(desk, work, staff_id)
        work.history.append("figures.exported", staff_id, FIGURES, staff_id)
        work.commit()
        return tables


def _figures(desk: Desk, work: UnitOfWork, staff_id: str) -> tuple[FigureTable, ...]:
    open_to_all = case_is_outside_wall(desk.school, staff_id)
    columns = CaseFile.id, CaseFile.kind, CaseFile.year, CaseFile.status, CaseFile.received_at
    kept = _kept(work)
    facts = []
    for row in work.session.execute(select(*columns).where(open_to_all)):
        term = _past_term(desk, to_london(row.received_at).date())
        if term:
            facts.append(
                Fact(
                    CaseKind(row.kind).label,
                    _year(row.year),
                    term,
                    kept.get((row.id, ACKNOWLEDGE), NOT_OWED),
                    kept.get((row.id, REPLY), NOT_OWED),
                    CaseStatus(row.status).label,
                )
            )
    return tabulate(facts)


def _kept(work: UnitOfWork) -> Mapping[tuple[str, str], str]:
    """Return by case and name of a date whether it was kept."""
    dates = select(
        CaseDeadline.case_id, CaseDeadline.name, CaseDeadline.due_on, CaseDeadline.met_at
    )
    return {
        (row.case_id, row.name): IN_TIME
        if row.met_at and to_london(row.met_at).date() <= row.due_on
        else LATE
        for row in work.session.execute(dates)
    }


def _past_term(desk: Desk, day: date) -> str:
    """Return the name of the term that the day is in, once that term is over.

    A day of a holiday counts to the term before it.
    """
    begun = [term for term in desk.school.terms if term.start <= day]
    if not begun:
        return ""
    term = max(begun, key=lambda each: each.start)
    return term.name if term.end < today_of(desk) else ""


def _year(year: int | None) -> str:
    if year is None:
        return "No year given"
    return f"Year {year:>2}" if year else "Reception"
