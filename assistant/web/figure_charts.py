"""Charts of the figures as SVG files: bars with their number beside them, told apart by place.

Drawn by Altair (Vega-Lite) and vl-convert, without a browser and without a script in the page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.casework.figures import TOTAL

if TYPE_CHECKING:
    from assistant.casework.figures import FigureTable

INK = "#0b0c0c"
BAR_HEIGHT = 34
WIDTH = 420
PADDING = {"left": 90, "right": 30, "top": 5, "bottom": 5}
"""Room for labels in a reader's font, which may be wider than the one they were measured in."""
Bars = tuple[tuple[str, int], ...]


def bars_of(table: FigureTable) -> Bars:
    """Return the total of each row that may be shown."""
    totals = ((row, table.cells[row, TOTAL]) for row in table.rows if row != TOTAL)
    return tuple((row, total) for row, total in totals if total is not None)


def words_of(bars: Bars) -> str:
    """Return what the chart shows, for who does not see it."""
    return "; ".join(f"{name}: {count}" for name, count in bars)


@lru_cache(maxsize=64)
def draw(bars: Bars) -> str:
    """Return the bars as an SVG document."""
    import altair as alt  # noqa: PLC0415 - takes a second to load, and most processes never draw
    import vl_convert  # noqa: PLC0415 - see above

    rows = [{"name": name, "count": count} for name, count in bars]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=220, ticks=False)),
        x=alt.X("count:Q", title=None, axis=None),
    )
    bar = base.mark_bar(color="#505a5f", stroke=INK)
    label = base.mark_text(align="left", dx=5, color=INK).encode(text="count:Q")
    chart = (bar + label).properties(
        width=WIDTH, height=BAR_HEIGHT * max(1, len(bars)), padding=PADDING
    )
    styled = chart.configure(
        background="white", font="sans-serif", view=alt.ViewConfig(stroke=None)
    ).configure_axis(labelFontSize=15, labelColor=INK)
    return str(vl_convert.vegalite_to_svg(styled.configure_text(fontSize=15).to_dict()))
