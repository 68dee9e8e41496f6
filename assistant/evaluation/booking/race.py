"""A thousand parents press "book" at once, at several server processes with many threads each.

Every way of booking runs the same race: ours through the real service, and two controls.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from assistant.evaluation.booking.ways import WAYS, stored_spans
from assistant.services.meeting_errors import SlotTaken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.pool import Pool
    from multiprocessing.synchronize import Barrier

    from assistant.evaluation.booking.stage import Stage
    from assistant.evaluation.booking.ways import Book, Span

BOOKINGS = 1000
PROCESSES = 4
START_SECONDS = 180
DAYS, SLOTS_A_DAY = 5, 10
SLOT = timedelta(minutes=20)
"""A meeting of fifteen minutes and its buffer."""
FIRST_START = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""In winter, when London and UTC agree."""
SHIFTS = {"same starts": (0,), "shifted by 5 and 10": (0, 5, 10)}
BOOKED, REFUSED, RETRY, ERROR = "booked", "refused", "told to retry", "error"
_START: list[Barrier] = []
"""In a racing process: what all processes wait at."""


@dataclass(frozen=True)
class Attempt:
    """What one parent saw, and how many seconds after they pressed."""

    starts_at: datetime
    outcome: str
    seconds: float
    problem: str = ""


@dataclass(frozen=True)
class Race:
    """One race as it went; ``spans`` are the meetings that stand in the database at its end."""

    database: str
    starts: str
    way: str
    attempts: list[Attempt]
    spans: list[Span]
    seconds: float

    def count(self, outcome: str) -> int:
        """Count the parents who saw this."""
        return sum(attempt.outcome == outcome for attempt in self.attempts)

    @property
    def shifts(self) -> tuple[int, ...]:
        """By how many minutes the starts are shifted, in turn."""
        return SHIFTS[self.starts]

    @property
    def overlapping(self) -> int:
        """Count the meetings that begin before an earlier one, with its buffer, has ended."""
        return overlapping(self.spans)

    @property
    def wrongly_refused(self) -> int:
        """Count the parents who were refused a time that is free to this day."""
        refused = [one.starts_at for one in self.attempts if one.outcome == REFUSED]
        return sum(not any(_meet(start, span) for span in self.spans) for start in refused)

    @property
    def problems(self) -> str:
        """Name the kinds of error that parents saw."""
        return ", ".join(sorted({one.problem for one in self.attempts if one.problem}))


def overlapping(spans: Sequence[Span]) -> int:
    """Count the spans that begin before an earlier one has ended."""
    count, free_from = 0, datetime.min.replace(tzinfo=UTC)
    for start, end in sorted(spans):
        count += start < free_from
        free_from = max(free_from, end)
    return count


def wanted_starts(minutes: Sequence[int], bookings: int = BOOKINGS) -> list[datetime]:
    """Return the starts that the parents want: 50 slots of one host, each shifted in turn.

    Shuffled, and the same in every race.
    """
    slots = [
        FIRST_START + timedelta(days=day) + number * SLOT
        for day in range(DAYS)
        for number in range(SLOTS_A_DAY)
    ]
    wanted = [
        slots[n % len(slots)] + timedelta(minutes=minutes[n // len(slots) % len(minutes)])
        for n in range(bookings)
    ]
    random.Random(50).shuffle(wanted)  # noqa: S311 - the same order each time, no secret
    return wanted


def run_race(stage: Stage, database: str, starts: str, way: str, bookings: int = BOOKINGS) -> Race:
    """Let all parents book at once on a fresh ``stage`` and return how it went."""
    WAYS[way].prepare(stage)
    wanted = list(enumerate(wanted_starts(SHIFTS[starts], bookings)))
    parts = [wanted[n::PROCESSES] for n in range(PROCESSES)]
    together = multiprocessing.get_context("spawn").Barrier(PROCESSES + 1, timeout=START_SECONDS)
    with _processes(together) as pool:
        running = pool.map_async(partial(_race, stage, way), parts, chunksize=1)
        together.wait()
        began = time.perf_counter()
        attempts = [attempt for part in running.get() for attempt in part]
        seconds = time.perf_counter() - began
    return Race(database, starts, way, attempts, stored_spans(stage, way), seconds)


def _processes(together: Barrier) -> Pool:
    context = multiprocessing.get_context("spawn")  # as different as two servers are
    return context.Pool(PROCESSES, initializer=_remember, initargs=(together,))


def _remember(together: Barrier) -> None:
    _START.append(together)


def _race(stage: Stage, way: str, wanted: list[tuple[int, datetime]]) -> list[Attempt]:
    """Run one process's parents: all press at once, and wait for the threads of a web process.

    It has as many as ``asyncio.to_thread`` gives the real one.
    """
    book = WAYS[way].open(stage)
    with ThreadPoolExecutor() as hands:
        _START[0].wait()
        pressed = time.perf_counter()
        return list(hands.map(partial(_attempt, book, pressed), wanted))


def _attempt(book: Book, pressed: float, wish: tuple[int, datetime]) -> Attempt:
    number, starts_at = wish
    outcome, problem = _outcome(book, number, starts_at)
    return Attempt(starts_at, outcome, time.perf_counter() - pressed, problem)


def _outcome(book: Book, number: int, starts_at: datetime) -> tuple[str, str]:
    try:
        book(number, starts_at)
    except SlotTaken:
        return REFUSED, ""
    except OperationalError as problem:  # a busy file, a deadlock: worth another try
        return RETRY, type(problem.orig).__name__
    except Exception as problem:  # noqa: BLE001 - whatever a parent would see as an error page
        return ERROR, type(problem).__name__
    return BOOKED, ""


def _meet(start: datetime, span: Span) -> bool:
    return start < span[1] and span[0] < start + SLOT
