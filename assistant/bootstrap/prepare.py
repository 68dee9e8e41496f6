"""Makes everything that is missing, once, whoever asks and however many ask at the same time."""

from __future__ import annotations

import fcntl
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from assistant.bootstrap import front
from assistant.bootstrap.environments import APP, BRAIN
from assistant.bootstrap.progress import say
from assistant.bootstrap.pythons import find_python
from assistant.settings import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_prepared(*, tests: bool = False) -> bool:
    """Whether nothing needs to be made; reads a few small files and starts no program."""
    environments = all(each.is_ready(tests=tests) for each in (APP, BRAIN))
    return environments and front.is_ready()


def prepare(*, tests: bool = False) -> None:
    """Make the environments and the front-end packages that are missing.

    Raises `SetupError` with a sentence. A second set-up waits for the first and then finds all
    done.
    """
    if is_prepared(tests=tests):
        return
    with _alone():
        if not is_prepared(tests=tests):
            _make(tests=tests)


def _make(*, tests: bool) -> None:
    started = time.monotonic()
    say("Setting up what Schoolgate needs (only the first time, or after a change of packages):")
    python = cache(find_python)
    python()
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(each.make, python(), tests=tests) for each in (BRAIN, APP)]
        jobs.append(pool.submit(front.make, python))
    for job in jobs:
        job.result()
    say(f"Set-up: done in {time.monotonic() - started:.0f} s")


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of the set-up; the operating system lets go of it if this process dies."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is running; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
