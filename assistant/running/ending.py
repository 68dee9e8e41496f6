"""Ctrl-C and SIGTERM end a run in the same way: everything is stopped in order."""

from __future__ import annotations

import signal
import threading


def treat_sigterm_as_interrupt() -> None:
    """Make SIGTERM raise KeyboardInterrupt, so that context managers stop what they started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def wait_for_interrupt() -> None:
    """Wait until the person or the machine asks to stop; a second request cannot hurry it."""
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
