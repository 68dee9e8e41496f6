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

    def with_number(self, cells: Iterable[Cell]) -> Span:
        """Return the span once this number is shown too."""
        left = self.rest(_row(cells))
        if not left:
            return self
        pivot = min(left)
        scale = left[pivot]
        return Span(self.rows | {pivot: {cell: part / scale for cell, part in left.items()}})


def shown_numbers(
    numbers: Sequence[Number], limit: int, lines: Sequence[tuple[Number, Sequence[Number]]] = ()
) -> frozenset[Hashable]:
    """Return the names of the numbers that may be shown.

    ``lines``: each a number and the parts of the table that add up to it.
    """
    secret = [number.cells for number in numbers if number.count < limit and number.cells]
    span = Span()
    shown: set[Hashable] = set()
    for number in sorted(numbers, key=lambda each: (-len(each.cells), -each.count, str(each.name))):
        if number.count < limit:
            continue
        wider, names = span.with_number(number.cells), shown | {number.name}
        left_over = [_left_over(whole, parts, names) for whole, parts in lines]
        small = [each.cells for each in left_over if each.cells and each.count < limit]
        if not any(wider.gives(cells) for cells in [*secret, *small]):
            span, shown = wider, names
    return frozenset(shown)


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
