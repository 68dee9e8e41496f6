"""Makes everything that is missing, once, whoever asks and however many ask at the same time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from assistant.bootstrap import front
from assistant.bootstrap.environments import APP, BRAIN
from assistant.bootstrap.locking import alone
from assistant.bootstrap.progress import say
from assistant.bootstrap.pythons import find_python
from assistant.settings import HOME


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
    with alone(HOME / "setup.lock", "Another set-up is running; waiting for it …"):
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
