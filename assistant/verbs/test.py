"""Run all tests: the brain's in the brain's environment, then everything else."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN
from assistant.settings import ROOT, Settings

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = "app"
WITH_TESTS = True
BRAIN_TESTS = "tests/brain"
# Rasa and what it stands on warn of much that only they can mend; ours stay errors.
BRAIN_WARNINGS = ("-o", "filterwarnings=ignore\nerror:::assistant")
NO_TESTS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `test`."""
    parser.add_argument(
        "--strict", action="store_true", help="a missing program fails the tests that need it"
    )
    parser.add_argument("pytest", nargs="*", help="after --: arguments for pytest, paths included")


def main(arguments: argparse.Namespace) -> int:
    """Train if needed and run both halves; the exit code is pytest's, 0 only if both passed."""
    from assistant.running.model import train_if_needed

    train_if_needed(Settings.load({}))
    strict = ["--strict-programs"] if arguments.strict else []
    half, other_half = split(arguments.pytest)
    codes = [run_pytest(str(BRAIN.python), [*BRAIN_WARNINGS, *half, *strict])] if half else []
    # The larger half is last, so that the output ends with its closing line.
    codes += [run_pytest(sys.executable, [*other_half, *strict])] if other_half else []
    failures = [code for code in codes if code not in {0, NO_TESTS}]
    return failures[0] if failures else min(codes)


def split(given: list[str]) -> tuple[list[str], list[str]]:
    """Return pytest's arguments for the brain's half and for the rest; empty means not to run."""
    paths = [each for each in given if each.startswith("tests")]
    options = [each for each in given if each not in paths]
    if not paths:
        return [BRAIN_TESTS, *options], ["tests", f"--ignore={BRAIN_TESTS}", *options]
    brains = [path for path in paths if path.startswith(BRAIN_TESTS)]
    others = [path for path in paths if path not in brains]
    return [*brains, *options] if brains else [], [*others, *options] if others else []


def run_pytest(python: str, arguments: list[str]) -> int:
    """Run pytest in the environment of `python` and return its exit code."""
    return subprocess.run([python, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode
