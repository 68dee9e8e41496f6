"""Which earlier times are news to a parent who waits for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from assistant.casework.slots import Slot


def days_before(slots: Iterable[Slot], meeting_starts_at: datetime) -> Iterator[Slot]:
    """Yield the slots on an earlier day (in London) than the meeting: less is not worth a move.

    ``slots`` must be in order.
    """
    day = to_london(meeting_starts_at).date()
    for slot in slots:
        if to_london(slot.starts_at).date() >= day:
            return
        yield slot


def news(
    slots: Iterable[Slot], passed_by: AbstractSet[datetime], asked_on: AbstractSet[date]
) -> Iterator[Slot]:
    """Yield the slots that came free since the parent asked, none on a day they were asked about.

    ``passed_by`` are the starts that they could have had already; ``asked_on`` the days (London)
    of times that they were offered before, whatever they answered.
    """
    for slot in slots:
        if slot.starts_at not in passed_by and to_london(slot.starts_at).date() not in asked_on:
            yield slot
