"""Which numbers of a publication may be shown, so that nobody works out a small one.

Every number counts some of the same finest groups (cells). A number from 1 to ``limit - 1`` is
small and hidden. Hiding it alone is not enough: a total less its other parts gives it back. So
numbers are let out one by one, the widest first, and one is held back when with it a small number
could be worked out by adding and subtracting shown numbers, by any sum whatever: when the small
group lies in the span of the shown ones (exact Gaussian elimination over fractions). What is left
of a line once its shown parts are taken off is held to the same rule, so that two hidden parts
cannot add up to a small number either. Zeros are not shown, but may be worked out: they are nobody.
Source: Hundepool and others, "Statistical Disclosure Control" (Wiley, 2012), on secondary
suppression in linked tables; the widest-first order is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

Cell = int
Row = dict[Cell, Fraction]


@dataclass(frozen=True)
class Number:
    """A count that would be published: of the cases in ``cells``, by the name it goes under."""

    name: Hashable
    cells: frozenset[Cell]
    count: int


@dataclass
class Span:
    """The sums that the shown numbers give, as rows in echelon form by their first cell."""

    rows: dict[Cell, Row] = field(default_factory=dict)

    def rest(self, row: Mapping[Cell, Fraction]) -> Row:
        """Return what is left of ``row`` after subtracting shown numbers; empty if it is given."""
        left = dict(row)
        for pivot in sorted(self.rows):
            if left.get(pivot):
                _subtract(left, self.rows[pivot], left[pivot])
        return left

    def gives(self, cells: Iterable[Cell]) -> bool:
        """Tell whether the number of these cells can be worked out."""
        return not self.rest(_row(cells))

    def new_row(self, cells: Iterable[Cell]) -> Row:
        """Return the row that this number adds, with a one first; empty if it adds nothing."""
        left = self.rest(_row(cells))
        scale = left[min(left)] if left else Fraction(1)
        return {cell: part / scale for cell, part in left.items()}

    def with_row(self, row: Row) -> Span:
        """Return the span once the number that adds ``row`` is shown too."""
        return Span(self.rows | {min(row): row}) if row else self


def shown_numbers(
    numbers: Sequence[Number], limit: int, lines: Sequence[tuple[Number, Sequence[Number]]] = ()
) -> frozenset[Hashable]:
    """Return the names of the numbers that may be shown.

    ``lines``: each a number and the parts of the table that add up to it.
    """
    secrets = {number.cells for number in numbers if number.count < limit and number.cells}
    rests = [_row(cells) for cells in secrets]
    span = Span()
    shown: set[Hashable] = set()
    for number in sorted(numbers, key=lambda each: (-len(each.cells), -each.count, str(each.name))):
        if number.count < limit:
            continue
        row, names = span.new_row(number.cells), shown | {number.name}
        if row and any(_is_multiple(rest, row) for rest in rests):
            continue
        wider = span.with_row(row)
        left_over = [_left_over(whole, parts, names) for whole, parts in lines]
        small = [each.cells for each in left_over if each.cells and each.count < limit]
        if not any(wider.gives(cells) for cells in small):
            span, shown = wider, names
            _take_off(rests, row)
    return frozenset(shown)


def _is_multiple(rest: Row, row: Row) -> bool:
    """Tell whether what is left of a secret, once ``row`` is shown too, is nothing."""
    times = rest.get(min(row), Fraction(0))
    same = bool(times) and len(rest) == len(row)
    return same and all(rest.get(cell) == times * part for cell, part in row.items())


def _take_off(rests: Iterable[Row], row: Row) -> None:
    """Take a row that is shown now off what is left of each secret."""
    for rest in rests:
        if row and rest.get(min(row)):
            _subtract(rest, row, rest[min(row)])


def _left_over(whole: Number, parts: Sequence[Number], shown: set[Hashable]) -> Number:
    """Return the hidden parts of a line taken together."""
    hidden = [part for part in parts if part.name not in shown]
    cells = frozenset[Cell]().union(*(part.cells for part in hidden))
    return Number(whole.name, cells, sum(part.count for part in hidden))


def _row(cells: Iterable[Cell]) -> Row:
    return {cell: Fraction(1) for cell in cells}


def _subtract(left: Row, row: Row, times: Fraction) -> None:
    for cell, part in row.items():
        value = left.get(cell, Fraction(0)) - times * part
        if value:
            left[cell] = value
        else:
            left.pop(cell, None)
