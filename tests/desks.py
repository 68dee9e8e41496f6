"""A wired desk on fresh databases, with clocks that a test moves by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Dialect, Engine, text

from assistant.app import build_desk
from assistant.casework.school import School, load_school
from assistant.services.clock import FixedClock
from assistant.services.desk import Desk
from assistant.settings import Settings
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school
from assistant.store.unit_of_work import OpenWork
from tests.databases import KINDS, FreshDatabase

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
"""A school day in both demonstration schools; London is on GMT."""


FILLED: dict[str, Settings] = {}
"""By kind of database: a migrated and seeded pair, copied for each test."""

BUILT_IN = ("primary", "secondary")

DIALECTS: dict[str, Dialect] = {}
STATEMENTS: dict[str, dict[Any, Any]] = {kind: {} for kind in KINDS}
"""By kind of database: what SQLAlchemy makes of a statement, kept from test to test."""


@pytest.fixture
def settings(tmp_path: Path, fresh_database: FreshDatabase) -> Settings:
    """Return settings for two empty databases of one kind."""
    return settings_for(tmp_path / "data", fresh_database(), fresh_database())


@pytest.fixture
def desk(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    fresh_database: FreshDatabase,
) -> Iterator[Desk]:
    """Return the primary school's desk at TUESDAY_MORNING, migrated and seeded."""
    kind = request.node.callspec.params["fresh_database"]
    filled = filled_databases(kind, fresh_database, tmp_path_factory)
    copies = fresh_database(filled.database_url), fresh_database(filled.alerts_database_url)
    shutil.copytree(filled.data, tmp_path / "data")  # the keys, without which nothing opens
    monkeypatch.setattr("assistant.app.load_school", known_school)
    made = build_desk(settings_for(tmp_path / "data", *copies))
    share_statements(kind, made)
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
        DIALECTS[kind] = engine_of(made.unit_of_work).dialect
        close_databases(made)
    return FILLED[kind]


def share_statements(kind: str, desk: Desk) -> None:
    """Let the desk's engines find statements compiled: half of a short test is else spent on it.

    SQLAlchemy looks them up by the dialect, so the engines get one that knows its server already.
    """
    for open_work in (desk.unit_of_work, desk.alerts_unit_of_work):
        engine = cast("Any", open_work).args[0]  # each unit of work takes its options from it
        engine.dialect = engine.pool._dialect = DIALECTS[kind]
        engine.update_execution_options(compiled_cache=STATEMENTS[kind])


def known_school(path_or_name: str | Path) -> School:
    """Return a school as ``load_school`` does, but a built-in one is read once a test run."""
    return _built_in(str(path_or_name)) if path_or_name in BUILT_IN else load_school(path_or_name)


@cache
def _built_in(name: str) -> School:
    return load_school(name)


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
