"""Offer times that can really be booked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.casework.choice import fits, nearest, spread
from assistant.casework.slots import ANY_CELL, QUARTERS, Slot
from assistant.casework.wall import school_wall
from assistant.services.diaries import Own, open_diaries
from assistant.services.open_times import all_open, open_on
from assistant.services.shapes import NO_NEEDS
from assistant.services.turns import stored_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.kinds import MeetingMode
    from assistant.casework.slots import Diary
    from assistant.casework.times import Window
    from assistant.services.desk import Desk
    from assistant.services.shapes import Needs

ALTERNATIVES = 3


@dataclass(frozen=True)
class SlotOffer:
    """``matching`` slots lie in the parent's windows; if none do, ``nearest`` are the closest."""

    matching: list[Slot] = field(default_factory=list)
    nearest: list[Slot] = field(default_factory=list)


def offer_slots(  # noqa: PLR0913 - each is a separate wish
    desk: Desk,
    *,
    host_ids: Sequence[str],
    windows: Sequence[Window] | None,
    mode: MeetingMode | None = None,
    needs: Needs = NO_NEEDS,
    subjects: frozenset[str] = frozenset(),
    holder: str = "",
    limit: int = 6,
) -> SlotOffer:
    """Return free slots of the hosts, soonest first, spread over up to three days.

    Without ``windows`` the soonest. A slot has the modes in which everything that is needed is
    free: the host, a room for those who come, and an interpreter where one can be booked. Hosts
    behind the wall of ``subjects`` are left out. Time that ``holder`` holds counts as free for
    them. Starts on the quarter hour come first; other starts are offered only when a window has
    no such start.
    """
    walled = school_wall(desk.school, subjects)
    allowed = [host_id for host_id in host_ids if host_id not in walled]
    with desk.unit_of_work(read_only=True) as work:
        own = Own(holder=stored_key(holder))
        diaries = open_diaries(desk, work.session, allowed, needs=needs, own=own)
    if windows is None:
        return SlotOffer(matching=spread(all_open(desk, diaries, mode=mode), limit))
    return _in_windows(desk, diaries, windows, mode, limit)


def _in_windows(
    desk: Desk,
    diaries: dict[str, Diary],
    windows: Sequence[Window],
    mode: MeetingMode | None,
    limit: int,
) -> SlotOffer:
    for starts in (QUARTERS, ANY_CELL):
        slots = open_on(desk, diaries, windows, mode=mode, starts=starts)
        matching = spread((slot for slot in slots if fits(slot, windows)), limit)
        if matching:
            return SlotOffer(matching=matching)
    everything = all_open(desk, diaries, mode=mode)
    return SlotOffer(nearest=nearest(everything, windows, ALTERNATIVES))
