"""Measured things beside their targets, as a table and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.evaluation.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Figure:
    """One measured thing. ``limit`` is the target; ``least`` when the figure should reach it."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    least: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the target is kept; None where there is none or nothing was measured."""
        if self.limit is None or self.value is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that at least ``part`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    place = max(0, -(-len(ordered) * round(part * 1000) // 1000) - 1)
    return ordered[place]


def as_text(figures: Sequence[Figure]) -> str:
    """Return the figures as a table, each beside its target."""
    words = {True: "kept", False: "MISSED", None: ""}
    return table(("figure", "measured", "target", ""), [
        (one.name, _amount(one.value, one.unit), _target(one), words[one.kept]) for one in figures
    ])  # fmt: skip


def as_report(figures: Sequence[Figure]) -> dict[str, Any]:
    """Return the figures as plain JSON."""
    rows = [
        {"id": one.name, "value": one.value, "unit": one.unit, "target": one.limit,
         "kept": one.kept}
        for one in figures
    ]  # fmt: skip
    return {"total": len(rows), "kept": sum(one.kept is True for one in figures), "rows": rows}


def _target(figure: Figure) -> str:
    if figure.limit is None:
        return ""
    return f"{'at least' if figure.least else 'at most'} {_amount(figure.limit, figure.unit)}"


def _amount(value: float | None, unit: str) -> str:
    digits = 1 if unit == "s" and value is not None and value < 10 else 0  # noqa: PLR2004
    return "not measured" if value is None else f"{value:.{digits}f} {unit}".rstrip()
