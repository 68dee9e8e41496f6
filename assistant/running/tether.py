"""Becomes another program that ends when its supervisor ends, however that ends.

Run by path, `python -I -S tether.py PARENT PROGRAM ARGUMENT…`. On Linux the kernel sends SIGTERM
when the supervisor's thread is gone (prctl(2), PR_SET_PDEATHSIG), which survives execve; elsewhere
a supervisor that is killed outright leaves its children to the person who killed it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie_to(parent: int) -> None:
    """Ask for SIGTERM at the death of `parent`, and leave at once if it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:
        sys.exit(f"the supervisor {parent} is gone")


if __name__ == "__main__":
    tie_to(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the supervisor's own command, no shell
