"""One process at a time, by a lock that the operating system lets go of if its holder dies."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone(lock_file: Path, waiting_for: str) -> Iterator[None]:
    """Hold `lock_file`; say `waiting_for` when another process holds it first."""
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(waiting_for)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
