"""Trains a contender from nothing, with the same command for all, and weighs what came of it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN, QUIET
from assistant.bootstrap.progress import SetupError
from assistant.running.child import TETHER
from assistant.settings import PREFIX, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.evaluation.rivals.projects import Project

LAST_LINES = 15


@dataclass(frozen=True)
class Trained:
    """A training's cost: seconds on the clock and of processors; the model's size in bytes."""

    seconds: float
    processor_seconds: float
    size: int


def train(project: Project) -> Trained:
    """Run ``rasa train`` with an empty cache; raises `SetupError` with the end of its log."""
    log = project.folder / "training.log"
    before, started = _processor_seconds(), time.perf_counter()
    code = _run(project, log)
    seconds = time.perf_counter() - started
    if code or not project.model.is_file():
        message = f"rasa train ended with code {code} for {project.name}:\n{_end_of(log)}"
        raise SetupError(message)
    size = project.model.stat().st_size
    return Trained(seconds, _processor_seconds() - before, size)


def rasa_environment(project: Project) -> dict[str, str]:
    """Return the variables of a Rasa process: no usage reports, a cache of its own, our code."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    own = {"RASA_CACHE_DIRECTORY": str(project.folder / "cache"), "PYTHONPATH": str(ROOT)}
    return inherited | QUIET | own


def _command(project: Project) -> list[str]:
    rasa = [str(BRAIN.python), "-m", "rasa", "train", "--skip-validation"]
    files = ["--config", "config.yml", "--domain", "domain.yml", "--data", "data"]
    return [*rasa, *files, "--out", "models", "--fixed-model-name", project.name]


def _run(project: Project, log: Path) -> int:
    """Run it in a process group of its own, so that an interruption ends all that it started."""
    tether = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid())]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*tether, *_command(project)],
            cwd=project.folder,
            env=rasa_environment(project),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
        try:
            return process.wait()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
    return "\n".join(f"    {line}" for line in lines)
