"""Figures for governors: of terms that are settled, and without what is walled off from the reader.

A running term is left out: whoever looked every day would see each case arrive. Cases behind the
reader's wall are not counted, so figures are the same whether or not there is a complaint about
the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.figures import Fact, figures_of, tabulate
from assistant.services.settle_terms import is_closed_to, settle_terms
from assistant.store.figure_tables import SettledFact, SettledTerm

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.figures import FigureTable
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

FIGURES = "case_figures"
MOST_TERMS = 6
"""As many of the latest terms are compared: two school years."""


@dataclass(frozen=True)
class Figures:
    """The tables that may be shown to one person; each term by name, as it was at an instant."""

    tables: tuple[FigureTable, ...]
    terms: tuple[tuple[str, datetime], ...]


def case_figures(desk: Desk, staff_id: str) -> Figures:
    """Return the tables that may be shown to this person; a term that is due is settled first."""
    settle_terms(desk)
    with desk.unit_of_work(read_only=True) as work:
        return _figures(desk, work, staff_id)


def export_figures(desk: Desk, staff_id: str) -> Figures:
    """Return the same tables for a file, and note in the history that they were taken."""
    settle_terms(desk)
    with desk.unit_of_work() as work:
        figures = _figures(desk, work, staff_id)
        work.history.append("figures.exported", staff_id, FIGURES, staff_id)
        work.commit()
        return figures


def _figures(desk: Desk, work: UnitOfWork, staff_id: str) -> Figures:
    kept = select(SettledTerm).where(SettledTerm.removed_at.is_(None))
    latest = kept.order_by(SettledTerm.starts_on.desc()).limit(MOST_TERMS)
    terms = list(reversed(work.session.scalars(latest).all()))
    limit = desk.school.figures.smallest_shown
    made = [figures_of(each.name, _facts(desk, work, staff_id, each), limit) for each in terms]
    return Figures(tabulate(made), tuple((each.name, each.settled_at) for each in terms))


def _facts(desk: Desk, work: UnitOfWork, staff_id: str, term: SettledTerm) -> tuple[Fact, ...]:
    mine = select(SettledFact).where(SettledFact.starts_on == term.starts_on)
    rows = work.session.scalars(mine)
    facts = [
        Fact(row.kind, row.topic, row.year, row.acknowledged, row.answered, row.outcome)
        for row in rows
        if not is_closed_to(desk, row, staff_id)
    ]
    return tuple(sorted(facts, key=str))
