"""Run all tests: the brain's in the brain's environment, beside everything else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN
from assistant.settings import ROOT, Settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

ENVIRONMENT = "app"
WITH_TESTS = True
BRAIN_TESTS = "tests/brain"
# Rasa and what it stands on warn of much that only they can mend; ours stay errors.
BRAIN_WARNINGS = ("-o", "filterwarnings=ignore\nerror:::assistant")
PYTEST = ("-m", "pytest")
WORKERS = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
"""Much of the whole run is waiting for processes; each file's tests stay together, in the order
that ``tests/conftest.py`` puts the files in."""
NO_TESTS = 5
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""For the brain's half: as many processes as processors are at work beside it, and the threads of
a matrix product wait for one another by turning in a circle."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `test`."""
    parser.add_argument(
        "--strict", action="store_true", help="a missing program fails the tests that need it"
    )
    parser.add_argument("pytest", nargs="*", help="after --: arguments for pytest, paths included")


def main(arguments: argparse.Namespace) -> int:
    """Train if needed beside both halves; the exit code is pytest's, 0 only if all went well.

    A test that starts a brain waits for the training, as whoever starts one does. Raises
    ``SetupError`` when it fails.
    """
    from assistant.running.model import train_if_needed

    with ThreadPoolExecutor(1) as beside:
        training = beside.submit(train_if_needed, Settings.load({}))
        code = run_halves(arguments)
        training.result()
    return code


def run_halves(arguments: argparse.Namespace) -> int:
    """Run the brain's half and the other side by side, and return one exit code for both."""
    strict = ["--strict-programs"] if arguments.strict else []
    half, other_half = split(arguments.pytest)
    codes = run_both(
        [str(BRAIN.python), *PYTEST, *BRAIN_WARNINGS, *half, *strict] if half else [],
        [sys.executable, *PYTEST, *other_half, *strict] if other_half else [],
    )
    failures = [code for code in codes if code not in {0, NO_TESTS}]
    return failures[0] if failures else min(codes)


def run_both(beside: list[str], shown: list[str]) -> list[int]:
    """Run up to two commands side by side and return their exit codes.

    The output of ``shown`` comes as it is made, but for its last line, which waits until that of
    ``beside`` has been printed: so the whole ends with pytest's own closing line.
    """
    with running_unseen(beside) as (other, told):
        code, last = run_shown(shown)
        codes = [] if other is None else [other.wait()]
        told.seek(0)
        sys.stdout.write(told.read() + last)
        sys.stdout.flush()
    return codes if code is None else [*codes, code]


@contextmanager
def running_unseen(command: list[str]) -> Iterator[tuple[subprocess.Popen[str] | None, IO[str]]]:
    """Run a command, or nothing, while its output is kept in a file."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        process = None
        if command:
            process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | ONE_THREAD,
                stdout=told, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        try:
            yield process, told
        finally:
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait()


def run_shown(command: list[str]) -> tuple[int | None, str]:
    """Run a command, or nothing, and show its output but for the last line, which is returned."""
    if not command:
        return None, ""
    last = ""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(last)
            sys.stdout.flush()
            last = line
    return process.returncode, last


def split(given: list[str]) -> tuple[list[str], list[str]]:
    """Return pytest's arguments for the brain's half and for the rest; empty means not to run."""
    paths = [each for each in given if each.startswith("tests")]
    options = [each for each in given if each not in paths]
    if not paths:
        return [BRAIN_TESTS, *options], ["tests", f"--ignore={BRAIN_TESTS}", *WORKERS, *options]
    brains = [path for path in paths if path.startswith(BRAIN_TESTS)]
    others = [path for path in paths if path not in brains]
    return [*brains, *options] if brains else [], [*others, *options] if others else []
