"""Bring the databases to the present shape; safe when several processes start at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from assistant.store.engine import open_engine

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from assistant.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_NUMBER = 7_246_301  # any number that nothing else in the database locks


def migrate_databases(settings: Settings) -> None:
    """Migrate the case database and the alerts database; makes SQLite files that do not exist."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.alerts_database_url, "alerts")  # first: alerts never wait for the other one
    migrate(settings.database_url, "cases")


def migrate(database_url: str, folder: str, *, revision: str = "head") -> None:
    """Run the migrations of ``folder`` (``cases`` or ``alerts``) up to ``revision``.

    All or nothing: a step that fails leaves the database as it was.
    """
    engine = open_engine(database_url)
    try:
        with engine.begin() as connection:
            _wait_for_others(connection)
            command.upgrade(configuration(folder, connection), revision)
    finally:
        engine.dispose()


def configuration(folder: str, connection: Connection | None = None) -> Config:
    """Return Alembic's configuration of one migrations folder."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS / folder))
    config.set_main_option("path_separator", "os")
    return config


def _wait_for_others(connection: Connection) -> None:
    """SQLite has taken its write lock by BEGIN IMMEDIATE already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
