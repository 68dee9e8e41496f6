"""Hold a time for a parent while they type."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from assistant.services.diaries import Own
from assistant.services.host_time import (
    WantedTime,
    find_slot,
    hold_cells,
    lock_host,
    release_hold,
    with_alternatives,
)
from assistant.services.meeting_errors import SlotTaken
from assistant.services.turns import stored_key
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk


def hold_slot(desk: Desk, *, holder: str, slot: Slot) -> datetime:
    """Hold the slot, in place of whatever the holder held before; return when the hold ends.

    Raises:
        SlotTaken: somebody has it; the three nearest free slots come with the refusal.
        HostNotAllowed: the person is no host.
    """
    try:
        return settled(partial(_hold, desk, stored_key(holder), slot))
    except SlotTaken as taken:
        raise with_alternatives(desk, slot.host_id, slot.starts_at) from taken


def _hold(desk: Desk, holder: str, slot: Slot) -> datetime:
    with desk.unit_of_work() as work:
        lock_host(desk, work, slot.host_id, frozenset())
        release_hold(work, holder)
        wanted = WantedTime(slot.host_id, slot.starts_at, None, Own(holder=holder))
        free = find_slot(desk, work, wanted)
        hold_cells(desk, work, free, holder)
        work.commit(unrecorded="a hold ends by itself and says nothing about anybody")
    return desk.clock.now() + timedelta(minutes=desk.settings.hold_minutes)
