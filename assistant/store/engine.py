"""Engines for SQLite and PostgreSQL with the same promises: durable, bounded, serialised writes."""

from __future__ import annotations

import sqlite3
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "schoolgate_read_only"
LOCK_WAIT_MS = 5_000
LOOK_AGAIN_SECONDS = 0.02
ASK_AGAIN_MS = 8
TURN_SECONDS = 15.0
TURN = "schoolgate_turn"
STATEMENT_LIMIT_MS = 15_000
CONNECT_SECONDS = 5
"""A server that does not answer is away, and a parent waits for what we tell them then."""


def open_engine(database_url: str) -> Engine:
    """Return an engine for ``sqlite:///…`` or ``postgresql://…``; connects only when used."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        event.listen(engine, "connect", _prepare_sqlite)
        turn = threading.Lock()
        event.listen(engine, "begin", partial(_begin_sqlite, turn))
        event.listen(engine, "checkin", partial(_end_turn, turn))
        return engine
    limits = f"-c lock_timeout={LOCK_WAIT_MS} -c statement_timeout={STATEMENT_LIMIT_MS}"
    url = url.set(drivername="postgresql+psycopg")
    return create_engine(
        url,
        connect_args={
            "options": f"{limits} -c timezone=UTC",
            "connect_timeout": CONNECT_SECONDS,
        },
        pool_pre_ping=True,
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's own type
    """Take BEGIN away from the driver, which would start writes as upgradable reads."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Wait for whoever writes to a new file: at this one step SQLite fails at once instead.

    The switch turns a shared lock into an exclusive one, where SQLite never waits, because two
    that waited for each other would wait for ever (sqlite.org: ``sqlite3_busy_handler``).
    """
    give_up_at = time.monotonic() + LOCK_WAIT_MS / 1_000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as problem:
            if not _is_busy(problem) or time.monotonic() > give_up_at:
                raise
            time.sleep(LOOK_AGAIN_SECONDS)
        else:
            return


def _is_busy(problem: BaseException | None) -> bool:
    """Compare the primary code, which is the low byte of an extended one."""
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _begin_sqlite(turn: threading.Lock, connection: Connection) -> None:
    """Take the write lock at once: a write that must wait waits here and never fails half-way."""
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    if read_only:
        connection.exec_driver_sql("BEGIN")
        return
    _wait_for_turn(turn, connection)
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {ASK_AGAIN_MS}")
    try:
        _take_the_lock(connection)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")


def _take_the_lock(connection: Connection) -> None:
    """Ask for it every few milliseconds, as long as anybody waits for a lock.

    SQLite itself sleeps up to a tenth of a second between two looks, while the lock lies free.
    """
    give_up_at = time.monotonic() + LOCK_WAIT_MS / 1_000
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as problem:
            if time.monotonic() > give_up_at or not _is_busy(problem.orig):
                raise
        else:
            return


def _wait_for_turn(turn: threading.Lock, connection: Connection) -> None:
    """Let the writers of this process come to SQLite one by one.

    SQLite's own waiting is a lottery of sleepers: of sixty who wait, some lose for five seconds
    and fail. Whoever waits too long here as well is told so by SQLite.
    """
    mine = connection.connection.record_info
    if mine is not None and TURN not in mine and turn.acquire(timeout=TURN_SECONDS):
        mine[TURN] = True


def _end_turn(turn: threading.Lock, _connection: object, record: ConnectionPoolEntry) -> None:
    """Pass the turn on as the connection goes back, however its transaction ended."""
    if record.record_info and record.record_info.pop(TURN, False):
        turn.release()
