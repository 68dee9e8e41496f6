"""The free times of one host as a page shows them: three days, all their times, and the way on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.calendar import DAY, to_london
from assistant.casework.day_choice import windows_for
from assistant.services.case_dates import today_of
from assistant.services.offer_slots import offer_slots
from assistant.services.shapes import NO_NEEDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.casework.day_choice import DayPart
    from assistant.casework.kinds import MeetingMode
    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk
    from assistant.services.shapes import Needs

ALL_TIMES = 1000
"""More than three days have."""


@dataclass(frozen=True)
class Wish:
    """Whose time is wanted, and how; ``first`` is the first London date to show, None for now.

    The room and the interpreter of ``needs`` are free then too.
    """

    host_id: str
    mode: MeetingMode | None
    needs: Needs = NO_NEEDS
    subjects: frozenset[str] = frozenset()
    holder: str = ""
    first: date | None = None
    parts: Collection[DayPart] = ()


@dataclass(frozen=True)
class FreeDay:
    """A London date with its free times, soonest first."""

    day: date
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class FreeTimes:
    """The first days that have any; ``more_from`` is where the next ones begin, if any do."""

    days: tuple[FreeDay, ...]
    more_from: date | None


def free_times(desk: Desk, wish: Wish) -> FreeTimes:
    """Return the free times from ``wish.first`` on, on up to three days; none of who has left."""
    today = today_of(desk)
    shown = _slots(desk, wish, max(wish.first or today, today), ALL_TIMES)
    days = tuple(FreeDay(day, tuple(slots)) for day, slots in groupby(shown, key=_day_of))
    more_from = days[-1].day + DAY if days else None
    has_more = more_from is not None and bool(_slots(desk, wish, more_from, 1))
    return FreeTimes(days, more_from if has_more else None)


def _slots(desk: Desk, wish: Wish, first: date, limit: int) -> list[Slot]:
    farthest = max(rules.horizon_days for rules in desk.school.meeting_rules)
    last = today_of(desk) + timedelta(days=farthest)
    if first > last or wish.host_id not in desk.school.by_id:
        return []
    return offer_slots(
        desk,
        host_ids=[wish.host_id],
        windows=windows_for(first, last, wish.parts),
        mode=wish.mode,
        needs=wish.needs,
        subjects=wish.subjects,
        holder=wish.holder,
        limit=limit,
    ).matching


def _day_of(slot: Slot) -> date:
    return to_london(slot.starts_at).date()
