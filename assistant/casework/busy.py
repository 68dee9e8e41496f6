"""What is taken of one resource's time, as one long mask of five-minute cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.grid import CELLS_A_DAY, WHOLE_DAY, cell_after, cell_at, midnight_cell

if TYPE_CHECKING:
    from datetime import date, datetime


class Busy:
    """The taken time of a host, a room or an interpreter, from two days before ``now`` on."""

    def __init__(self, now: datetime) -> None:
        self._origin = cell_at(now) - 2 * CELLS_A_DAY
        self._mask = 0

    def take(self, starts_at: datetime, ends_at: datetime) -> None:
        """Mark [starts_at, ends_at), aware instants, as taken; earlier time counts for nothing."""
        first = max(0, cell_at(starts_at) - self._origin)
        last = max(0, cell_after(ends_at) - self._origin)
        self._mask |= (1 << last) - (1 << first)

    def free_on(self, day: date) -> int:
        """Return the mask of the day's free cells; none on a day that has long gone."""
        shift = midnight_cell(day) - self._origin
        return ~(self._mask >> shift) & WHOLE_DAY if shift >= 0 else 0
