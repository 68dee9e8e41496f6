"""Free slots of a host: weekly hours, less closed days, gates, buffers and what is taken.

Weekly hours are London wall time, laid on each date; slots are UTC instants.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from assistant.casework.busy import Busy
from assistant.casework.calendar import DAY, SchoolCalendar, to_london
from assistant.casework.grid import (
    CELL_MINUTES,
    CELLS_A_DAY,
    WHOLE_DAY,
    bits,
    cell_after,
    cell_at,
    every,
    instant_of,
    midnight_cell,
    starts_of_runs,
)
from assistant.casework.kinds import MeetingMode
from assistant.casework.resources import ALONE, Stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from assistant.casework.host_hours import HostHours
    from assistant.casework.resources import Company

QUARTERS = every(15)
"""Starts on the quarter hour, which people prefer."""

ANY_CELL = WHOLE_DAY
"""Starts every five minutes."""


class Slot(NamedTuple):
    """A time that can be booked: UTC instants, and the modes in which the host meets then."""

    host_id: str
    starts_at: datetime
    ends_at: datetime
    modes: tuple[MeetingMode, ...]


class Taken(NamedTuple):
    """Cells of a host's time that are gone, buffer included; a hold is not a meeting."""

    first: int
    cells: int
    is_meeting: bool


def bookable_days(calendar: SchoolCalendar, start: datetime, end: datetime) -> list[date]:
    """Return the school days that [start, end), aware instants, touches."""
    first, last = to_london(start).date(), to_london(end).date()
    days = (first + step * DAY for step in range((last - first).days + 1))
    return [day for day in days if calendar.is_school_day(day)]


@dataclass  # not frozen: thousands are made in one search, and freezing costs as much as the rest
class Opening:
    """The free starts of one host on one day, as masks: slots are made only when looked at."""

    hours: HostHours
    day: date
    starts: dict[MeetingMode, int]

    def __len__(self) -> int:
        """Count the slots."""
        return self._union.bit_count()

    def __iter__(self) -> Iterator[Slot]:
        """Yield the slots, soonest first."""
        base = midnight_cell(self.day)
        for bit in bits(self._union):
            modes = tuple(mode for mode, mask in self.starts.items() if mask >> bit & 1)
            start = instant_of(base + bit)
            yield Slot(self.hours.host_id, start, start + self.hours.length, modes)

    @cached_property
    def _union(self) -> int:
        union = 0
        for mask in self.starts.values():
            union |= mask
        return union


class Diary:
    """Finds the openings of one host, and of the ``company`` that the meeting needs."""

    def __init__(
        self, hours: HostHours, taken: Collection[Taken], now: datetime, company: Company = ALONE
    ) -> None:
        self.hours = hours
        self._length = hours.rules.minutes // CELL_MINUTES
        self._needed = self._length + hours.rules.buffer_minutes // CELL_MINUTES
        self._earliest = cell_after(now + timedelta(hours=hours.rules.notice_hours))
        self._first_day = to_london(now).date()
        self._last_day = self._first_day + timedelta(days=hours.rules.horizon_days)
        self._company = company
        self._busy = Busy()
        self._busy.take_all((first, cells) for first, cells, _ in taken)
        self._meetings = Counter(
            first // CELLS_A_DAY for first, _, is_meeting in taken if is_meeting
        )

    def opening(
        self, day: date, *, mode: MeetingMode | None = None, starts: int = QUARTERS
    ) -> Opening:
        """Return what is free on a school day (see ``bookable_days``).

        Never in the past or inside the notice, beyond the horizon, on a day whose cap is
        reached, over a gate or staff session, over anything taken, or without the company.
        ``starts`` is a mask of the cells of a day at which a meeting may begin.
        """
        base = midnight_cell(day)
        if not self._first_day <= day <= self._last_day or self._is_full(base):
            return Opening(self.hours, day, {})
        met, place = self._company.starts(self._wanted(day)), base - self._origin
        masks = {
            each: free & met[each]
            for run, modes in self._runs
            for free in (run >> place & starts,)
            for each in modes
            if mode is None or each is mode
        }
        return Opening(self.hours, day, masks)

    def company_at(
        self, slot: Slot, mode: MeetingMode, kept: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Return the keys of the room and the interpreter for a slot that is open in ``mode``.

        Those in ``kept`` come first; the choice is otherwise always the same.
        """
        day = to_london(slot.starts_at).date()
        bit = cell_at(slot.starts_at) - midnight_cell(day)
        return self._company.choose(self._wanted(day), mode, bit, kept)

    @cached_property
    def _origin(self) -> int:
        return midnight_cell(self._first_day)

    @cached_property
    def _runs(self) -> tuple[tuple[int, tuple[MeetingMode, ...]], ...]:
        """The possible starts up to the horizon, as long masks from ``_origin``, with their modes.

        Found at once for all days: a few operations on long numbers instead of many on short ones;
        and once for all the modes that share their hours, as most do.
        """
        days = (self._last_day - self._first_day).days + 1
        free = self._busy.free_from(self._origin, days + 1)
        roomy = starts_of_runs(free, self._needed) & self._late_enough(days + 1)
        return tuple(
            (starts_of_runs(mask & free, self._length) & roomy, modes)
            for mask, modes in self._opened(days)
        )

    def _opened(self, days: int) -> Iterator[tuple[int, tuple[MeetingMode, ...]]]:
        """Yield the cells in which the host could meet, as ``_runs`` does."""
        dates = [self._first_day + step * DAY for step in range(days)]
        rows = [self.hours.open_cells(day) for day in dates]
        sharing: defaultdict[tuple[int, ...], list[MeetingMode]] = defaultdict(list)
        for mode in MeetingMode:
            sharing[tuple(row[mode] for row in rows)].append(mode)
        places = [midnight_cell(day) - self._origin for day in dates]
        for masks, modes in sharing.items():
            laid = 0
            for mask, place in zip(masks, places, strict=True):
                laid |= mask << place if mask else 0
            yield laid, tuple(modes)

    def _wanted(self, day: date) -> Stretch:
        return Stretch(day, self._length, self._needed)

    def _late_enough(self, days: int) -> int:
        first = max(0, self._earliest - self._origin)
        return ((1 << days * CELLS_A_DAY) - 1) >> first << first

    def _is_full(self, base: int) -> bool:
        """London and UTC agree on the date of every meeting that is not in the dead of night."""
        noon = base + CELLS_A_DAY // 2
        return self._meetings.get(noon // CELLS_A_DAY, 0) >= self.hours.rules.daily_cap
