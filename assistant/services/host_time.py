"""Take and release the time of a host and their company as cells.

The primary key of ``cell`` makes an overlap impossible on either database. The host's row is
locked first and then the rows of the rooms and interpreters that may come, so that two parents
wait for each other instead of meeting half-way, and so that the daily cap is counted on settled
ground. Expired holds are removed by whoever takes their time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, or_, select, tuple_

from assistant.casework.calendar import to_london
from assistant.casework.grid import cells
from assistant.casework.hosts import may_host
from assistant.casework.resources import INTERPRETER, ROOM, ids_of
from assistant.casework.slots import ANY_CELL
from assistant.casework.wall import school_wall
from assistant.services.diaries import Own, open_diaries, resource_of
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken
from assistant.services.meeting_mail import place_of
from assistant.services.offer_slots import ALTERNATIVES
from assistant.services.open_times import nearest_open
from assistant.services.shapes import NO_NEEDS
from assistant.services.shared_time import lock_shared, shared_keys
from assistant.store.meeting_tables import Cell
from assistant.store.tables import Staff

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from assistant.casework.kinds import MeetingMode
    from assistant.casework.slots import Diary, Slot
    from assistant.services.desk import Desk
    from assistant.services.shapes import Needs
    from assistant.store.meeting_tables import Meeting
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


def is_booked(work: UnitOfWork, host_id: str, instant: datetime) -> bool:
    """Tell whether a meeting has the host's time at a start (aware), locked or not."""
    taken = select(Cell.instant).where(
        Cell.resource == resource_of(host_id),
        Cell.instant == instant,
        Cell.meeting_id.is_not(None),
    )
    return work.session.execute(taken).first() is not None


@dataclass(frozen=True)
class WantedTime:
    """A start (aware) with a host; ``mode`` None means any; ``own`` may be taken again."""

    host_id: str
    starts_at: datetime
    mode: MeetingMode | None
    own: Own
    needs: Needs = NO_NEEDS


@dataclass(frozen=True)
class Claim:
    """A free time with everybody and everything that it takes, found under their locks.

    Their cells are taken up to ``free_again``, which is the end with the buffer.
    """

    host_id: str
    starts_at: datetime
    ends_at: datetime
    free_again: datetime
    mode: MeetingMode
    company: tuple[str, ...]
    own: Own

    @property
    def cells(self) -> list[datetime]:
        """The cells that it takes of each, buffer included, soonest first."""
        return cells(self.starts_at, self.free_again)

    @property
    def resources(self) -> tuple[str, ...]:
        """The keys under which its cells are kept."""
        return (resource_of(self.host_id), *self.company)

    @property
    def room_id(self) -> str | None:
        """The room where people meet, if one is needed."""
        return next(iter(ids_of(ROOM, self.company)), None)

    @property
    def interpreter_id(self) -> str | None:
        """The interpreter who comes, if one is booked."""
        return next(iter(ids_of(INTERPRETER, self.company)), None)


def find_slot(desk: Desk, work: UnitOfWork, wanted: WantedTime) -> Claim:
    """Return the wanted time with the room and interpreter it takes; call ``lock_host`` before.

    A parent who held the time keeps it although its notice ran out while they typed, and keeps
    the room and the interpreter that were held with it. Raises ``SlotTaken`` if it is not free.
    """
    day = to_london(wanted.starts_at).date()
    if not desk.calendar.is_school_day(day) or wanted.starts_at <= desk.clock.now():
        raise SlotTaken
    lock_shared(work, shared_keys(desk.school, wanted.needs, wanted.mode))
    diary = _diary_then(desk, work, wanted)
    opening = diary.opening(day, mode=wanted.mode, starts=ANY_CELL)
    found = next((slot for slot in opening if slot.starts_at == wanted.starts_at), None)
    if found is None:
        raise SlotTaken
    return _claim(work, diary, found, wanted)


def give_time(desk: Desk, work: UnitOfWork, claim: Claim, meeting: Meeting) -> None:
    """Give the claim to a meeting, new or old, in place of what the claimant had before."""
    _note(desk, meeting, claim)
    work.session.add(meeting)
    work.session.flush()
    mine = or_(Cell.holder == claim.own.holder, Cell.meeting_id == claim.own.meeting_id)
    for resource, instant in _cleared(desk, work, claim, mine):
        work.session.add(Cell(resource=resource, instant=instant, meeting_id=meeting.id))


def _note(desk: Desk, meeting: Meeting, claim: Claim) -> None:
    meeting.host_id = claim.host_id
    meeting.starts_at, meeting.ends_at = claim.starts_at, claim.ends_at
    meeting.cells = len(claim.cells)
    meeting.mode = claim.mode.value
    meeting.place = place_of(desk, claim.mode, claim.room_id)
    meeting.room_id, meeting.interpreter_id = claim.room_id, claim.interpreter_id


def hold_cells(
    desk: Desk, work: UnitOfWork, claim: Claim, holder: str, *, until: datetime | None = None
) -> None:
    """Give the claim to a holder, in place of what they held, by machine clock.

    For the school's hold time, or ``until`` an instant. Cells that the claimant's own meeting has
    stay the meeting's.
    """
    until = until or desk.machine_clock.now() + timedelta(minutes=desk.settings.hold_minutes)
    mine = select(Cell.resource, Cell.instant).where(Cell.meeting_id == claim.own.meeting_id)
    have = {(resource, instant) for resource, instant in work.session.execute(mine)}
    for resource, instant in _cleared(desk, work, claim, Cell.holder == holder):
        cell = Cell(resource=resource, instant=instant, holder=holder, hold_expires_at=until)
        if (resource, instant) not in have:
            work.session.add(cell)


def release_hold(work: UnitOfWork, holder: str) -> None:
    """Drop whatever the holder holds."""
    _drop(work, Cell.holder == holder)


def release_meeting(work: UnitOfWork, meeting_id: str) -> None:
    """Give back all the time of a meeting: its host's, its room's and its interpreter's."""
    _drop(work, Cell.meeting_id == meeting_id)


def with_alternatives(
    desk: Desk,
    host_id: str,
    starts_at: datetime,
    mode: MeetingMode | None = None,
    needs: Needs = NO_NEEDS,
) -> SlotTaken:
    """Return a refusal with the three nearest free slots, read after the lost race."""
    with desk.unit_of_work(read_only=True) as work:
        diaries = open_diaries(desk, work.session, [host_id], needs=needs)
    return SlotTaken(nearest_open(desk, diaries, starts_at, ALTERNATIVES, mode=mode))


def _diary_then(desk: Desk, work: UnitOfWork, wanted: WantedTime) -> Diary:
    """Return the host's diary; a hold's length of grace, for who held the time and typed."""
    diaries = open_diaries(
        desk,
        work.session,
        [wanted.host_id],
        needs=wanted.needs,
        own=wanted.own,
        grace=timedelta(minutes=desk.settings.hold_minutes),
        near=wanted.starts_at,
    )
    return diaries[wanted.host_id]


def _claim(work: UnitOfWork, diary: Diary, slot: Slot, wanted: WantedTime) -> Claim:
    mode = wanted.mode or slot.modes[0]
    return Claim(
        host_id=slot.host_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        free_again=slot.ends_at + diary.hours.buffer,
        mode=mode,
        company=diary.company_at(slot, mode, _held_already(work, wanted)),
        own=wanted.own,
    )


def _held_already(work: UnitOfWork, wanted: WantedTime) -> frozenset[str]:
    own = wanted.own
    mine = or_(Cell.holder == own.holder, Cell.meeting_id == own.meeting_id)
    held = select(Cell.resource).where(mine, Cell.instant == wanted.starts_at)
    return frozenset(work.session.scalars(held))


def _cleared(
    desk: Desk, work: UnitOfWork, claim: Claim, mine: ColumnElement[bool]
) -> list[tuple[str, datetime]]:
    """Return the cells that the claim takes, rid of the claimant's own and of expired holds."""
    expired = and_(
        Cell.resource.in_(claim.resources),
        Cell.instant.in_(claim.cells),
        Cell.hold_expires_at <= desk.machine_clock.now(),
    )
    _drop(work, or_(mine, expired))
    return [(resource, instant) for resource in sorted(claim.resources) for instant in claim.cells]


def _drop(work: UnitOfWork, which: ColumnElement[bool]) -> None:
    """Delete cells, locked one after the other in the order of their key.

    Two transactions may drop the same hold, the one because it is its own and the other because
    it expired; in one order they wait for each other in turn and never in a circle.
    """
    keys = select(Cell.resource, Cell.instant).where(which).order_by(Cell.resource, Cell.instant)
    found = work.session.execute(keys.with_for_update()).all()
    if found:
        pairs = [tuple(row) for row in found]
        gone = delete(Cell).where(tuple_(Cell.resource, Cell.instant).in_(pairs))
        work.session.execute(gone, execution_options={"synchronize_session": False})
