"""A measuring stage on a test's own databases, and one on SQLite that is copied in an instant."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.evaluation.booking.stage import Stage, new_stage
from tests.databases import SQLITE, FreshDatabase

MakeStage = Callable[[int], Stage]
CopyStage = Callable[[], Stage]
HOSTS = 2


@pytest.fixture
def make_stage(tmp_path: Path, fresh_database: FreshDatabase) -> MakeStage:
    """Return a function that makes a stage with so many hosts."""
    return lambda hosts: new_stage(tmp_path / f"data-{hosts}", fresh_database, hosts)


@pytest.fixture(scope="session")
def copy_stage(tmp_path_factory: pytest.TempPathFactory) -> CopyStage:
    """Return a function that gives a fresh stage of two hosts, on SQLite, each time."""
    folder = tmp_path_factory.mktemp("stage")
    names = (f"{SQLITE}{folder / name}.db" for name in ("cases", "alerts"))
    filled = new_stage(folder / "data", lambda: next(names), HOSTS)

    def copy() -> Stage:
        place = folder.parent / uuid.uuid4().hex
        shutil.copytree(folder, place)
        return replace(
            filled,
            data=place / "data",
            database_url=f"{SQLITE}{place / 'cases.db'}",
            alerts_database_url=f"{SQLITE}{place / 'alerts.db'}",
        )

    return copy


def throw_away(stage: Stage) -> None:
    """Remove a copy; hundreds of them would fill a disk."""
    shutil.rmtree(stage.data.parent)
