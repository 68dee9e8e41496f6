"""Measures a running private stack: latency, throughput, memory; pure sums apart from the calls."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.chat_client import ChatClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.evaluation.chat_client import Conversation

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


@dataclass(frozen=True)
class Figure:
    """One measured thing. ``limit`` is the target; ``least`` when the figure should reach it."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    least: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the target is kept; None where there is none or nothing was measured."""
        if self.limit is None or self.value is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that at least ``part`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    place = max(0, -(-len(ordered) * round(part * 1000) // 1000) - 1)
    return ordered[place]


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
