"""How long it takes to know every free slot of many hosts, and to offer a parent the soonest."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.app import keep_what_stays
from assistant.casework.slots import bookable_days
from assistant.evaluation.booking.filling import fill_with_meetings
from assistant.evaluation.booking.stage import RULES, close, host_id, new_stage
from assistant.evaluation.figures import percentile
from assistant.services.diaries import open_diaries
from assistant.services.offer_slots import offer_slots
from assistant.services.open_times import all_open

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from assistant.services.desk import Desk

Clock = Callable[[], float]
HOSTS = (10, 60, 300)
MEETINGS_A_HOST = 5000 / 60
MOST_TIMES, FEWEST_TIMES = 60, 5
MOST_SECONDS = 10.0
"""A search is repeated sixty times, or fewer if that would take longer, but five times at least."""


@dataclass(frozen=True)
class Speed:
    """Milliseconds of each call.

    ``found``: every free slot known and counted, read from the database each time; ``worked``:
    what of that is our process's own time, whoever else uses the machine. ``listed``: every slot
    made an object as well. ``offered``: six of them picked for a parent.
    """

    database: str
    hosts: int
    days: int
    meetings: int
    slots: int
    found: list[float]
    worked: list[float]
    listed: list[float]
    offered: list[float]

    @property
    def for_a_host_and_day(self) -> float:
        """Microseconds of work on one day of one host, in the median: level if it is linear."""
        return 1000 * percentile(self.worked, 0.5) / (self.hosts * self.days)


def measure_speed(
    folder: Path, database: str, new_database: Callable[[], str], hosts: int
) -> Speed:
    """Fill diaries in proportion to ``hosts`` and time the searches."""
    desk = new_stage(folder, new_database, hosts).open()
    meetings = round(hosts * MEETINGS_A_HOST)
    fill_with_meetings(desk, hosts, meetings)
    ids = [host_id(number) for number in range(hosts)]
    days = len(bookable_days(desk.calendar, *_span(desk)))
    speed = Speed(
        database,
        hosts,
        days,
        meetings,
        find_all(desk, ids),
        _timed(lambda: find_all(desk, ids)),
        _timed(lambda: find_all(desk, ids), time.process_time),
        _timed(lambda: list_all(desk, ids)),
        _timed(lambda: offer_slots(desk, host_ids=ids, windows=None)),
    )
    close(desk)
    return speed


def find_all(desk: Desk, ids: Sequence[str]) -> int:
    """Find every free slot of the horizon and count them; slots stay masks until looked at."""
    with desk.unit_of_work(read_only=True) as work:
        diaries = open_diaries(desk, work.session, ids)
    days = bookable_days(desk.calendar, *_span(desk))
    return sum(len(diary.opening(day)) for diary in diaries.values() for day in days)


def list_all(desk: Desk, ids: Sequence[str]) -> int:
    """Find every free slot of the horizon and look at each."""
    with desk.unit_of_work(read_only=True) as work:
        diaries = open_diaries(desk, work.session, ids)
    return sum(1 for _ in all_open(desk, diaries))


def _span(desk: Desk) -> tuple[datetime, datetime]:
    now = desk.clock.now()
    return now, now + timedelta(days=RULES.horizon_days)


def _timed(search: Callable[[], object], clock: Clock = time.perf_counter) -> list[float]:
    search()  # the first one fills what is kept between calls
    keep_what_stays()  # as a serving process does
    taken: list[float] = []
    give_up_at = time.monotonic() + MOST_SECONDS
    while len(taken) < FEWEST_TIMES or (len(taken) < MOST_TIMES and time.monotonic() < give_up_at):
        began = clock()
        search()
        taken.append(1000 * (clock() - began))
    return taken
