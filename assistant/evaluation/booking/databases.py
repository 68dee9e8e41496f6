"""The databases that booking is measured on: SQLite always, PostgreSQL when it is here."""

from __future__ import annotations

import uuid
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import say, step
from assistant.running.private_postgresql import ALONE, find_program, private_postgresql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CONNECTIONS = {"max_connections": "200"}
"""Four racing processes with fifteen connections each, and room beside them."""


@contextmanager
def makers_of_databases(folder: Path) -> Iterator[dict[str, Callable[[], str]]]:
    """Give by kind a function that makes an empty database and returns its URL.

    Both are as durable as a school's own would be; PostgreSQL's server is private and ends here.
    """
    with ExitStack() as running:
        makers: dict[str, Callable[[], str]] = {"SQLite": partial(_new_file, folder)}
        initdb, server = find_program("initdb"), find_program("postgres")
        if initdb and server:
            with step("Starting a private PostgreSQL"):
                cluster = private_postgresql(initdb, server, ALONE | CONNECTIONS)
                makers["PostgreSQL"] = running.enter_context(cluster).create
        else:
            say("PostgreSQL's initdb and postgres are not here: only SQLite is measured.")
        yield makers


def _new_file(folder: Path) -> str:
    return f"sqlite:///{folder / uuid.uuid4().hex}.db"
