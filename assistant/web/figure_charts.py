"""Charts of the figures as SVG files: bars with their number beside them, told apart by place.

Drawn by Altair (Vega-Lite) and vl-convert, without a browser and without a script in the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.casework.figures import TOTAL

if TYPE_CHECKING:
    from assistant.casework.figures import FigureTable

INK = "#0b0c0c"
BAR = 22
"""The height of a bar in pixels."""
LONGEST_LABEL = 340


@dataclass(frozen=True)
class Shape:
    """Pixels of a chart: for each row, for the longest bar, and around them."""

    row: int
    width: int
    padding: dict[str, int]


WIDE = Shape(34, 420, {"left": 90, "right": 30, "top": 5, "bottom": 5})
"""Room for labels in a reader's font, which may be wider than the one they were measured in."""
NARROW = Shape(62, 260, {"left": 5, "right": 60, "top": 15, "bottom": 0})
Bars = tuple[tuple[str, int], ...]


def bars_of(table: FigureTable) -> Bars:
    """Return the total of each row that may be shown."""
    totals = ((row, table.cells[row, TOTAL]) for row in table.rows if row != TOTAL)
    return tuple((row, total) for row, total in totals if total is not None)


def words_of(bars: Bars) -> str:
    """Return what the chart shows, for who does not see it."""
    return "; ".join(f"{name}: {count}" for name, count in bars)


@lru_cache(maxsize=64)
def draw(bars: Bars, *, narrow: bool = False) -> str:
    """Return the bars as an SVG document; a ``narrow`` one has each name above its bar."""
    import altair as alt  # noqa: PLC0415 - takes a second to load, and most processes never draw
    import vl_convert  # noqa: PLC0415 - see above

    rows = [{"name": name, "count": count} for name, count in bars]
    names = alt.Axis(labelLimit=LONGEST_LABEL, ticks=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=None if narrow else names),
        x=alt.X("count:Q", title=None, axis=None),
    )
    bar = base.mark_bar(color="#505a5f", stroke=INK, size=BAR)
    parts = bar + base.mark_text(align="left", dx=5, color=INK).encode(text="count:Q")
    if narrow:
        above = base.mark_text(align="left", dy=-BAR, color=INK)
        parts += above.encode(text="name:N", x=alt.value(0))
    shape = NARROW if narrow else WIDE
    height = shape.row * max(1, len(bars))
    chart = parts.properties(width=shape.width, height=height, padding=shape.padding)
    styled = chart.configure(
        background="white", font="sans-serif", view=alt.ViewConfig(stroke=None)
    ).configure_axis(labelFontSize=15, labelColor=INK)
    return str(vl_convert.vegalite_to_svg(styled.configure_text(fontSize=15).to_dict()))
