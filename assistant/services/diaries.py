"""When hosts meet and what is taken: three queries for any number of hosts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from assistant.casework.grid import CELL
from assistant.casework.hosts import is_met_through_clerk
from assistant.casework.kinds import MeetingMode
from assistant.casework.school_shapes import Availability as WeeklyHours
from assistant.casework.slots import Closed, DayException, Diary, HostHours, Taken
from assistant.store.meeting_tables import Availability, AvailabilityException, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk


@dataclass(frozen=True)
class Own:
    """What a caller may take again: the cells of their own hold, or of the meeting they move."""

    holder: str = ""
    meeting_id: str = ""


NOTHING = Own()

OFFER = "offer:"
"""How the holder of a time that a parent was offered begins."""


def resource_of(staff_id: str) -> str:
    """Return the name under which a host's time is kept in the cell table."""
    return f"staff:{staff_id}"


def hours_of(desk: Desk, session: Session, host_ids: Sequence[str]) -> dict[str, HostHours]:
    """Return the hours of the hosts (ids of people in the school file)."""
    pattern, exceptions = _patterns(session, host_ids), _exceptions(desk, session, host_ids)
    return {
        host_id: HostHours(
            host_id,
            tuple(pattern[host_id]),
            tuple(exceptions[host_id]),
            _closed(desk.school, desk.school.person(host_id)),
            desk.school.rules_for(desk.school.person(host_id)),
        )
        for host_id in host_ids
    }


def open_diaries(
    desk: Desk,
    session: Session,
    host_ids: Sequence[str],
    *,
    own: Own = NOTHING,
    grace: timedelta = timedelta(),
) -> dict[str, Diary]:
    """Return the diaries of the hosts; ``grace`` shortens their notice for a booking under way."""
    hours, taken = hours_of(desk, session, host_ids), _taken(desk, session, host_ids, own)
    now = desk.clock.now() - grace
    return {host_id: Diary(hours[host_id], taken[host_id], now) for host_id in host_ids}


def _patterns(session: Session, host_ids: Sequence[str]) -> dict[str, list[WeeklyHours]]:
    found: defaultdict[str, list[WeeklyHours]] = defaultdict(list)
    table = Availability  # its columns and not its rows: a row object costs ten times as much
    mine = select(table.staff_id, table.weekday, table.starts, table.ends, table.modes)
    for row in session.execute(mine.where(table.staff_id.in_(host_ids))):
        staff_id, weekday, starts, ends, modes = row
        found[staff_id].append(WeeklyHours(staff_id, weekday, starts, ends, _modes(modes)))
    return found


def _exceptions(
    desk: Desk, session: Session, host_ids: Sequence[str]
) -> dict[str, list[DayException]]:
    found: defaultdict[str, list[DayException]] = defaultdict(list)
    table, yesterday = AvailabilityException, (desk.clock.now() - timedelta(days=1)).date()
    mine = select(table).where(table.staff_id.in_(host_ids), table.on >= yesterday)
    for row in session.scalars(mine):
        change = DayException(row.on, row.starts, row.ends, row.free, _modes(row.modes))
        found[row.staff_id].append(change)
    return found


def _closed(school: School, host: Person) -> tuple[Closed, ...]:
    """Gates bind everybody; staff sessions bind everybody but governors and the clerk."""
    gates = [Closed(None, gate.start, gate.end) for gate in school.gates]
    if is_met_through_clerk(host):
        return tuple(gates)
    sessions = (Closed(on, each.start, each.end) for each in school.twilights for on in each.dates)
    return (*gates, *sessions)


def _taken(
    desk: Desk, session: Session, host_ids: Sequence[str], own: Own
) -> dict[str, list[Taken]]:
    """One row a meeting or hold, not one a cell: the cells of each lie side by side.

    A time that a parent was offered counts as a meeting: on a full day they could not take it.
    """
    found: defaultdict[str, list[Taken]] = defaultdict(list)
    spans = (
        select(Cell.resource, func.min(Cell.instant), func.max(Cell.instant), Cell.holder)
        .where(
            Cell.resource.in_([resource_of(host_id) for host_id in host_ids]),
            Cell.instant >= desk.clock.now() - timedelta(days=1),
            _is_live(desk, own),
        )
        .group_by(Cell.resource, Cell.meeting_id, Cell.holder)
    )
    for resource, first, last, holder in session.execute(spans):
        host_id = resource.removeprefix("staff:")
        is_meeting = holder is None or holder.startswith(OFFER)
        found[host_id].append(Taken(first, last + CELL, is_meeting))
    return found


def _is_live(desk: Desk, own: Own) -> ColumnElement[bool]:
    booked = and_(Cell.meeting_id.is_not(None), Cell.meeting_id != own.meeting_id)
    held = and_(Cell.hold_expires_at > desk.machine_clock.now(), Cell.holder != own.holder)
    return or_(booked, held)


def _modes(codes: Sequence[str]) -> tuple[MeetingMode, ...]:
    return tuple(MeetingMode(code) for code in codes)
