"""Finds Python 3.11 on this machine, and fetches it with `uv` where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from assistant.bootstrap import commands
from assistant.bootstrap.environments import PYTHON_VERSION, Environment, Layer
from assistant.bootstrap.progress import SetupError, step
from assistant.settings import HOME

FETCHED = HOME / "python"
UV = Environment("uv", (Layer("uv", "uv, which fetches Python"),))
NONE_TO_BE_HAD = (
    f"Schoolgate needs Python {PYTHON_VERSION}, and this machine has none that can make a virtual "
    "environment. Install it (on Debian or Ubuntu: apt install python3.11 python3.11-venv; on a "
    "Mac: brew install python@3.11), then run the same command again. Nothing was changed."
)
# Debian ships a Python without ensurepip, which cannot make an environment with pip.
PROBE = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"


def find_python() -> Path:
    """Return a Python 3.11: this one, PATH, pyenv, fetched before, fetched now.

    Raises `SetupError` with a sentence when none can be had.
    """
    for candidate in _candidates():
        if is_usable(candidate):
            return candidate
    return _fetch()


def is_usable(python: Path) -> bool:
    """Whether `python` is a 3.11 that can make environments; a shim of another version is not."""
    try:
        probe = subprocess.run(
            [python, "-I", "-c", PROBE], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return probe.returncode == 0 and probe.stdout.strip() == PYTHON_VERSION


def _candidates() -> list[Path]:
    named = [shutil.which(name) for name in (f"python{PYTHON_VERSION}", "python3", "python")]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    versions = sorted(pyenv.glob(f"{PYTHON_VERSION}*/bin/python"), reverse=True)
    return [Path(sys.executable), *(Path(name) for name in named if name), *versions, *_fetched()]


def _fetched() -> list[Path]:
    return sorted(FETCHED.glob(f"cpython-{PYTHON_VERSION}*/bin/python{PYTHON_VERSION}"))


def _fetch() -> Path:
    try:
        UV.make(Path(sys.executable))
        with step(f"Fetching Python {PYTHON_VERSION}"):
            install = ("python", "install", "--no-bin", "--install-dir", FETCHED, PYTHON_VERSION)
            uv = UV.path / "bin" / "uv"
            commands.run([uv, *install], failing="uv could not fetch Python.")
    except SetupError as error:
        message = f"{NONE_TO_BE_HAD}\n\nFetching it was tried: {error}"
        raise SetupError(message) from error
    found = next(filter(is_usable, _fetched()), None)
    if found is None:
        raise SetupError(NONE_TO_BE_HAD)
    return found
