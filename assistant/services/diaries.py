"""When hosts meet and what is taken: four queries for any number of hosts and their company."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from assistant.casework.calendar import DAY
from assistant.casework.grid import cell_at
from assistant.casework.host_hours import Closed, DayException, HostHours
from assistant.casework.hosts import is_met_through_clerk
from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.casework.resources import INTERPRETER, ROOM, ids_of, interpreter_key, room_key
from assistant.casework.school_shapes import Availability as WeeklyHours
from assistant.casework.slots import Diary, Taken
from assistant.services.host_rules import rules_of
from assistant.services.shapes import NO_NEEDS
from assistant.services.shared_time import company_of, shared_keys
from assistant.store.meeting_tables import Availability, AvailabilityException, Cell, Meeting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk
    from assistant.services.shapes import Needs


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
    rules = rules_of(desk, session, host_ids)
    return {
        host_id: HostHours(
            host_id,
            tuple(pattern[host_id]),
            tuple(exceptions[host_id]),
            _closed(desk.school, desk.school.person(host_id)),
            rules[host_id],
        )
        for host_id in host_ids
    }


def open_diaries(  # noqa: PLR0913 - whose, for what, and what may be taken again or is only planned
    desk: Desk,
    session: Session,
    host_ids: Sequence[str],
    *,
    needs: Needs = NO_NEEDS,
    own: Own = NOTHING,
    grace: timedelta = timedelta(),
    near: datetime | None = None,
    planned: Mapping[str, HostHours] | None = None,
) -> dict[str, Diary]:
    """Return the diaries of the hosts for a meeting with these ``needs``.

    ``grace`` shortens their notice for a booking under way. With ``near`` they are true of the
    day of that instant only, and cost the less to open. ``planned`` hours, by host, stand in for
    those that are saved.
    """
    hours = hours_of(desk, session, host_ids) | dict(planned or {})
    now = desk.clock.now() - grace
    asked = _Asked(host_ids, shared_keys(desk.school, needs), own, near)
    taken = _taken(desk, session, asked)
    company = company_of(desk.school, needs, taken)
    return {
        host_id: Diary(hours[host_id], taken[resource_of(host_id)], now, company)
        for host_id in host_ids
    }


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


@dataclass(frozen=True)
class _Asked:
    """Whose taken time is read: of these hosts and of what may come with them."""

    host_ids: Sequence[str]
    shared: Sequence[str]
    own: Own
    near: datetime | None


def _taken(desk: Desk, session: Session, asked: _Asked) -> defaultdict[str, list[Taken]]:
    """Return by key what is booked and held; one row a meeting, not one a cell.

    A time that a parent was offered counts as a meeting: on a full day they could not take it.
    """
    found: defaultdict[str, list[Taken]] = defaultdict(list)
    of_host = {host_id: found[resource_of(host_id)] for host_id in asked.host_ids}
    booked = session.execute(_booked(desk, asked)).all()
    for host_id, room_id, interpreter_id, start, count in booked:
        taken = Taken(cell_at(start), count, True)  # noqa: FBT003 - by name costs more, thousands of times
        if host_id in of_host:
            of_host[host_id].append(taken)
        if room_id:
            found[room_key(room_id)].append(taken)
        if interpreter_id:
            found[interpreter_key(interpreter_id)].append(taken)
    offered: set[tuple[str, str]] = set()
    for resource, instant, holder in session.execute(_held(desk, asked.own)):
        mine = resource, holder or ""
        is_meeting = mine[1].startswith(OFFER) and mine not in offered
        offered.add(mine)
        found[resource].append(Taken(cell_at(instant), 1, is_meeting))
    return found


def _booked(desk: Desk, asked: _Asked) -> Select[str, str | None, str | None, datetime, int]:
    """Select from the meetings, which say what their cells say (``host_time.give_time``)."""
    table = Meeting.__table__.c  # a row of the table itself: nothing to map
    wanted = table.host_id, table.room_id, table.interpreter_id, table.starts_at, table.cells
    last = asked.near or datetime.max.replace(tzinfo=UTC) - DAY
    return select(*wanted).where(
        or_(
            table.host_id.in_(asked.host_ids),
            table.room_id.in_(ids_of(ROOM, asked.shared)),
            table.interpreter_id.in_(ids_of(INTERPRETER, asked.shared)),
        ),
        table.starts_at.between((asked.near or desk.clock.now()) - DAY, last + DAY),
        table.status != MeetingStatus.CANCELLED.value,
        table.id != asked.own.meeting_id,
    )


def _held(desk: Desk, own: Own) -> Select[str, datetime, str | None]:
    live = Cell.hold_expires_at > desk.machine_clock.now()
    wanted = Cell.resource, Cell.instant, Cell.holder
    return select(*wanted).where(live, Cell.holder != own.holder)


def _modes(codes: Sequence[str]) -> tuple[MeetingMode, ...]:
    return _known_modes(tuple(codes))


@cache
def _known_modes(codes: tuple[str, ...]) -> tuple[MeetingMode, ...]:
    return tuple(MeetingMode(code) for code in codes)
