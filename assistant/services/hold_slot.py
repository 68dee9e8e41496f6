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
    with_alternatives,
)
from assistant.services.meeting_errors import SlotTaken
from assistant.services.shapes import NO_NEEDS
from assistant.services.turns import stored_key
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.kinds import MeetingMode
    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk
    from assistant.services.shapes import Needs


def hold_slot(
    desk: Desk,
    *,
    holder: str,
    slot: Slot,
    needs: Needs = NO_NEEDS,
    mode: MeetingMode | None = None,
) -> datetime:
    """Hold the slot, in place of whatever the holder held before; return when the hold ends.

    The room and the interpreter that the meeting needs are held with it. Without a ``mode`` the
    first in which the slot is free counts: in person, where that can be.

    Raises:
        SlotTaken: somebody has it; the three nearest free slots come with the refusal.
        HostNotAllowed: the person is no host.
    """
    own = Own(holder=stored_key(holder))
    wanted = WantedTime(slot.host_id, slot.starts_at, mode, own, needs)
    try:
        return settled(partial(_hold, desk, wanted))
    except SlotTaken as taken:
        raise with_alternatives(desk, slot.host_id, slot.starts_at, mode, needs) from taken


def _hold(desk: Desk, wanted: WantedTime) -> datetime:
    with desk.unit_of_work() as work:
        lock_host(desk, work, wanted.host_id, frozenset())
        hold_cells(desk, work, find_slot(desk, work, wanted), wanted.own.holder)
        work.commit(unrecorded="a hold ends by itself and says nothing about anybody")
    return desk.clock.now() + timedelta(minutes=desk.settings.hold_minutes)
