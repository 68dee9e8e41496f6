"""Databases for tests: SQLite always, PostgreSQL when its programs are here."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

from assistant.running.private_postgresql import CARELESS, Cluster, private_postgresql

KINDS = ("sqlite", "postgresql")
SQLITE = "sqlite:///"
ON_SQLITE = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
"""For a test whose SQL another test tries on both."""

AT_LENGTH_ON_BOTH = pytest.mark.parametrize(
    "fresh_database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)],
    indirect=True,
)
"""For many tests of which each has a twin on PostgreSQL elsewhere; with ``-m long`` on it too."""

IN_MEMORY, ENOUGH = Path("/dev/shm"), 1 << 30  # noqa: S108 - a folder of one's own is made in it
"""Where Linux keeps files in memory, and the bytes of it that a test run may need at most."""


class FreshDatabase(Protocol):
    """Makes a database and returns its URL."""

    def __call__(self, template: str | None = None) -> str:
        """Make an empty one, or a copy of ``template``, a URL to which nothing is connected."""


@pytest.fixture(scope="session")
def postgresql(need_program: Callable[[str], Path]) -> Iterator[Cluster]:
    """Start a private PostgreSQL; skips, or fails under --strict-programs, without its programs."""
    initdb, server = need_program("initdb"), need_program("postgres")
    with private_postgresql(initdb, server, CARELESS, memory_folder()) as cluster:
        yield cluster


def memory_folder() -> Path | None:
    """Return a folder in memory if there is room: each test copies a database of 300 files."""
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH
    return IN_MEMORY if roomy else None


@pytest.fixture(params=KINDS)
def fresh_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FreshDatabase]:
    """Make databases of each kind in turn: a test that takes this runs on both."""
    if request.param == "sqlite":
        yield partial(create_file, tmp_path)
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    made: list[str] = []

    def create(template: str | None = None) -> str:
        made.append(cluster.create(template))
        return made[-1]

    yield create
    for url in made:
        cluster.drop(url)


def create_file(folder: Path, template: str | None = None) -> str:
    """Make a database file, empty or a copy of ``template``, and return its URL."""
    path = folder / f"{uuid.uuid4().hex}.db"
    if template:
        shutil.copyfile(template.removeprefix(SQLITE), path)
    return f"{SQLITE}{path}"
