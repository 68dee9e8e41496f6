"""The five-minute grid on which every meeting, buffer and hold stands.

A *cell* is five minutes. Its number counts from 1970 in UTC. A day is also a bit mask of 288
cells, bit 0 being midnight in London, so that free time is found with a few integer operations.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_utc

if TYPE_CHECKING:
    from collections.abc import Iterator

CELL = timedelta(minutes=5)
CELL_MINUTES = 5
CELL_SECONDS = 300
CELLS_A_DAY = 288
WHOLE_DAY = (1 << CELLS_A_DAY) - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOON = time(12)


def cells(start: datetime, end: datetime) -> list[datetime]:
    """Return the start of every cell that [start, end) touches, in UTC, soonest first."""
    return [instant_of(number) for number in range(cell_at(start), cell_after(end))]


def cell_at(instant: datetime) -> int:
    """Return the number of the cell that an aware instant falls in."""
    return int(instant.timestamp() // CELL_SECONDS)


def cell_after(instant: datetime) -> int:
    """Return the number of the first cell that begins at or after an aware instant."""
    return -int(-instant.timestamp() // CELL_SECONDS)


def instant_of(number: int) -> datetime:
    """Return the UTC instant at which a cell begins."""
    return EPOCH + number * CELL


@cache
def midnight_cell(day: date) -> int:
    """Return the cell number of bit 0 of a London day.

    Reckoned from noon: on the two Sundays of the year on which the clocks change, times after
    three in the morning are right, and the night before is nobody's meeting.
    """
    return cell_at(to_utc(datetime.combine(day, NOON))) - CELLS_A_DAY // 2


def span_mask(start: time, end: time) -> int:
    """Return the mask of the cells of a day that [start, end), London wall time, covers."""
    first, last = _bit(start), _bit(end)
    return ((1 << last) - (1 << first)) if last > first else 0


def every(minutes: int) -> int:
    """Return the mask of a day's cells that begin on a multiple of ``minutes``."""
    return sum(1 << bit for bit in range(0, CELLS_A_DAY, minutes // CELL_MINUTES))


def starts_of_runs(mask: int, length: int) -> int:
    """Return the mask of all bits that begin ``length`` (at least 1) set bits in a row."""
    have = 1
    while have < length:
        step = min(have, length - have)
        mask &= mask >> step
        have += step
    return mask


def bits(mask: int) -> Iterator[int]:
    """Yield the places of the set bits, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _bit(at: time) -> int:
    return (at.hour * 60 + at.minute) // CELL_MINUTES
