"""A wired desk on fresh databases, with clocks that a test moves by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine, text

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


FILLED: dict[str, Settings] = {}
"""By kind of database: a migrated and seeded pair, copied for each test."""


@pytest.fixture
def settings(tmp_path: Path, fresh_database: FreshDatabase) -> Settings:
    """Return settings for two empty databases of one kind."""
    return settings_for(tmp_path / "data", fresh_database(), fresh_database())


@pytest.fixture
def desk(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    fresh_database: FreshDatabase,
) -> Iterator[Desk]:
    """Return the primary school's desk at TUESDAY_MORNING, migrated and seeded."""
    kind = request.node.callspec.params["fresh_database"]
    filled = filled_databases(kind, fresh_database, tmp_path_factory)
    copies = fresh_database(filled.database_url), fresh_database(filled.alerts_database_url)
    shutil.copytree(filled.data, tmp_path / "data")  # the keys, without which nothing opens
    made = build_desk(settings_for(tmp_path / "data", *copies))
    clocks = {"clock": FixedClock(TUESDAY_MORNING), "machine_clock": FixedClock(TUESDAY_MORNING)}
    yield replace(made, **clocks)
    close_databases(made)


def settings_for(data: Path, database_url: str, alerts_database_url: str) -> Settings:
    """Return settings with these databases."""
    return Settings.load(
        {
            "SCHOOLGATE_DATA": str(data),
            "SCHOOLGATE_DATABASE_URL": database_url,
            "SCHOOLGATE_ALERTS_DATABASE_URL": alerts_database_url,
            "SCHOOLGATE_PUBLIC_URL": "https://chat.school.example",
            "SCHOOLGATE_MAIL_FROM": "desk@school.example",
            "SCHOOLGATE_NOW": TUESDAY_MORNING.isoformat(),
        }
    )


def filled_databases(
    kind: str, fresh_database: FreshDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Return the settings of a filled pair of this kind, made once a test run."""
    if kind not in FILLED:
        empty = (fresh_database(), fresh_database())
        FILLED[kind] = settings_for(tmp_path_factory.mktemp("filled") / "data", *empty)
        migrate_databases(FILLED[kind])
        made = build_desk(FILLED[kind])
        seed_school(made.unit_of_work, made.school)
        close_databases(made)
    return FILLED[kind]


def close_databases(desk: Desk) -> None:
    """Close every connection, as the end of a process would."""
    for open_work in (desk.unit_of_work, desk.alerts_unit_of_work):
        engine_of(open_work).dispose()


def engine_of(open_work: OpenWork) -> Engine:
    """Return the engine behind a unit of work."""
    return open_work().session.get_bind().engine


def stored(open_work: OpenWork, *tables: str) -> str:
    """Return everything that stands in the tables, as the database has it."""
    found = []
    with engine_of(open_work).connect() as connection:
        for table in tables:
            for row in connection.execute(text(f"SELECT * FROM {table}")):  # noqa: S608 - our names
                found += [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
    return repr(found)


def pass_time(desk: Desk, **amount: float) -> None:
    """Move both clocks on by ``timedelta(**amount)``."""
    for clock in (desk.clock, desk.machine_clock):
        fixed = cast("FixedClock", clock)
        fixed.instant += timedelta(**amount)
