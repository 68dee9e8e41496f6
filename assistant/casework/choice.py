"""Which free slots to show: those in a parent's windows, else the nearest real alternatives."""

from __future__ import annotations

from datetime import datetime, timedelta
from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.times import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.casework.slots import Slot

DAYS_SHOWN = 3
"""A parent sees times on this many days at first, not six times on one morning."""


def fits(slot: Slot, windows: Iterable[Window]) -> bool:
    """Tell whether the slot lies in a window.

    A window shorter than the meeting ("at half past three") is met by its beginning alone.
    """
    return any(_fits_one(slot, window) for window in windows)


def spread(slots: Iterable[Slot], limit: int) -> list[Slot]:
    """Return at most ``limit`` of the slots over the first days that have any, soonest first.

    The soonest of each day is always among them. ``slots`` must be in order.
    """
    days: list[list[Slot]] = []
    for _, group in groupby(slots, key=_london_day):
        days.append(list(group))
        if len(days) == DAYS_SHOWN:
            break
    chosen: list[Slot] = []
    for place, day in enumerate(days):
        share = -(-(limit - len(chosen)) // (len(days) - place))
        chosen += _evenly(day, share)
    return chosen


def nearest(slots: Iterable[Slot], windows: Sequence[Window], limit: int) -> list[Slot]:
    """Return the ``limit`` slots closest in time to any of the windows, soonest first."""
    return sorted(nsmallest(limit, slots, key=lambda slot: _distance(slot, windows)), key=_start)


def nearest_to(slots: Iterable[Slot], instant: datetime, limit: int) -> list[Slot]:
    """Return the ``limit`` slots closest to an aware instant, soonest first."""
    return nearest(slots, [Window(instant, instant)], limit)


def _fits_one(slot: Slot, window: Window) -> bool:
    if not window.start <= slot.starts_at < window.end:
        return False
    is_short = window.end - window.start < slot.ends_at - slot.starts_at
    return is_short or slot.ends_at <= window.end


def _distance(slot: Slot, windows: Sequence[Window]) -> timedelta:
    return min(
        max(window.start - slot.starts_at, slot.starts_at - window.end, timedelta())
        for window in windows
    )


def _evenly(slots: list[Slot], count: int) -> list[Slot]:
    if len(slots) <= count:
        return slots
    return [slots[place * len(slots) // count] for place in range(count)]


def _london_day(slot: Slot) -> int:
    return to_london(slot.starts_at).toordinal()


def _start(slot: Slot) -> datetime:
    return slot.starts_at
