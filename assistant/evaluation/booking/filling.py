"""Fills a stage's diaries with meetings, by the thousand: rows and cells as a booking leaves them.

Real bookings would do, but the figures need thirty thousand of them; a test compares both.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import insert

from assistant.casework.calendar import to_london, to_utc
from assistant.casework.grid import cells
from assistant.casework.kinds import Channel, MeetingMode, MeetingStatus
from assistant.evaluation.booking.stage import HOSTS_A_ROOM, RULES, SPANS, host_id
from assistant.services.diaries import resource_of
from assistant.store.columns import new_id
from assistant.store.meeting_tables import Cell, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.desk import Desk

LENGTH = timedelta(minutes=RULES.minutes)
SLOT = timedelta(minutes=RULES.minutes + RULES.buffer_minutes)
CHUNK = 500


@dataclass(frozen=True)
class _Place:
    """A slot of a host that a meeting may stand on."""

    host: int
    starts_at: datetime
    mode: MeetingMode

    @property
    def resources(self) -> list[str]:
        room = [f"room:room-{self.host // HOSTS_A_ROOM}"]
        return [resource_of(host_id(self.host)), *(room if self.is_in_person else [])]

    @property
    def is_in_person(self) -> bool:
        return self.mode is MeetingMode.IN_PERSON


def fill_with_meetings(desk: Desk, hosts: int, meetings: int) -> None:
    """Book so many meetings at random, spread over all hosts and the days of the horizon.

    One host in three meets in person, so that no two want the same room at once.
    """
    places = _places(desk, hosts)
    random.Random(60).shuffle(places)  # noqa: S311 - the same diaries each time, no secret
    chosen = iter(places[:meetings])
    while part := list(islice(chosen, CHUNK)):
        _write(desk, part)


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


def _write(desk: Desk, places: list[_Place]) -> None:
    rows = [(new_id(), place) for place in places]
    taken = [
        {"resource": resource, "instant": instant, "meeting_id": meeting_id}
        for meeting_id, place in rows
        for resource in place.resources
        for instant in cells(place.starts_at, place.starts_at + SLOT)
    ]
    with desk.unit_of_work() as work:
        work.session.execute(insert(Meeting), [_meeting(*row) for row in rows])
        work.session.execute(insert(Cell), taken)
        work.commit(unrecorded="a measurement sets its stage")


def _meeting(meeting_id: str, place: _Place) -> dict[str, object]:
    return {
        "id": meeting_id,
        "reference": meeting_id,
        "token_digest": meeting_id,
        "idempotency_key": meeting_id,
        "channel": Channel.STAFF.value,
        "host_id": host_id(place.host),
        "starts_at": place.starts_at,
        "ends_at": place.starts_at + LENGTH,
        "mode": place.mode.value,
        "room_id": f"room-{place.host // HOSTS_A_ROOM}" if place.is_in_person else None,
        "status": MeetingStatus.BOOKED.value,
        "contact": b"",
        "child": b"",
        "needs": b"",
        "note": b"",
        "made_at": datetime.now(UTC),
    }
