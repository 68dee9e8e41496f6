"""Start the real web process, with a real database, on free loopback ports."""

from __future__ import annotations

import os
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from assistant.security.keys import Keys
from tests.web import stand_in_brain, strict_pages
from tests.web.forked import start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import ForkServerProcess

MID_TERM_TUESDAY = "2026-11-24T10:15"
READY_SECONDS = 60
STOP_SECONDS = 10


@dataclass(frozen=True)
class Running:
    """The addresses of one running stack, and where its data lies."""

    url: str
    brain_url: str
    data: Path

    def seen_by_brain(self, conversation: str) -> list[dict[str, object]]:
        """Return the turns of a conversation that reached the stand-in brain."""
        seen: list[dict[str, object]] = httpx.get(f"{self.brain_url}/seen/{conversation}").json()
        return seen


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def brain_process(port: int, data: Path) -> Iterator[str]:
    """Run the stand-in brain."""
    key = Keys.load_or_create(data).brain_key
    process = start(os.environ, stand_in_brain.serve, port, key)
    with _answering(process, f"http://127.0.0.1:{port}/health") as url:
        yield url.removesuffix("/health")


@contextmanager
def web_process(
    data: Path, brain_port: int, *, crashes: bool = False, port: int = 0, **settings: str
) -> Iterator[str]:
    """Run the web process; ``settings`` are variables without their prefix.

    ``crashes`` ends it with SIGKILL instead of asking it to stop. Without a ``port`` it is free.
    """
    port = port or free_port()
    values = {
        "data": str(data),
        "port": str(port),
        "brain_port": str(brain_port),
        "actions_port": str(brain_port),
        "now": MID_TERM_TUESDAY,
        **settings,
    }
    environment = {f"SCHOOLGATE_{name.upper()}": value for name, value in values.items()}
    probe = f"http://127.0.0.1:{port}/embed.js"
    process = start({**os.environ, **environment}, strict_pages.serve)
    with _answering(process, probe, crashes=crashes) as url:
        yield url.removesuffix("/embed.js")


@contextmanager
def stack(data: Path, **settings: str) -> Iterator[Running]:
    """Run both."""
    brain_port = free_port()
    with (
        brain_process(brain_port, data) as brain_url,
        web_process(data, brain_port, **settings) as url,
    ):
        yield Running(url, brain_url, data)


@contextmanager
def _answering(process: ForkServerProcess, probe: str, *, crashes: bool = False) -> Iterator[str]:
    try:
        _wait_for(process, probe)
        yield probe
    finally:
        (process.kill if crashes else process.terminate)()
        process.join(STOP_SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()


def _wait_for(process: ForkServerProcess, probe: str) -> None:
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        if process.exitcode is not None:
            message = f"the process ended with {process.exitcode} before it answered {probe}"
            raise RuntimeError(message)
        try:
            httpx.get(probe, timeout=2)
        except httpx.HTTPError:
            time.sleep(0.02)
        else:
            return
    message = f"nothing answered {probe} within {READY_SECONDS} s"
    raise RuntimeError(message)
