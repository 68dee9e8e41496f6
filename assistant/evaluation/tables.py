"""Tables of plain text for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Lay rows out in columns: the first to the left, numbers to the right."""
    cells = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    lines = ["  ".join(_fit(cell, width, place) for place, (cell, width) in _laid(row, widths))
             for row in cells]  # fmt: skip
    head, *body = (line.rstrip() for line in lines)
    return "\n".join([head, "-" * max(map(len, lines)), *body])


def _laid(row: Sequence[str], widths: Sequence[int]) -> enumerate[tuple[str, int]]:
    return enumerate(zip(row, widths, strict=True))


def _fit(cell: str, width: int, place: int) -> str:
    return cell.rjust(width) if place and cell[:1].isdigit() else cell.ljust(width)


def share(part: int, whole: int) -> str:
    """Say a count with its percentage; a share of nothing has none."""
    return f"{part} ({100 * part / whole:.0f} %)" if whole else f"{part}"
