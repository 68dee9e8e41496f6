"""A brain as a process of its own, with the calls that the web process makes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.security.keys import Keys

START_SECONDS = 90


@dataclass
class Server:
    """A running brain."""

    base: str
    key: str
    log: Path

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple:
        headers = {
            "X-Schoolgate-Key": self.key,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        request = urllib.request.Request(self.base + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def turn(self, sender: str, turn_id: str, **rest: Any) -> tuple[int, Any]:
        body = {"sender": sender, "turn_id": turn_id, "text": None, "payload": None, **rest}
        status, text = self.call("POST", "/turn", json.dumps(body).encode())
        return status, json.loads(text)


@contextmanager
def served(model: Path, data: Path) -> Iterator[Server]:
    """Start a brain on a free port with its data in `data`; its log is read afterwards."""
    with socket.socket() as free, socket.socket() as closed:
        free.bind(("127.0.0.1", 0))
        closed.bind(("127.0.0.1", 0))
        port, actions_port = free.getsockname()[1], closed.getsockname()[1]
    log = data / "brain.log"
    environment = {
        **os.environ,
        "SCHOOLGATE_DATA": str(data),
        "SCHOOLGATE_MODEL": str(model),
        "SCHOOLGATE_BRAIN_PORT": str(port),
        "SCHOOLGATE_ACTIONS_PORT": str(actions_port),
        "SCHOOLGATE_LOG_LEVEL": "debug",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant.brain"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    found = Server(
        f"http://127.0.0.1:{port}/webhooks/schoolgate", Keys.load_or_create(data).brain_key, log
    )
    try:
        _wait_until_ready(found, process)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        try:
            if server.call("GET", "/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(server.log.read_text(errors="replace"))
