"""How long it takes to check a long history, on every database that is here."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import step
from assistant.evaluation.booking.databases import makers_of_databases
from assistant.evaluation.booking.stage import close, new_stage
from assistant.evaluation.figures import Figure, percentile
from assistant.services.verify_history import verify_history

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk

ENTRIES, AT_A_TIME = 100_000, 2_000
EVENTS_OF_A_CASE = 100
TIMES = 5
MOST_SECONDS = 5.0


def measure_history() -> list[Figure]:
    """Return for each database the median seconds of checking 100,000 entries."""
    with tempfile.TemporaryDirectory(prefix="schoolgate-history-") as name:
        folder = Path(name)
        with makers_of_databases(folder) as makers:
            return [_measure(folder / kind, kind, new) for kind, new in makers.items()]


def _measure(folder: Path, database: str, new_database: Callable[[], str]) -> Figure:
    desk = new_stage(folder, new_database).open()
    with step(f"{database}: writing {ENTRIES:,} entries"):
        fill(desk, ENTRIES)
    with step(f"{database}: checking them {TIMES} times"):
        seconds = [_check(desk) for _ in range(TIMES)]
    close(desk)
    name = f"{database}: checking {ENTRIES:,} entries, median"
    return Figure(name, percentile(seconds, 0.5), "s", MOST_SECONDS)


def fill(desk: Desk, entries: int) -> None:
    """Append so many entries of the usual kind, each with sealed details."""
    for first in range(0, entries, AT_A_TIME):
        with desk.unit_of_work() as work:
            for number in range(first, min(first + AT_A_TIME, entries)):
                case_id = f"{number // EVENTS_OF_A_CASE:032x}"
                work.history.append("case.read", "host-0", "case", case_id, number=number)
            work.commit()


def _check(desk: Desk) -> float:
    began = time.perf_counter()
    wrong = verify_history(desk)
    taken = time.perf_counter() - began
    if wrong:
        message = f"the history that was just written is wrong at {wrong}"
        raise RuntimeError(message)
    return taken
