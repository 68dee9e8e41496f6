"""What is taken of one resource's time, as masks of five-minute cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.grid import CELLS_A_DAY, WHOLE_DAY, cell_after, cell_at, midnight_cell

if TYPE_CHECKING:
    from datetime import date, datetime


class Busy:
    """The taken time of a host, a room or an interpreter; no stretch is longer than a day."""

    def __init__(self) -> None:
        self._by_day: dict[int, int] = {}

    def take(self, starts_at: datetime, ends_at: datetime) -> None:
        """Mark [starts_at, ends_at), aware instants, as taken."""
        first = cell_at(starts_at)
        day, place = divmod(first, CELLS_A_DAY)
        self._by_day[day] = (
            self._by_day.get(day, 0) | ((1 << cell_after(ends_at) - first) - 1) << place
        )

    def free_on(self, day: date) -> int:
        """Return the mask of the free cells of a London day.

        It lies across two days of UTC, and what was taken the evening before may reach into it.
        """
        utc_day, place = divmod(midnight_cell(day), CELLS_A_DAY)
        taken = 0
        for step in (1, 0, -1):
            taken = (taken << CELLS_A_DAY) | self._by_day.get(utc_day + step, 0)
        return ~(taken >> CELLS_A_DAY + place) & WHOLE_DAY
