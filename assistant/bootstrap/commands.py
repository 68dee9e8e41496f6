"""Runs the programs that the set-up needs and turns their failure into a sentence."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# A person's own pip settings may name a mirror, which must hold, but must not move an install.
MOVES_AN_INSTALL = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME")
QUIET_PIP = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
# Many a school's network shows its own certificate, which only the system's store knows.
TRUST_THE_SYSTEM = {"NODE_USE_SYSTEM_CA": "1"}
LAST_LINES = 12


def run(command: Sequence[str | Path], *, failing: str, cwd: Path | None = None) -> str:
    """Run a program with no input and return what it printed; raise `SetupError` on failure.

    `failing` is the sentence that says what could not be done; the program's last lines follow it.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=quiet_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as error:
        message = f"{failing}\n{error}"
        raise SetupError(message) from error
    if done.returncode:
        tail = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-LAST_LINES:])
        message = f"{failing} Nothing half-made is kept; run the same command again.\n{tail}"
        raise SetupError(message)
    return done.stdout


def quiet_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the caller's variables without those that would make pip install elsewhere."""
    kept = {name: value for name, value in environ.items() if name not in MOVES_AN_INSTALL}
    return TRUST_THE_SYSTEM | kept | QUIET_PIP
