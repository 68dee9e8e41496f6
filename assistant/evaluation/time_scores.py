"""Scores the windows that a time phrase was read as against those it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.casework.times import TimeReading, Window, read_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.times import SchoolDays
    from assistant.evaluation.lines import Row


@dataclass(frozen=True)
class Read:
    """A phrase, how it was read, and the windows it means (None: the file does not say)."""

    id: str
    phrase: str
    reading: TimeReading
    wanted: tuple[Window, ...] | None

    @property
    def right(self) -> bool:
        """Whether the windows are equal, as instants and in order."""
        return self.wanted is not None and _instants(self.reading.windows) == _instants(self.wanted)


def read_row(row: Row, calendar: SchoolDays) -> Read:
    """Read the phrase of a row at the row's ``now``."""
    now = datetime.fromisoformat(row["now"])
    reading = read_time(str(row["phrase"]), now, calendar)
    wanted = wanted_windows(row["expect"]) if "expect" in row else None
    return Read(str(row["id"]), str(row["phrase"]), reading, wanted)


def wanted_windows(expect: dict[str, Any] | list[dict[str, Any]]) -> tuple[Window, ...]:
    """Return what a row expects: one window, a list of them, or none at all."""
    if isinstance(expect, list):
        return tuple(_window(one) for one in expect)
    return () if expect.get("none") else (_window(expect),)


def _window(one: dict[str, Any]) -> Window:
    return Window(datetime.fromisoformat(one["from"]), datetime.fromisoformat(one["to"]))


def _instants(windows: Sequence[Window]) -> list[tuple[float, float]]:
    return [(window.start.timestamp(), window.end.timestamp()) for window in windows]


def report(reads: Sequence[Read]) -> dict[str, Any]:
    """Return counts and one row a phrase, as plain JSON."""
    return {
        "total": len(reads),
        "right": sum(read.right for read in reads),
        "rows": [_row(read) for read in reads],
    }


def _row(read: Read) -> dict[str, Any]:
    reading = read.reading
    return {
        "id": read.id,
        "phrase": read.phrase,
        "right": read.right,
        "windows": [{"from": window.start.isoformat(), "to": window.end.isoformat()}
                    for window in reading.windows],
        "kind": reading.kind,
        "ambiguous": reading.ambiguous,
        "why": reading.why,
    }  # fmt: skip


def say_windows(windows: Sequence[Window], most: int = 2) -> str:
    """Say the first windows in a line."""
    if not windows:
        return "none"
    said = [_say(window) for window in windows[:most]]
    return "; ".join(said) + (f"; and {len(windows) - most} more" if len(windows) > most else "")


def _say(window: Window) -> str:
    end = "%H:%M" if window.start.date() == window.end.date() else "%a %d %b %H:%M"
    return f"{window.start:%a %d %b %H:%M} to {window.end:{end}}"
