"""Tables of figures about cases: themes, timeliness, outcomes; small numbers are held back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.small_numbers import Number, shown_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SMALLEST_SHOWN = 5
TOTAL = ""
"""The name of the row or column that counts all others."""


@dataclass(frozen=True)
class Fact:
    """What counts of one case; every field is the words that a heading shows."""

    kind: str
    year: str
    term: str
    acknowledged: str
    answered: str
    outcome: str


@dataclass(frozen=True)
class Plan:
    """A table to make: the field of its rows and the field of its columns."""

    name: str
    title: str
    rows: str
    columns: str


PLANS = (
    Plan("themes", "Kinds of case by year group", "kind", "year"),
    Plan("terms", "Kinds of case by term", "kind", "term"),
    Plan("acknowledged", "Acknowledged in time, by term", "acknowledged", "term"),
    Plan("answered", "Answered in time, by term", "answered", "term"),
    Plan("outcomes", "Where cases have got to, by term", "outcome", "term"),
)


@dataclass(frozen=True)
class FigureTable:
    """A table as it may be shown: None stands for a number that is held back.

    ``cells`` by row and column; ``TOTAL`` is the name of the margins.
    """

    plan: Plan
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int | None]


def tabulate(facts: Sequence[Fact], limit: int = SMALLEST_SHOWN) -> tuple[FigureTable, ...]:
    """Return every table; what is shown is decided for all of them together.

    So no number can be worked out from one table with the help of another.
    """
    counts: dict[Fact, int] = {}
    for fact in facts:
        counts[fact] = counts.get(fact, 0) + 1
    kinds = sorted(counts, key=str)
    numbers = {plan: _numbers(plan, kinds, counts) for plan in PLANS}
    lines = [line for made in numbers.values() for line in _lines(made)]
    every = [number for made in numbers.values() for number in made.values()]
    shown = shown_numbers(every, limit, lines)
    return tuple(_table(plan, made, shown) for plan, made in numbers.items())


def _numbers(
    plan: Plan, facts: Sequence[Fact], counts: Mapping[Fact, int]
) -> dict[tuple[str, str], Number]:
    made = {}
    for row in (TOTAL, *_values(facts, plan.rows)):
        for column in (TOTAL, *_values(facts, plan.columns)):
            fits = _fits(plan, row, column)
            cells = [place for place, fact in enumerate(facts) if fits(fact)]
            count = sum(counts[facts[place]] for place in cells)
            name = (plan.name, row, column)
            made[row, column] = Number(name, frozenset(cells), count)
    return made


def _fits(plan: Plan, row: str, column: str) -> Callable[[Fact], bool]:
    def fits(fact: Fact) -> bool:
        return row in (TOTAL, getattr(fact, plan.rows)) and column in (
            TOTAL,
            getattr(fact, plan.columns),
        )

    return fits


def _values(facts: Sequence[Fact], name: str) -> list[str]:
    return sorted({getattr(fact, name) for fact in facts})


def _lines(made: Mapping[tuple[str, str], Number]) -> list[tuple[Number, list[Number]]]:
    rows = {row for row, _ in made}
    columns = {column for _, column in made}
    across = [(made[row, TOTAL], [made[row, each] for each in columns - {TOTAL}]) for row in rows]
    down = [(made[TOTAL, one], [made[each, one] for each in rows - {TOTAL}]) for one in columns]
    return across + down


def _table(
    plan: Plan, made: Mapping[tuple[str, str], Number], shown: frozenset[object]
) -> FigureTable:
    rows = tuple(dict.fromkeys(row for row, _ in made if row != TOTAL))
    columns = tuple(dict.fromkeys(column for _, column in made if column != TOTAL))
    cells = {
        place: number.count if number.name in shown else None for place, number in made.items()
    }
    return FigureTable(plan, (*rows, TOTAL), (*columns, TOTAL), cells)
