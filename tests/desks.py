"""A wired desk on fresh databases, with clocks that a test moves by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from assistant.app import build_desk
from assistant.services.clock import FixedClock
from assistant.services.desk import Desk
from assistant.settings import Settings
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school
from assistant.store.unit_of_work import OpenWork
from tests.databases import FreshDatabase

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
"""A school day in both demonstration schools; London is on GMT."""


@pytest.fixture
def settings(tmp_path: Path, fresh_database: FreshDatabase) -> Settings:
    """Return settings for two empty databases of one kind."""
    return Settings.load(
        {
            "SCHOOLGATE_DATA": str(tmp_path / "data"),
            "SCHOOLGATE_DATABASE_URL": fresh_database(),
            "SCHOOLGATE_ALERTS_DATABASE_URL": fresh_database(),
            "SCHOOLGATE_PUBLIC_URL": "https://chat.school.example",
            "SCHOOLGATE_MAIL_FROM": "desk@school.example",
        }
    )


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """Return the primary school's desk at TUESDAY_MORNING, migrated and seeded."""
    made = build_desk(settings)
    clocks = {"clock": FixedClock(TUESDAY_MORNING), "machine_clock": FixedClock(TUESDAY_MORNING)}
    migrate_databases(settings)
    seed_school(made.unit_of_work, made.school)
    yield replace(made, **clocks)
    close_databases(made)


def close_databases(desk: Desk) -> None:
    """Close every connection, as the end of a process would."""
    for open_work in (desk.unit_of_work, desk.alerts_unit_of_work):
        engine_of(open_work).dispose()


def engine_of(open_work: OpenWork):  # noqa: ANN201 - an engine, which is all that the caller knows
    """Return the engine behind a unit of work."""
    return open_work().session.get_bind().engine


def pass_time(desk: Desk, **amount: float) -> None:
    """Move both clocks on by ``timedelta(**amount)``."""
    for clock in (desk.clock, desk.machine_clock):
        fixed = cast("FixedClock", clock)
        fixed.instant += timedelta(**amount)
