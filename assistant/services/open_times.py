"""The free slots of several diaries, day by day, so that nobody computes days they do not show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.choice import nearest_to
from assistant.casework.slots import QUARTERS, Slot, bookable_days
from assistant.casework.times import Window

CLOSE = timedelta(days=7)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from assistant.casework.kinds import MeetingMode
    from assistant.casework.slots import Diary
    from assistant.services.desk import Desk


def all_open(
    desk: Desk, diaries: Mapping[str, Diary], *, mode: MeetingMode | None = None
) -> Iterator[Slot]:
    """Yield every free slot up to the farthest horizon, soonest first."""
    now = desk.clock.now()
    farthest = max((diary.hours.rules.horizon_days for diary in diaries.values()), default=0)
    days = bookable_days(desk.calendar, now, now + timedelta(days=farthest))
    return _by_day(diaries, days, mode, QUARTERS)


def open_on(
    desk: Desk,
    diaries: Mapping[str, Diary],
    windows: Sequence[Window],
    *,
    mode: MeetingMode | None,
    starts: int,
) -> Iterator[Slot]:
    """Yield the free slots of the days that the windows touch, soonest first."""
    touched = {
        day for each in windows for day in bookable_days(desk.calendar, each.start, each.end)
    }
    return _by_day(diaries, sorted(touched), mode, starts)


def nearest_open(
    desk: Desk,
    diaries: Mapping[str, Diary],
    instant: datetime,
    limit: int,
    *,
    mode: MeetingMode | None,
) -> list[Slot]:
    """Return the ``limit`` free slots closest to an aware instant, soonest first.

    Far days are looked at only if the two weeks around hold too few: a crowd that loses a race
    waits for this.
    """
    around = [Window(instant - CLOSE, instant + CLOSE)]
    near = open_on(desk, diaries, around, mode=mode, starts=QUARTERS)
    close = [slot for slot in near if abs(slot.starts_at - instant) <= CLOSE]
    enough = len(close) >= limit
    return nearest_to(close if enough else all_open(desk, diaries, mode=mode), instant, limit)


def _by_day(
    diaries: Mapping[str, Diary], days: Iterable[date], mode: MeetingMode | None, starts: int
) -> Iterator[Slot]:
    """Within a start the order of ``diaries`` (best host first) is kept: the sort is stable."""
    for day in days:
        openings = (diary.opening(day, mode=mode, starts=starts) for diary in diaries.values())
        slots = [slot for opening in openings for slot in opening]
        yield from sorted(slots, key=lambda slot: slot.starts_at)
