"""Ctrl-C and SIGTERM end a run in the same way: everything is stopped in order."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Leave the block quietly at the first signal; a second one cannot hurry what it stops."""
    for number in SIGNALS:
        signal.signal(number, _interrupt_once)
    try:
        yield
    except KeyboardInterrupt:
        return


def wait_for_ever() -> None:
    """Wait; only a signal ends it."""
    threading.Event().wait()


def _interrupt_once(*_: object) -> NoReturn:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
