"""Measures a private stack: training, start, latency, throughput and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN, QUIET
from assistant.bootstrap.progress import step
from assistant.evaluation.chat_client import ChatClient
from assistant.evaluation.figures import Figure, percentile
from assistant.settings import variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.evaluation.chat_client import Conversation
    from assistant.evaluation.place import Place

CALLERS = 8
SMALL_TALK = ("hello", "thanks", "are you a robot", "ok")
"""Messages that no service and no database write of the actions stands behind."""
BOOKING = (
    "can I talk to my daughter's teacher about her reading",
    "yes please",
    "Amina Yusuf, year 4",
    "any day after 3",
    "Sara Yusuf 07700 900111",
)
"""A booking up to its last question: each answer needs services of the action server."""


def trained() -> list[Figure]:
    """Time a training whose sentences are in the cache, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="schoolgate-bench-") as folder, step("Training"):
        chosen = {variable("model"): str(Path(folder) / "current")}
        command = [str(BRAIN.python), "-m", "assistant", "train", "--again"]
        started = time.perf_counter()
        subprocess.run(command, env=os.environ | QUIET | chosen, stdout=sys.stderr, check=True)
        return [Figure("later training", time.perf_counter() - started, "s", 60)]


def ready(place: Place, seconds: float) -> Figure:
    """Return how long the private stack took to answer; not measured at a given address."""
    return Figure("ready after start", seconds if place.stack else None, "s", 45)


def measured(place: Place, conversations: int) -> list[Figure]:
    """Take the figures of a running stack."""
    with ChatClient(place.url) as client:
        time_turns(client, BOOKING, 2)  # the first answers load what later ones share
        with step("One caller, turns without an action"):
            plain = time_turns(client, SMALL_TALK, conversations)
        with step("One caller, turns with an action"):
            acting = time_turns(client, BOOKING, conversations)
    with step("Eight callers"):
        rate = turns_a_second(place.url, BOOKING, max(1, conversations // 4))
    children = place.stack.processes.values() if place.stack else ()
    pids = [child.pid for child in children if child.pid]
    return [
        Figure("turn without an action, p50", percentile(plain, 0.5), "ms"),
        Figure("turn without an action, p95", percentile(plain, 0.95), "ms", 120),
        Figure("turn with an action, p50", percentile(acting, 0.5), "ms"),
        Figure("turn with an action, p95", percentile(acting, 0.95), "ms", 250),
        Figure("turns a second, 8 callers", rate, "/s", 20, least=True),
        Figure("resident memory, three processes", resident_megabytes(pids) if pids else None,
               "MB", 1200),
    ]  # fmt: skip


def time_turns(client: ChatClient, texts: Sequence[str], conversations: int) -> list[float]:
    """Return the milliseconds of every turn of so many conversations, one after another."""
    taken: list[float] = []
    for _ in range(conversations):
        conversation = client.start()
        taken += [_timed(client, conversation, text) for text in texts]
    return taken


def _timed(client: ChatClient, conversation: Conversation, text: str) -> float:
    started = time.perf_counter()
    client.say(conversation, text)
    return 1000 * (time.perf_counter() - started)


def turns_a_second(url: str, texts: Sequence[str], conversations: int) -> float:
    """Return the turns answered a second with eight callers at once, each in its own chats."""
    started = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as pool:
        done = sum(pool.map(lambda _: _caller(url, texts, conversations), range(CALLERS)))
    return done / (time.perf_counter() - started)


def _caller(url: str, texts: Sequence[str], conversations: int) -> int:
    with ChatClient(url) as client:
        return len(time_turns(client, texts, conversations))


def resident_megabytes(pids: Iterable[int], proc: Path = Path("/proc")) -> float | None:
    """Return the resident memory of the processes and their children; None without /proc."""
    if not proc.is_dir():
        return None
    parents = {int(file.name): _parent(file) for file in proc.iterdir() if file.name.isdigit()}
    family = set(pids)
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(_resident_kilobytes(proc / str(pid)) for pid in family) / 1024


def _parent(folder: Path) -> int:
    return int(_status(folder).get("PPid", "0"))


def _resident_kilobytes(folder: Path) -> int:
    return int(_status(folder).get("VmRSS", "0 kB").split()[0])


def _status(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / "status").read_text(encoding="utf-8").splitlines()
    except OSError:  # the process has ended since it was listed
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
