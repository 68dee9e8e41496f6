"""The figures of booking as tables and as targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.evaluation.booking.race import BOOKED, ERROR, REFUSED, RETRY
from assistant.evaluation.booking.ways import OURS
from assistant.evaluation.figures import Figure, percentile
from assistant.evaluation.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation.booking.killing import Deaths
    from assistant.evaluation.booking.race import Race
    from assistant.evaluation.booking.speed import Speed

RACE_HEADS = ("race", "database", "way", BOOKED, "overlapping", REFUSED, "refused though free",
              RETRY, ERROR, "seconds", "p50 ms", "p95 ms")  # fmt: skip
SPEED_HEADS = ("free slots", "hosts", "school days", "meetings", "slots", "found p50 ms", "p95 ms",
               "of it own work", "µs a host and day", "listed p50 ms", "offered p50 ms",
               "p95 ms")  # fmt: skip
DEATH_HEADS = ("deaths", "kills", "in the middle of a step", "steps acknowledged", "broken",
               "seconds")  # fmt: skip
SLOTS = 50
THE_TARGETS_HOSTS = 60
MOST_MS = 50


def race_table(races: Sequence[Race]) -> str:
    """Return all races side by side."""
    return table(RACE_HEADS, [_race_row(race) for race in races])


def _race_row(race: Race) -> tuple[object, ...]:
    waits = [1000 * attempt.seconds for attempt in race.attempts]
    counts = (race.count(outcome) for outcome in (RETRY, ERROR))
    return (race.starts, race.database, race.way, race.count(BOOKED), race.overlapping,
            race.count(REFUSED), race.wrongly_refused, *counts, f"{race.seconds:.1f}",
            f"{percentile(waits, 0.5):.0f}", f"{percentile(waits, 0.95):.0f}")  # fmt: skip


def speed_table(speeds: Sequence[Speed]) -> str:
    """Return the searches by database and number of hosts."""
    return table(SPEED_HEADS, [_speed_row(speed) for speed in speeds])


def _speed_row(speed: Speed) -> tuple[object, ...]:
    (work, _), (listed, _) = _amounts(speed.worked), _amounts(speed.listed)
    return (speed.database, speed.hosts, speed.days, speed.meetings, speed.slots,
            *_amounts(speed.found), work, f"{speed.for_a_host_and_day:.1f}", listed,
            *_amounts(speed.offered))  # fmt: skip


def _amounts(values: Sequence[float]) -> tuple[str, str]:
    return f"{percentile(values, 0.5):.1f}", f"{percentile(values, 0.95):.1f}"


def death_table(deaths: Sequence[Deaths]) -> str:
    """Return what the deaths came to, and each broken promise below."""
    rows = [(one.database, one.kills, one.in_flight, one.acknowledged, len(one.broken),
             f"{one.seconds:.0f}") for one in deaths]  # fmt: skip
    broken = [f"{one.database}: {sentence}" for one in deaths for sentence in one.broken]
    return "\n".join([table(DEATH_HEADS, rows), *broken])


def targets(
    races: Sequence[Race], speeds: Sequence[Speed], deaths: Sequence[Deaths]
) -> list[Figure]:
    """Return ours beside what is promised."""
    ours = [race for race in races if race.way == OURS]
    return [
        *(figure for race in ours for figure in _race_targets(race)),
        *(Figure(f"{one.database}: free slots of {one.hosts} hosts, p95",
                 percentile(one.found, 0.95), "ms", MOST_MS)
          for one in speeds if one.hosts == THE_TARGETS_HOSTS),
        *(Figure(f"{one.database}: promises broken by {one.kills} deaths", len(one.broken), "", 0)
          for one in deaths),
    ]  # fmt: skip


def _race_targets(race: Race) -> list[Figure]:
    """Shifted starts leave odd gaps, so that fewer than 50 fit: then none may be free yet refused.

    With the same starts there must be neither more nor fewer.
    """
    name = f"{race.database}, {race.starts}"
    errors = race.count(RETRY) + race.count(ERROR)
    figures = [
        Figure(f"{name}: overlapping", race.overlapping, "", 0),
        Figure(f"{name}: errors", errors, "", 0),
        Figure(f"{name}: refused though free", race.wrongly_refused, "", 0),
        Figure(f"{name}: booked", race.count(BOOKED), "", SLOTS),
    ]
    if race.shifts == (0,):
        figures.append(Figure(f"{name}: booked", race.count(BOOKED), "", SLOTS, least=True))
    return figures
