"""A private PostgreSQL on a loopback port, for tests and measurements; nothing of it is kept.

The brain's environment reads this file too, so that the driver is imported only where it is used.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.running.ports import LOOPBACK, free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import psycopg

STARTUP_SECONDS = 30
USER = "schoolgate"
OUTSIDE_PATH = ("/usr/lib/postgresql/*/bin",)
"""Where Debian keeps the server's programs, off PATH."""
ALONE = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "120",
}
"""As durable as PostgreSQL is out of the box."""
CARELESS = {
    **ALONE,
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""Fast and forgetful, for tests: nothing in their server outlives it."""


class Cluster:
    """A running server. A database can be dropped unless it was a template."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._templates: set[str] = set()

    def create(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of the one at the URL ``template``; return its URL."""
        name, source = f"private_{uuid.uuid4().hex}", "template1"
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
        import psycopg  # noqa: PLC0415 - see the module's first words

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
        import psycopg  # noqa: PLC0415 - see the module's first words

        return psycopg.connect(self._address("postgres"), autocommit=True)

    def _address(self, name: str) -> str:
        return f"postgresql://{USER}@{LOOPBACK}:{self._port}/{name}"


def find_program(name: str) -> Path | None:
    """Return a program from PATH, else the newest of PostgreSQL's own folders, else None."""
    on_path = shutil.which(name)
    if on_path:
        return Path(on_path)
    found = [file for pattern in OUTSIDE_PATH for file in Path("/").glob(f"{pattern[1:]}/{name}")]
    return max(found, default=None, key=lambda file: int(file.parts[-3]))


@contextmanager
def private_postgresql(
    initdb: Path,
    server: Path,
    settings: Mapping[str, str] = ALONE,
    parent: Path | None = None,
) -> Iterator[Cluster]:
    """Start a server with the programs ``initdb`` and ``server``; remove all of it at the end.

    Its files are in ``parent``, by default where this machine keeps what is temporary.
    """
    with _folder(parent) as folder, _running(initdb, server, folder, settings) as cluster:
        yield cluster


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    """Make a folder that the server's user owns; PostgreSQL refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="schoolgate-postgresql-", dir=parent))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(
    initdb: Path, server: Path, folder: Path, settings: Mapping[str, str]
) -> Iterator[Cluster]:
    data, (port,) = folder / "data", free_ports(1)
    _initialise(initdb, data)
    options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    process = subprocess.Popen(
        [server, "-D", data, "-p", str(port), *options],
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
