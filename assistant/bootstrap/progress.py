"""Says what is being done and how long it took; on standard error, so that output stays clean."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REMINDER_SECONDS = 20.0


class SetupError(RuntimeError):
    """The set-up cannot go on; the message says what happened, what to do and what is safe."""


def say(sentence: str) -> None:
    """Write one line for the person at the terminal, at once."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Announce `doing`, repeat it while it lasts, and say how many seconds it took."""
    started = time.monotonic()
    done = threading.Event()
    say(f"  {doing} …")
    threading.Thread(target=_remind, args=(doing, started, done), daemon=True).start()
    try:
        yield
        say(f"  {doing}: done in {_since(started)}")
    finally:
        done.set()


def _remind(doing: str, started: float, done: threading.Event) -> None:
    while not done.wait(REMINDER_SECONDS):
        say(f"  {doing}: still at it after {_since(started)}")


def _since(started: float) -> str:
    return f"{time.monotonic() - started:.0f} s"
