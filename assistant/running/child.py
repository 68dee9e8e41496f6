"""One supervised process: how it is started, asked whether it is well, and ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap.progress import SetupError
from assistant.settings import ROOT

TETHER = Path(__file__).with_name("tether.py")
LOG_BYTES = 10_000_000
LAST_LINES = 15
HEALTH_SECONDS = 5.0


class ProcessFailedError(SetupError):
    """A process ended while it was starting, or never became healthy; quotes its log."""


@dataclass(frozen=True)
class Program:
    """What to run: `command` is absolute, `health` answers 200 once the process is ready."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    log: Path
    health: str
    start_seconds: float = 60.0


class Child:
    """The running process of a program, in a process group of its own."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id, or None before the first start."""
        return self._process.pid if self._process else None

    @property
    def exit_code(self) -> int | None:
        """What it ended with (negative: the signal), or None while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start the program; its output is added to its log."""
        self.program.log.parent.mkdir(parents=True, exist_ok=True)
        keep_log_short(self.program.log)
        tether = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid())]
        with self.program.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*tether, *self.program.command],
                cwd=ROOT,
                env=self.program.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    def is_healthy(self) -> bool:
        """Whether its health address answers 200 now."""
        try:
            with urllib.request.urlopen(self.program.health, timeout=HEALTH_SECONDS) as answer:  # noqa: S310 - our own loopback address
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP OK
        except (OSError, urllib.error.URLError, ValueError):
            return False

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process and whatever it started; none left is no error."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def kill(self) -> None:
        """End it outright, as a fault would, and return once it is dead."""
        process = self._process
        self.send(signal.SIGKILL)
        if process:
            process.wait()

    def stop(self, patience_seconds: float = 10.0) -> None:
        """Ask it to end, insist after `patience_seconds`, and wait until it is gone."""
        if self._process is None:
            return
        self.send(signal.SIGTERM)
        try:
            self._process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)
            self._process.wait()

    def last_words(self) -> str:
        """Return the last lines of the log, indented."""
        text = self.program.log.read_bytes()[-20_000:].decode("utf-8", "replace")
        return "\n".join(f"    {line}" for line in text.splitlines()[-LAST_LINES:])


def keep_log_short(log: Path) -> None:
    """Set a long log aside as `.1`, replacing the one before it."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(log.suffix + ".1"))
