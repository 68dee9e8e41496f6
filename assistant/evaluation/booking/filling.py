"""Fills a stage's diaries with meetings, by the thousand: copies of one that was really booked.

Real bookings would do, but the figures need thirty thousand of them; a test audits the copies.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from assistant.casework.calendar import to_london, to_utc
from assistant.casework.grid import cells
from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.evaluation.booking.stage import HOSTS_A_ROOM, RULES, SPANS, host_id
from assistant.evaluation.booking.ways import book_as_parent
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.diaries import resource_of
from assistant.store.columns import new_id
from assistant.store.meeting_tables import Cell, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.services.desk import Desk

LENGTH = timedelta(minutes=RULES.minutes)
SLOT = timedelta(minutes=RULES.minutes + RULES.buffer_minutes)
CHUNK = 500


Columns = dict[str, Any]
"""A row of the meeting table."""


@dataclass(frozen=True)
class _Place:
    """A slot of a host that a meeting may stand on."""

    host: int
    starts_at: datetime
    mode: MeetingMode

    @property
    def room(self) -> str:
        """The room of the host and of two more, who never meet in person."""
        return f"room-{self.host // HOSTS_A_ROOM}"


def fill_with_meetings(desk: Desk, hosts: int, meetings: int) -> None:
    """Book so many meetings at random, spread over all hosts and the days of the horizon.

    One host in three meets in person, so that no two want the same room at once.
    """
    places = _places(desk, hosts)
    booked = {mode: _really_booked(desk, mode) for mode in MeetingMode}
    random.Random(60).shuffle(places)  # noqa: S311 - the same diaries each time, no secret
    chosen = iter(places[:meetings])
    while part := list(islice(chosen, CHUNK)):
        _write(desk, [_copy(booked[place.mode], place) for place in part])


def _really_booked(desk: Desk, mode: MeetingMode) -> Columns:
    """Return the columns of a meeting that was booked and is called off again."""
    start = next(_starts(desk))
    receipt = book_as_parent(desk, host_id(0), f"filling {mode}", start, mode)
    with desk.unit_of_work(read_only=True) as work:
        row = work.session.get_one(Meeting, receipt.id)
        columns = {name: getattr(row, name) for name in Meeting.__table__.columns.keys()}  # noqa: SIM118 - a collection, no mapping
    cancel_meeting(desk, meeting_id=receipt.id, idempotency_key="filling")
    return columns


def _copy(booked: Mapping[str, Any], place: _Place) -> Columns:
    new = new_id()
    names = dict.fromkeys(("id", "reference", "token_digest", "idempotency_key"), new)
    return {
        **booked,
        **names,
        "host_id": host_id(place.host),
        "starts_at": place.starts_at,
        "ends_at": place.starts_at + LENGTH,
        "room_id": place.room if booked["room_id"] else None,
        "status": MeetingStatus.BOOKED.value,
    }


def _places(desk: Desk, hosts: int) -> list[_Place]:
    starts = list(_starts(desk))
    modes = (MeetingMode.IN_PERSON, MeetingMode.PHONE, MeetingMode.VIDEO)
    return [
        _Place(host, start, modes[host % HOSTS_A_ROOM]) for host in range(hosts) for start in starts
    ]


def _starts(desk: Desk) -> Iterator[datetime]:
    today = to_london(desk.clock.now()).date()
    for ahead in range(1, RULES.horizon_days + 1):
        day = today + timedelta(days=ahead)
        if desk.calendar.is_school_day(day):
            for first, last in SPANS:
                yield from _starts_between(day.isoformat(), first, last)


def _starts_between(day: str, first: time, last: time) -> Iterator[datetime]:
    start, end = (to_utc(datetime.fromisoformat(f"{day}T{each}")) for each in (first, last))
    while start + LENGTH <= end:
        yield start
        start += SLOT


def _write(desk: Desk, meetings: list[Columns]) -> None:
    taken = [
        {"resource": resource, "instant": instant, "meeting_id": meeting["id"]}
        for meeting in meetings
        for resource in _resources(meeting)
        for instant in cells(meeting["starts_at"], meeting["starts_at"] + SLOT)
    ]
    with desk.unit_of_work() as work:
        work.session.execute(insert(Meeting), meetings)
        work.session.execute(insert(Cell), taken)
        work.commit(unrecorded="a measurement sets its stage")


def _resources(meeting: Columns) -> list[str]:
    room = [f"room:{meeting['room_id']}"] if meeting["room_id"] else []
    return [resource_of(meeting["host_id"]), *room]
