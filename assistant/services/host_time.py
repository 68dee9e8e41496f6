"""Take and release a host's time as cells (anchors.md §1.2).

The primary key of ``cell`` makes an overlap impossible on either database. The host's row is
locked first, so that two parents wait for each other instead of meeting half-way, and so that the
daily cap is counted on settled ground. Expired holds are removed by whoever takes their time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.casework.calendar import to_london
from assistant.casework.choice import nearest_to
from assistant.casework.grid import cells
from assistant.casework.hosts import may_host
from assistant.casework.slots import ANY_CELL, Slot
from assistant.casework.wall import school_wall
from assistant.services.diaries import Own, open_diaries, resource_of
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken
from assistant.services.offer_slots import ALTERNATIVES
from assistant.services.open_times import all_open
from assistant.store.meeting_tables import Cell
from assistant.store.tables import Staff

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from assistant.casework.kinds import MeetingMode
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def lock_host(desk: Desk, work: UnitOfWork, host_id: str, subjects: AbstractSet[str]) -> None:
    """Lock the host's time until the transaction ends.

    Raises ``HostNotAllowed`` for somebody behind the wall, unknown, gone, or no host.
    """
    mine = select(Staff).where(Staff.id == host_id, Staff.active)
    row = work.session.scalars(mine.with_for_update(key_share=True)).first()
    person = desk.school.by_id.get(host_id)
    if row is None or person is None or not may_host(desk.school, person):
        raise HostNotAllowed
    if host_id in school_wall(desk.school, subjects):
        raise HostNotAllowed


@dataclass(frozen=True)
class WantedTime:
    """A start (aware) with a host; ``mode`` None means any; ``own`` may be taken again."""

    host_id: str
    starts_at: datetime
    mode: MeetingMode | None
    own: Own


def find_slot(desk: Desk, work: UnitOfWork, wanted: WantedTime) -> Slot:
    """Return the free slot at the wanted time; raises ``SlotTaken`` if there is none.

    A parent who held the slot keeps it although its notice ran out while they typed.
    """
    grace = timedelta(minutes=desk.settings.hold_minutes)
    day, host_id = to_london(wanted.starts_at).date(), wanted.host_id
    if not desk.calendar.is_school_day(day) or wanted.starts_at <= desk.clock.now():
        raise SlotTaken
    diaries = open_diaries(desk, work.session, [host_id], own=wanted.own, grace=grace)
    opening = diaries[host_id].opening(day, mode=wanted.mode, starts=ANY_CELL)
    found = next((slot for slot in opening if slot.starts_at == wanted.starts_at), None)
    if found is None:
        raise SlotTaken
    return found


def book_cells(desk: Desk, work: UnitOfWork, slot: Slot, meeting_id: str) -> None:
    """Give the slot and its buffer to a meeting."""
    for instant in _cleared(desk, work, slot):
        resource = resource_of(slot.host_id)
        work.session.add(Cell(resource=resource, instant=instant, meeting_id=meeting_id))


def hold_cells(  # noqa: PLR0913 - who holds what, how long, and what they have already
    desk: Desk,
    work: UnitOfWork,
    slot: Slot,
    holder: str,
    *,
    until: datetime | None = None,
    meeting_id: str = "",
) -> None:
    """Give the slot and its buffer to a holder, by machine clock: for the school's hold time.

    Or ``until`` another instant. Cells of the meeting that would move stay the meeting's.
    """
    until = until or desk.machine_clock.now() + timedelta(minutes=desk.settings.hold_minutes)
    mine = select(Cell.resource, Cell.instant).where(Cell.meeting_id == meeting_id)
    have = {(resource, instant) for resource, instant in work.session.execute(mine)}
    for instant in _cleared(desk, work, slot):
        resource = resource_of(slot.host_id)
        cell = Cell(resource=resource, instant=instant, holder=holder, hold_expires_at=until)
        if (resource, instant) not in have:
            work.session.add(cell)


def release_hold(work: UnitOfWork, holder: str) -> None:
    """Drop whatever the holder holds."""
    work.session.execute(delete(Cell).where(Cell.holder == holder))


def release_meeting(work: UnitOfWork, meeting_id: str) -> None:
    """Give a meeting's time back."""
    work.session.execute(delete(Cell).where(Cell.meeting_id == meeting_id))


def with_alternatives(
    desk: Desk, host_id: str, starts_at: datetime, mode: MeetingMode | None = None
) -> SlotTaken:
    """Return a refusal with the three nearest free slots, read after the lost race."""
    with desk.unit_of_work(read_only=True) as work:
        diaries = open_diaries(desk, work.session, [host_id])
    return SlotTaken(nearest_to(all_open(desk, diaries, mode=mode), starts_at, ALTERNATIVES))


def _cleared(desk: Desk, work: UnitOfWork, slot: Slot) -> list[datetime]:
    """Return the cells of the slot and its buffer, soonest first, rid of expired holds."""
    rules = desk.school.rules_for(desk.school.person(slot.host_id))
    needed = cells(slot.starts_at, slot.ends_at + timedelta(minutes=rules.buffer_minutes))
    expired = delete(Cell).where(
        Cell.resource == resource_of(slot.host_id),
        Cell.instant.in_(needed),
        Cell.hold_expires_at <= desk.machine_clock.now(),
    )
    work.session.execute(expired)
    return needed
