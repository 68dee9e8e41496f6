"""What is taken of one resource's time, as masks of five-minute cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.grid import CELLS_A_DAY, WHOLE_DAY, midnight_cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Busy:
    """The taken time of a host, a room or an interpreter; no stretch is longer than a day."""

    def __init__(self) -> None:
        self._by_day: dict[int, int] = {}

    def take(self, first: int, count: int) -> None:
        """Mark ``count`` cells as taken, from the cell numbered ``first`` on."""
        self.take_all([(first, count)])

    def take_all(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Mark several stretches as taken, each as ``take`` has it."""
        by_day = self._by_day
        for first, count in stretches:
            day, place = divmod(first, CELLS_A_DAY)
            by_day[day] = by_day.get(day, 0) | ((1 << count) - 1) << place

    def free_on(self, day: date) -> int:
        """Return the mask of the free cells of a London day."""
        return self.free_from(midnight_cell(day), 1) & WHOLE_DAY

    def free_from(self, first: int, days: int) -> int:
        """Return one long mask of the free cells of so many days, bit 0 being the cell ``first``.

        Days of London lie across days of UTC, and what was taken the evening before may reach in.
        """
        utc_day, place = divmod(first, CELLS_A_DAY)
        taken = 0
        for day in range(utc_day + days, utc_day - 2, -1):
            taken = (taken << CELLS_A_DAY) | self._by_day.get(day, 0)
        return ~(taken >> CELLS_A_DAY + place) & ((1 << days * CELLS_A_DAY) - 1)
