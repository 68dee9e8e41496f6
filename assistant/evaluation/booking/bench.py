"""Runs all that is measured about booking, on every database that is here."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import step
from assistant.evaluation.booking.databases import makers_of_databases
from assistant.evaluation.booking.killing import kill_again_and_again
from assistant.evaluation.booking.race import SHIFTS, run_race
from assistant.evaluation.booking.speed import HOSTS, measure_speed
from assistant.evaluation.booking.stage import new_stage
from assistant.evaluation.booking.ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.evaluation.booking.killing import Deaths
    from assistant.evaluation.booking.race import Race
    from assistant.evaluation.booking.speed import Speed


@dataclass
class Measured:
    """What was measured, one entry a line of a table."""

    races: list[Race] = field(default_factory=list)
    speeds: list[Speed] = field(default_factory=list)
    deaths: list[Deaths] = field(default_factory=list)


def measure_booking(kills: int) -> Measured:
    """Race, search and kill, in a folder that is thrown away."""
    measured = Measured()
    with tempfile.TemporaryDirectory(prefix="schoolgate-booking-") as name:
        folder = Path(name)
        with makers_of_databases(folder) as makers:
            places = [Place(folder / kind, kind, new) for kind, new in makers.items()]
            for place in places:
                measured.races += place.races()
                measured.speeds += place.speeds()
                measured.deaths += place.deaths(kills)
    return measured


@dataclass(frozen=True)
class Place:
    """A kind of database, and a folder for what its stages keep."""

    folder: Path
    database: str
    new_database: Callable[[], str]

    def races(self) -> list[Race]:
        """Run every race with every way of booking."""
        return [self._race(starts, way) for starts in SHIFTS for way in WAYS]

    def speeds(self) -> list[Speed]:
        """Time the searches for ever more hosts."""
        return [self._speed(hosts) for hosts in HOSTS]

    def deaths(self, kills: int) -> list[Deaths]:
        """Kill so many processes; none when nothing is to be killed."""
        if not kills:
            return []
        stage = new_stage(self.folder / "deaths", self.new_database, hosts=3)
        with step(f"{self.database}: killing {kills} processes"):
            return [kill_again_and_again(stage, self.database, kills)]

    def _race(self, starts: str, way: str) -> Race:
        stage = new_stage(self.folder / f"race {starts} {way}", self.new_database)
        with step(f"{self.database}, {starts}: {way}"):
            return run_race(stage, self.database, starts, way)

    def _speed(self, hosts: int) -> Speed:
        with step(f"{self.database}: free slots of {hosts} hosts"):
            return measure_speed(self.folder / f"{hosts}", self.database, self.new_database, hosts)
