"""The comparisons of times as a table for a person, and as JSON."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from assistant.evaluation.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation.timing.pairs import Compared

HEADS = ("asked for", "pairs", "hit, ms", "miss, ms", "apart, ms", "by chance", "")


def timing_table(compared: Sequence[Compared]) -> str:
    """Return medians, the median difference of a pair, and how likely that is by chance alone."""
    rows = [
        (
            each.name,
            len(each.hits),
            f"{median(each.hits):.1f}",
            f"{median(each.misses):.1f}",
            f"{each.difference:+.2f}",
            f"{each.chance:.3f}",
            "DIFFERS" if each.differs else "within noise",
        )
        for each in compared
    ]
    return table(HEADS, rows)


def as_rows(compared: Sequence[Compared]) -> dict[str, Any]:
    """Return the comparisons as plain JSON."""
    rows = [
        {
            "id": each.name,
            "pairs": len(each.hits),
            "hit": median(each.hits),
            "miss": median(each.misses),
            "difference": each.difference,
            "chance": each.chance,
            "differs": each.differs,
        }
        for each in compared
    ]
    return {"total": len(rows), "differ": sum(each.differs for each in compared), "rows": rows}
