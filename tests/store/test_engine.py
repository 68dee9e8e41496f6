"""What both databases promise: durable writes, limits, instants in UTC."""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, StatementError

from assistant.services.desk import Desk
from assistant.store.engine import open_engine
from assistant.store.tables import Conversation
from tests.desks import engine_of


def test_sqlite_is_durable_and_checks_foreign_keys(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}")
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with engine.connect() as connection:
        for pragma, value in expected.items():
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    engine.dispose()


def test_a_new_file_that_somebody_else_is_writing_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE made_by_the_other (id INTEGER)")
    done = threading.Timer(0.3, other.execute, ["COMMIT"])
    done.start()
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM made_by_the_other")).scalar() == 0
    engine.dispose()
    done.join()
    other.close()


LIMITS = {
    "sqlite": {"PRAGMA busy_timeout": 5000},
    "postgresql": {"SHOW lock_timeout": "5s", "SHOW statement_timeout": "15s"},
}


def test_nothing_waits_for_ever(desk: Desk) -> None:
    engine = engine_of(desk.unit_of_work)
    with engine.connect() as connection:
        for question, limit in LIMITS[engine.dialect.name].items():
            assert connection.execute(text(question)).scalar() == limit


def test_an_instant_comes_back_in_utc_whatever_zone_it_had(desk: Desk) -> None:
    there = datetime(2027, 3, 28, 3, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5)))
    row = Conversation(id="c", token_digest="d", started_at=there, last_turn_at=there)
    with desk.unit_of_work() as work:
        work.session.add(row)
        work.commit(unrecorded="a test")
    with desk.unit_of_work(read_only=True) as work:
        back = work.session.get_one(Conversation, "c").started_at
    assert back == there
    assert back.utcoffset() == timedelta(0)


def test_an_instant_without_a_zone_is_refused(desk: Desk) -> None:
    naive = datetime(2027, 3, 28, 3, 30)  # noqa: DTZ001 - the mistake that is refused
    row = Conversation(id="c", token_digest="d", started_at=naive, last_turn_at=naive)
    with desk.unit_of_work() as work:
        work.session.add(row)
        with pytest.raises(StatementError, match="time zone"):
            work.session.flush()


def test_a_writer_waits_for_its_turn_longer_than_sqlite_itself_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In SQLite's own lottery of waiters somebody loses until the limit is over, and fails."""
    monkeypatch.setattr("assistant.store.engine.LOCK_WAIT_MS", 50)
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE made (id INTEGER)"))

    def write(number: int) -> None:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO made VALUES (:id)"), {"id": number})
            time.sleep(0.1)

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(write, range(8)))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM made")).scalar() == 8
    engine.dispose()


def test_a_writer_that_fails_passes_its_turn_on(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(text("INSERT INTO nothing VALUES (1)"))
    connection = engine.connect()
    connection.begin()
    connection.invalidate()
    connection.close()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE made (id INTEGER)"))
    engine.dispose()
