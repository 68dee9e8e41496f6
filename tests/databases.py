"""Databases for tests: SQLite always, PostgreSQL when its programs are here.

The brain's environment reads this file too, so that its driver is imported only where it is used.
"""

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
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    import psycopg

STARTUP_SECONDS = 30
USER = "schoolgate"
KINDS = ("sqlite", "postgresql")
SQLITE = "sqlite:///"
CARELESS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""Fast and forgetful: nothing in a test's server outlives it."""


class FreshDatabase(Protocol):
    """Makes a database and returns its URL."""

    def __call__(self, template: str | None = None) -> str:
        """Make an empty one, or a copy of ``template``, a URL to which nothing is connected."""


class Cluster:
    """A private PostgreSQL. A database is dropped after its test, unless it was a template."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._templates: set[str] = set()

    def create(self, template: str | None = None) -> str:
        """Make a database and return its URL."""
        name, source = f"test_{uuid.uuid4().hex}", "template1"
        if template:
            source = template.rpartition("/")[2]
            self._templates.add(template)
        self._run(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
        return self._address(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        if url not in self._templates:
            self._run(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def wait_until_ready(self) -> None:
        """Wait for the server to answer."""
        import psycopg

        last = time.monotonic() + STARTUP_SECONDS
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                if time.monotonic() > last:
                    raise
                time.sleep(0.05)
            else:
                return

    def _run(self, statement: str) -> None:
        with self._connect() as connection:
            connection.execute(statement.encode())

    def _connect(self) -> psycopg.Connection:
        import psycopg

        return psycopg.connect(self._address("postgres"), autocommit=True)

    def _address(self, name: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self._port}/{name}"


@pytest.fixture(scope="session")
def postgresql(need_program: Callable[[str], Path]) -> Iterator[Cluster]:
    """Start a private PostgreSQL; skips, or fails under --strict-programs, without its programs."""
    initdb, server = need_program("initdb"), need_program("postgres")
    with _folder() as folder, _running(initdb, server, folder) as cluster:
        yield cluster


@pytest.fixture(params=KINDS)
def fresh_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FreshDatabase]:
    """Make databases of each kind in turn: a test that takes this runs on both."""
    if request.param == "sqlite":
        yield partial(_create_file, tmp_path)
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    made: list[str] = []

    def create(template: str | None = None) -> str:
        made.append(cluster.create(template))
        return made[-1]

    yield create
    for url in made:
        cluster.drop(url)


def _create_file(folder: Path, template: str | None = None) -> str:
    path = folder / f"{uuid.uuid4().hex}.db"
    if template:
        shutil.copyfile(template.removeprefix(SQLITE), path)
    return f"{SQLITE}{path}"


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that the server's user owns; PostgreSQL refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="schoolgate-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(initdb: Path, server: Path, folder: Path) -> Iterator[Cluster]:
    data, port = folder / "data", _free_port()
    _initialise(initdb, data)
    settings = [word for key, value in CARELESS.items() for word in ("-c", f"{key}={value}")]
    process = subprocess.Popen(
        [server, "-D", data, "-p", str(port), *settings],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **_identity(),
    )
    cluster = Cluster(port)
    try:
        cluster.wait_until_ready()
        yield cluster
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
        process.wait(STARTUP_SECONDS)


def _initialise(initdb: Path, data: Path) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C", f"--username={USER}"]
    subprocess.run(
        [initdb, *options, data], check=True, capture_output=True, cwd=data.parent, **_identity()
    )


def _identity() -> dict[str, Any]:
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
