"""Tables of figures about cases: topics, timeliness, outcomes; small numbers are held back.

Each term is a publication of its own: what is shown of it is decided from its own numbers alone,
and no number counts cases of two terms unless each of its parts is shown. So a report of another
day, with a further term in it, gives nobody anything to subtract.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.casework.small_numbers import Number, shown_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TOTAL = ""
"""The name of the row or column that counts all others."""


@dataclass(frozen=True)
class Fact:
    """What counts of one case; every field is the words that a heading shows."""

    kind: str
    topic: str
    year: str
    acknowledged: str
    answered: str
    outcome: str


@dataclass(frozen=True)
class Plan:
    """A table to make: the field of its rows, and of its columns; no columns are the terms."""

    name: str
    title: str
    rows: str
    columns: str = ""


PLANS = (
    Plan("topics", "Topics by term", "topic"),
    Plan("kinds", "Kinds of case by term", "kind"),
    Plan("acknowledged", "Acknowledged in time, by term", "acknowledged"),
    Plan("answered", "Answered in time, by term", "answered"),
    Plan("outcomes", "Where cases had got to, by term", "outcome"),
    Plan("years", "Topics by year group", "topic", "year"),
)


@dataclass(frozen=True)
class FigureTable:
    """A table as it may be shown: None stands for a number that is held back.

    ``cells`` by row and column; ``TOTAL`` is the name of the margins. ``title`` names the term of
    a table that is about one term alone.
    """

    plan: Plan
    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class TermFigures:
    """The numbers of one term by plan, row and column; None is held back."""

    term: str
    cells: Mapping[tuple[str, str, str], int | None]

    def rows_of(self, plan: Plan) -> tuple[str, ...]:
        """Return the rows that the plan has in this term, the total not among them."""
        return tuple(dict.fromkeys(row for name, row, _ in self.cells if name == plan.name and row))


@lru_cache(maxsize=64)  # a settled term does not change, and every chart asks again
def figures_of(term: str, facts: tuple[Fact, ...], limit: int) -> TermFigures:
    """Return the numbers of one term; what is shown is decided for all its tables together."""
    counts: dict[Fact, int] = {}
    for fact in facts:
        counts[fact] = counts.get(fact, 0) + 1
    kinds = sorted(counts, key=str)
    made = {plan: _numbers(plan, kinds, counts) for plan in PLANS}
    every = [number for numbers in made.values() for number in numbers.values()]
    lines = [line for numbers in made.values() for line in _lines(numbers)]
    shown = shown_numbers(every, limit, lines)
    return TermFigures(
        term,
        {
            (plan.name, row, column): number.count if number.name in shown else None
            for plan, numbers in made.items()
            for (row, column), number in numbers.items()
        },
    )


def tabulate(terms: Sequence[TermFigures]) -> tuple[FigureTable, ...]:
    """Return the tables of these terms, the latest last; a table of one term is of the latest."""
    return tuple(_table(plan, terms) for plan in PLANS) if terms else ()


def _table(plan: Plan, terms: Sequence[TermFigures]) -> FigureTable:
    return _of_one_term(plan, terms[-1]) if plan.columns else _by_term(plan, terms)


def _by_term(plan: Plan, terms: Sequence[TermFigures]) -> FigureTable:
    rows = tuple(sorted({row for term in terms for row in term.rows_of(plan)}))
    cells: dict[tuple[str, str], int | None] = {}
    for row in (*rows, TOTAL):
        parts = [term.cells.get((plan.name, row, TOTAL), 0) for term in terms]
        shown = [part for part in parts if part is not None]
        cells |= {(row, term.term): part for term, part in zip(terms, parts, strict=True)}
        cells[row, TOTAL] = sum(shown) if len(shown) == len(parts) else None
    columns = (*(term.term for term in terms), TOTAL)
    return FigureTable(plan, plan.title, (*rows, TOTAL), columns, cells)


def _of_one_term(plan: Plan, term: TermFigures) -> FigureTable:
    cells = {
        (row, column): count
        for (name, row, column), count in term.cells.items()
        if name == plan.name
    }
    columns = tuple(dict.fromkeys(column for _, column in cells if column))
    title = f"{plan.title}, {term.term}"
    return FigureTable(plan, title, (*term.rows_of(plan), TOTAL), (*columns, TOTAL), cells)


def _numbers(
    plan: Plan, facts: Sequence[Fact], counts: Mapping[Fact, int]
) -> dict[tuple[str, str], Number]:
    made = {}
    columns = _values(facts, plan.columns) if plan.columns else []
    for row in (TOTAL, *_values(facts, plan.rows)):
        for column in (TOTAL, *columns):
            fits = _fits(plan, row, column)
            cells = [place for place, fact in enumerate(facts) if fits(fact)]
            count = sum(counts[facts[place]] for place in cells)
            name = (plan.name, row, column)
            made[row, column] = Number(name, frozenset(cells), count)
    return made


def _fits(plan: Plan, row: str, column: str) -> Callable[[Fact], bool]:
    def fits(fact: Fact) -> bool:
        in_row = row in (TOTAL, getattr(fact, plan.rows))
        return in_row and (column == TOTAL or column == getattr(fact, plan.columns))

    return fits


def _values(facts: Sequence[Fact], name: str) -> list[str]:
    return sorted({getattr(fact, name) for fact in facts})


def _lines(made: Mapping[tuple[str, str], Number]) -> list[tuple[Number, list[Number]]]:
    rows = {row for row, _ in made}
    columns = {column for _, column in made}
    across = [(made[row, TOTAL], [made[row, each] for each in columns - {TOTAL}]) for row in rows]
    down = [(made[TOTAL, one], [made[each, one] for each in rows - {TOTAL}]) for one in columns]
    return [(whole, parts) for whole, parts in across + down if parts]
