"""After rows were deleted and committed: have the database let go of what they held."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from assistant.store.engine import LOCK_WAIT_MS

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from assistant.store.unit_of_work import OpenWork

SHORT_WAIT_MS = 500


def let_go(open_work: OpenWork) -> bool:
    """Leave nothing deleted in the files of SQLite, and no dead data key in PostgreSQL.

    SQLite overwrites what is deleted (``secure_delete``), but the pages as they were before stand
    in its write-ahead log until that is emptied. False when somebody was reading just then: the
    next one empties it. PostgreSQL drops dead rows when it vacuums; the table of the keys is
    small, and without its key a row says nothing. Its log and its backups are the operator's.
    """
    engine = cast("Engine", open_work(read_only=True).session.get_bind())
    if engine.dialect.name == "sqlite":
        return _empty_the_log(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET default_transaction_read_only = off")
        connection.exec_driver_sql("VACUUM (SKIP_LOCKED) data_key")
    return True


def _empty_the_log(engine: Engine) -> bool:
    """By the bare connection: in a transaction, which SQLAlchemy would begin, it cannot be."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {SHORT_WAIT_MS}")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")
        cursor.close()
    finally:
        connection.close()
    return not busy
