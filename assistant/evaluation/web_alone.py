"""The public web process alone, on a free port, with nothing behind it but its databases."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

from assistant.running.ports import LOOPBACK, free_ports
from assistant.settings import variable

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 60


@contextmanager
def web_alone(values: dict[str, str]) -> Iterator[str]:
    """Start it with these variables, wait until it answers, and give its address."""
    port, brain, actions = free_ports(3)
    ports = {"port": port, "brain_port": brain, "actions_port": actions}
    chosen = values | {variable(name): str(value) for name, value in ports.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.web"],
        env=os.environ | chosen,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://{LOOPBACK}:{port}"
    try:
        _wait_for(f"{url}/embed.js")
        yield url
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait_for(address: str) -> None:
    last = time.monotonic() + START_SECONDS
    while True:
        try:
            httpx.get(address, timeout=2)
        except httpx.HTTPError:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
        else:
            return
