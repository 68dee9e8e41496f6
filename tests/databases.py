"""Empty, migrated databases for tests: SQLite always, PostgreSQL when its programs are here."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

STARTUP_SECONDS = 30
USER = "schoolgate"
KINDS = ("sqlite", "postgresql")
SQLITE = "sqlite:///"



class FreshDatabase(Protocol):
    """Makes a database and returns its URL."""

    def __call__(self, template: str | None = None) -> str:
        """Make an empty one, or a copy of ``template``, a URL to which nothing is connected."""



@pytest.fixture(scope="session")
def postgresql(need_program: Callable[[str], Path]) -> Iterator[FreshDatabase]:
    """Start a private PostgreSQL; skips, or fails under --strict-programs, without its programs."""
    initdb, server = need_program("initdb"), need_program("postgres")
    with _folder() as folder, _running(initdb, server, folder) as port:
        yield partial(_create_database, port)


@pytest.fixture(params=KINDS)
def fresh_database(request: pytest.FixtureRequest, tmp_path: Path) -> FreshDatabase:
    """Make databases of each kind in turn: a test that takes this runs on both."""
    if request.param == "postgresql":
        made: FreshDatabase = request.getfixturevalue("postgresql")
        return made
    return partial(_create_file, tmp_path)


def _create_file(folder: Path, template: str | None = None) -> str:
    path = folder / f"{uuid.uuid4().hex}.db"
    if template:
        shutil.copyfile(template.removeprefix(SQLITE), path)
    return f"{SQLITE}{path}"


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that the server's user owns; PostgreSQL refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="schoolgate-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(initdb: Path, server: Path, folder: Path) -> Iterator[int]:
    data, port = folder / "data", _free_port()
    identity = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    options = ["--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C", f"--username={USER}"]
    subprocess.run(
        [initdb, *options, data], check=True, capture_output=True, cwd=folder, **identity
    )
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "autovacuum": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_connections": "120",
    }
    words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    process = subprocess.Popen(
        [server, "-D", data, "-p", str(port), *words],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **identity,
    )
    try:
        _wait_until_ready(port)
        yield port
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
        process.wait(STARTUP_SECONDS)


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_until_ready(port: int) -> None:
    import psycopg

    last = time.monotonic() + STARTUP_SECONDS
    while True:
        try:
            psycopg.connect(_address(port, "postgres")).close()
        except psycopg.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)
        else:
            return


def _create_database(port: int, template: str | None = None) -> str:
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(_address(port, "postgres"), autocommit=True) as connection:
        copied = template.rpartition("/")[2] if template else "template1"
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {copied}".encode())
    return _address(port, name)


def _address(port: int, database: str) -> str:
    return f"postgresql://{USER}@127.0.0.1:{port}/{database}"
