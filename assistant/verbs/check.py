"""Check style, types and the fast tests, in under a minute."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import say, step
from assistant.settings import ROOT

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = "app"
WITH_TESTS = True
FAST = tuple(
    f"tests/{part}"
    for part in ("architecture", "bootstrap", "casework", "chat", "evaluation", "security", "verbs")
)
"""The parts that need neither a model nor a running process; a database only now and then."""

CHECKS = {
    "Lint": ("ruff", "check"),
    "Layout": ("ruff", "format", "--check", "--quiet"),
    "Types": ("mypy",),
    "Fast tests": ("pytest", "-q", "-m", "not slow and not long", *FAST),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` has no options: it is the same for everybody."""


def main(_: argparse.Namespace) -> int:
    """Run every check, also after one failed; 0 only if all passed."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one tool of this environment over the project; whether it found nothing."""
    with step(name):
        done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False)
    return done.returncode == 0
