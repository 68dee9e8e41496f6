"""Finds what must never be in a database of meetings, each fault as a sentence."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.grid import cells
from assistant.casework.kinds import MeetingStatus
from assistant.services.diaries import hours_of, resource_of
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of
from assistant.services.verify_history import verify_history
from assistant.store.ledger import Outbox
from assistant.store.meeting_tables import Cell, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import timedelta

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

Held = dict[str, list[datetime]]
"""By resource: the instants of the cells that a meeting owns, soonest first."""

Told = dict[tuple[str, str], set[int]]
"""By meeting and address: the calendar sequences that are in the outbox for it."""


def faults(desk: Desk) -> list[str]:
    """Return every fault of meetings, cells, messages and history; none is the promise."""
    with desk.unit_of_work(read_only=True) as work:
        found = [*_faults_of_time(desk, work), *_untold(desk, work)]
    return [*found, *(f"{wrong.database}: history is broken" for wrong in verify_history(desk))]


def faults_of_time(desk: Desk) -> list[str]:
    """Return the faults of meetings and their cells alone."""
    with desk.unit_of_work(read_only=True) as work:
        return _faults_of_time(desk, work)


def _faults_of_time(desk: Desk, work: UnitOfWork) -> list[str]:
    meetings = _meetings(work)
    rows = list(work.session.scalars(select(Cell).order_by(Cell.instant)))
    buffers = _buffers(desk, work, meetings)
    return [*_overlaps(meetings), *_wrong_cells(meetings, rows, buffers)]


def _meetings(work: UnitOfWork) -> list[Meeting]:
    return list(work.session.scalars(select(Meeting).order_by(Meeting.starts_at)))


def _buffers(desk: Desk, work: UnitOfWork, meetings: Sequence[Meeting]) -> dict[str, timedelta]:
    hosts = sorted({meeting.host_id for meeting in meetings})
    return {host: hours.buffer for host, hours in hours_of(desk, work.session, hosts).items()}


def _overlaps(meetings: Sequence[Meeting]) -> Iterator[str]:
    """Yield the meetings that share a moment of one host, room or interpreter."""
    by_resource: defaultdict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        if is_live(meeting):
            for resource in _resources(meeting):
                by_resource[resource].append(meeting)
    for resource, theirs in by_resource.items():
        for earlier, later in pairwise(theirs):
            if later.starts_at < earlier.ends_at:
                yield f"{earlier.id} and {later.id} overlap for {resource}"


def _wrong_cells(
    meetings: Sequence[Meeting], rows: Sequence[Cell], buffers: Mapping[str, timedelta]
) -> Iterator[str]:
    """Yield meetings without exactly their cells, and cells that nobody owns."""
    owned: defaultdict[str | None, Held] = defaultdict(dict)
    for row in rows:
        owned[row.meeting_id].setdefault(row.resource, []).append(row.instant)
        if row.meeting_id is None and (row.holder is None or row.hold_expires_at is None):
            yield f"the cell of {row.resource} at {row.instant} has no owner"
    for meeting in meetings:
        if is_live(meeting):
            yield from _wrongly_held(meeting, owned[meeting.id], buffers)
        elif owned[meeting.id]:
            yield f"{meeting.id} is {meeting.status} and owns cells"


def _wrongly_held(meeting: Meeting, held: Held, buffers: Mapping[str, timedelta]) -> Iterator[str]:
    if set(held) != _resources(meeting):
        yield f"{meeting.id} holds cells of {sorted(held)}"
    if held.get(resource_of(meeting.host_id)) != _needed(meeting, buffers):
        yield f"{meeting.id} holds the wrong cells of its host"
    for resource, instants in held.items():
        if not set(cells(meeting.starts_at, meeting.ends_at)) <= set(instants):
            yield f"{meeting.id} holds too little of {resource}"


def _needed(meeting: Meeting, buffers: Mapping[str, timedelta]) -> list[datetime]:
    return cells(meeting.starts_at, meeting.ends_at + buffers[meeting.host_id])


def _untold(desk: Desk, work: UnitOfWork) -> Iterator[str]:
    """Yield what host and parent were not told: a calendar message for every change."""
    told = _told(work)
    for meeting in _meetings(work):
        changes = set(range(meeting.sequence + 1))
        addresses = [desk.school.person(meeting.host_id).email, contact_of(work, meeting).email]
        for address in filter(None, addresses):
            missing = changes - told.get((meeting.id, address), set())
            yield from (f"{meeting.id}: change {number} was not told" for number in missing)
        events = work.events_of(MEETING, meeting.id)
        if len(events) <= meeting.sequence:
            yield f"{meeting.id}: {len(events)} events for {len(changes)} changes"


def _told(work: UnitOfWork) -> Told:
    told: Told = {}
    letters = select(Outbox).where(Outbox.target_kind == MEETING, Outbox.calendar.is_not(None))
    for letter in work.session.scalars(letters):
        recipient = work.unseal(letter, "recipient")
        told.setdefault((letter.target_id, recipient), set()).add(
            _sequence(work.unseal(letter, "calendar"))
        )
    return told


def _sequence(calendar: str) -> int:
    lines = calendar.splitlines()
    return next(int(line[9:]) for line in lines if line.startswith("SEQUENCE:"))


def _resources(meeting: Meeting) -> set[str]:
    """Return the keys of the host and of the room and interpreter, if there are any."""
    company = (("room", meeting.room_id), ("interpreter", meeting.interpreter_id))
    shared = {f"{kind}:{name}" for kind, name in company if name}
    return {resource_of(meeting.host_id), *shared}


def is_live(meeting: Meeting) -> bool:
    """Tell whether the meeting keeps its time: everything but a cancelled one does."""
    return bool(meeting.status != MeetingStatus.CANCELLED.value)
