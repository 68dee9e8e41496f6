"""Migrations: one head, all or nothing, the same tables as mapped."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

from assistant.store import (
    access_tables,
    alert_tables,
    campaign_tables,
    disclosure_tables,
    figure_tables,
    key_tables,
    ledger,
    letter_tables,
    live_tables,
    meeting_tables,
    point_tables,
    policy_tables,
    retention_tables,
    sign_in_tables,
    tables,
    worklist_tables,
)
from assistant.store.columns import AlertBase, CaseBase
from assistant.store.engine import open_engine
from assistant.store.migrate import configuration, migrate
from tests.databases import FreshDatabase

BOTH = pytest.mark.parametrize(
    ("folder", "metadata"), [("cases", CaseBase.metadata), ("alerts", AlertBase.metadata)]
)
MAPPED = (
    tables,
    access_tables,
    meeting_tables,
    alert_tables,
    disclosure_tables,
    figure_tables,
    ledger,
    worklist_tables,
    point_tables,
    campaign_tables,
    letter_tables,
    live_tables,
    policy_tables,
    sign_in_tables,
    key_tables,
    retention_tables,
)  # imported, so that both metadata are complete


@pytest.mark.parametrize("folder", ["cases", "alerts"])
def test_there_is_one_head_and_the_steps_are_numbered(folder: str) -> None:
    script = ScriptDirectory.from_config(configuration(folder))
    assert len(script.get_heads()) == 1
    names = sorted(Path(step.path).name for step in script.walk_revisions())
    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]


@BOTH
def test_the_migrated_tables_are_the_mapped_ones(
    folder: str, metadata: MetaData, fresh_database: FreshDatabase
) -> None:
    url = fresh_database()
    migrate(url, folder)
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@BOTH
def test_migrating_again_changes_nothing(
    folder: str, metadata: MetaData, fresh_database: FreshDatabase
) -> None:
    url = fresh_database()
    migrate(url, folder)
    migrate(url, folder)
    assert set(metadata.tables) < set(table_names(url))


@BOTH
def test_four_processes_may_migrate_at_once(
    folder: str, metadata: MetaData, fresh_database: FreshDatabase
) -> None:
    url = fresh_database()
    problems: list[BaseException] = []

    def run() -> None:
        try:
            migrate(url, folder)
        except BaseException as problem:  # noqa: BLE001 - told to the test
            problems.append(problem)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert set(metadata.tables) < set(table_names(url))


def test_a_step_that_fails_leaves_the_database_as_it_was(fresh_database: FreshDatabase) -> None:
    url = fresh_database()
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE meeting (id INTEGER)"))
    engine.dispose()
    with pytest.raises(Exception, match="meeting"):
        migrate(url, "cases")
    assert table_names(url) == ["meeting"]


def table_names(url: str) -> list[str]:
    engine = open_engine(url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names
