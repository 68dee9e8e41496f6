"""Draws which destination was taken for which: as text, and as an SVG picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

CELL, MARGIN, HEAD = 44, 130, 130
RIGHT = 70
"""Room on the right for the last of the slanted names."""
FAINTEST = 0.2
"""How dark a single mistake among many is drawn, so that it is seen."""
_LETTERS = 'font-family="sans-serif" font-size="13"'
_FAINT = 'fill="#505a5f"'


def text_matrix(counts: Counter[tuple[str, str]]) -> str:
    """Return wanted (rows) against given (columns, by first letters); a dot is none."""
    names = _names(counts)
    width = max(len(name) for name in names)
    heads = " ".join(name[:5].rjust(5) for name in names)
    lines = [f"{'wanted / given'.ljust(width)} {heads}".rstrip()]
    for wanted in names:
        cells = " ".join(str(counts[wanted, given] or "·").rjust(5) for given in names)
        lines.append(f"{wanted.ljust(width)} {cells}".rstrip())
    return "\n".join(lines)


def svg_matrix(counts: Counter[tuple[str, str]]) -> str:
    """Return the same as an SVG: darker is a larger share of what was wanted; green is right."""
    names = _names(counts)
    size = len(names) * CELL
    sized = f'width="{size + MARGIN + RIGHT}" height="{size + HEAD + 10}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {sized} {_LETTERS}>',
        "<title>Wanted destination (rows) and given destination (columns)</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{MARGIN - 6}" y="{HEAD - 26}" text-anchor="end" {_FAINT}>given →</text>',
        f'<text x="{MARGIN - 6}" y="{HEAD - 6}" text-anchor="end" {_FAINT}>wanted ↓</text>',
    ]
    for place, name in enumerate(names):
        parts += _labels(place, name)
    for row, wanted in enumerate(names):
        whole = sum(counts[wanted, given] for given in names) or 1
        parts += [_cell(row, column, counts[wanted, given], whole, right=wanted == given)
                  for column, given in enumerate(names)]  # fmt: skip
    return "\n".join([*parts, "</svg>", ""])


def _names(counts: Counter[tuple[str, str]]) -> list[str]:
    return sorted({name for pair in counts for name in pair})


def _labels(place: int, name: str) -> list[str]:
    middle = place * CELL + CELL // 2
    shown = escape(name.replace("_", " "))
    return [
        f'<text x="{MARGIN - 6}" y="{HEAD + middle + 4}" text-anchor="end">{shown}</text>',
        f'<text transform="translate({MARGIN + middle + 4},{HEAD - 6}) rotate(-60)">{shown}</text>',
    ]


def _cell(row: int, column: int, count: int, whole: int, *, right: bool) -> str:
    x, y = MARGIN + column * CELL, HEAD + row * CELL
    colour = "#00703c" if right else "#b10e1e"
    share = max(count / whole, FAINTEST) if count else 0.0
    ink = "white" if share > 0.55 else "black"  # noqa: PLR2004 - dark enough for white letters
    box = (f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{CELL - 2}" fill="{colour}" '
           f'fill-opacity="{share:.2f}" stroke="#b1b4b6"/>')  # fmt: skip
    if not count:
        return box
    middle_x, middle_y = x + CELL // 2 - 1, y + CELL // 2 + 4
    place = f'x="{middle_x}" y="{middle_y}" text-anchor="middle"'
    return f'{box}<text {place} fill="{ink}">{count}</text>'
