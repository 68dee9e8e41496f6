"""The action server as a process of its own, over HTTP: the key, the limits, and its silence."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from actions.server import LARGEST_CALL
from assistant.running.databases import fill_databases
from assistant.running.ports import free_ports
from assistant.security.keys import Keys
from assistant.settings import ROOT, Settings

pytestmark = pytest.mark.slow

CANARY = "zephyrine kingfisher"
READY_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running action server."""

    url: str
    key: str
    log: Path

    def call(self, **request: Any) -> httpx.Response:
        """Post to the web hook; the right key unless ``headers`` are given."""
        headers = {"X-Schoolgate-Key": self.key} | request.pop("headers", {})
        return httpx.post(f"{self.url}/webhook", headers=headers, timeout=30, **request)


@contextmanager
def action_server(data: Path, *, filled: bool = True) -> Iterator[Server]:
    """Run ``python -m actions``; without ``filled`` its databases hold no tables."""
    port = free_ports(1)[0]
    chosen = {"SCHOOLGATE_DATA": str(data), "SCHOOLGATE_ACTIONS_PORT": str(port)}
    if filled:
        fill_databases(Settings.load(chosen))
    server = Server(
        f"http://127.0.0.1:{port}", Keys.load_or_create(data).action_key, data / "actions.log"
    )
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "actions"],
            cwd=ROOT,
            env=os.environ | chosen,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server is well."""
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        assert process.poll() is None, server.log.read_text()
        try:
            if httpx.get(f"{server.url}/health", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail("the action server did not become well")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run an action server with a school."""
    with action_server(tmp_path_factory.mktemp("actions")) as running:
        yield running


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run an action server whose databases are empty, so that every service fails."""
    with action_server(tmp_path_factory.mktemp("broken"), filled=False) as running:
        yield running


def call_of(action: str, text: str = "hello", **slots: Any) -> dict[str, Any]:
    """Return a call as Rasa makes it."""
    heard = {"text": text, "intent": {"name": "vent"}, "message_id": "turn-1", "metadata": {}}
    tracker = {"sender_id": "c1", "slots": slots, "latest_message": heard, "events": []}
    return {"next_action": action, "sender_id": "c1", "tracker": tracker, "domain": {"slots": {}}}


def test_health_needs_no_key(server: Server) -> None:
    assert httpx.get(f"{server.url}/health").json() == {"status": "ok"}


def test_a_known_action_runs(server: Server) -> None:
    answer = server.call(json=call_of("action_go_on"))
    assert answer.status_code == 200
    said = [one.get("response") for one in answer.json()["responses"]]
    assert "utter_go_on" in said


@pytest.mark.parametrize("key", [None, "", "wrong", "Bearer x", "ключ"])
def test_without_the_right_key_nothing_runs(server: Server, key: str | None) -> None:
    headers = {} if key is None else {"X-Schoolgate-Key": key.encode()}
    answer = httpx.post(
        f"{server.url}/webhook", headers=headers, json=call_of("action_go_on"), timeout=30
    )
    assert answer.status_code == 401
    assert "responses" not in answer.text


def test_a_call_over_one_mebibyte_is_refused(server: Server) -> None:
    answer = server.call(json=call_of("action_go_on", "x" * LARGEST_CALL))
    assert answer.status_code == 413


def test_a_compressed_call_is_refused_unread(server: Server) -> None:
    body = gzip.compress(json.dumps(call_of("action_go_on")).encode())
    answer = server.call(content=body, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "identity"])
def test_a_bomb_of_a_thousand_to_one_is_never_inflated(server: Server, encoding: str) -> None:
    bomb = gzip.compress(b"[" * 1_000 * 16_000)
    assert len(bomb) * 900 < 1_000 * 16_000
    started = time.monotonic()
    answer = server.call(content=bomb, headers={"Content-Encoding": encoding})
    assert answer.status_code == 415
    assert time.monotonic() - started < 5


def test_a_hundred_forged_keys_run_nothing(server: Server) -> None:
    key, call = server.key, call_of("action_go_on")
    forged = [key[:place] + ("A" if key[place] != "A" else "B") + key[place + 1 :]
              for place in range(len(key))]  # fmt: skip
    forged += [key[:place] for place in range(len(key))]
    forged += [key.swapcase(), key + "A", f"Bearer {key}", key * 2, "null", "0", "true"]
    assert len(forged) >= 90
    with httpx.Client(base_url=server.url, timeout=30) as forger:
        for each in forged:
            answer = forger.post("/webhook", headers={"X-Schoolgate-Key": each}, json=call)
            assert answer.status_code == 401
            assert "responses" not in answer.text
        assert forger.post("/webhook", headers={"X-Schoolgate-Key": key}, json=call).is_success


def test_an_unknown_action_is_not_found(server: Server) -> None:
    assert server.call(json=call_of("action_burn_it_down")).status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"words"', b"\xff\xfe", b"[" * 1500, b'{"next_action": 5}']
)
def test_a_body_that_is_no_call_is_refused(server: Server, body: bytes) -> None:
    answer = server.call(content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_only_posts_are_taken(server: Server, method: str) -> None:
    assert httpx.request(method, f"{server.url}/webhook").status_code == 405


def test_no_other_site_is_told_that_it_may_ask(server: Server) -> None:
    answer = server.call(json=call_of("action_go_on"), headers={"Origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("action", ["action_protect", "action_request_call_back", "action_status"])
def test_an_action_that_raises_tells_and_logs_no_word_of_the_parent(
    broken: Server, action: str
) -> None:
    call = call_of(action, f"my neighbour {CANARY} came", details={"parent_name": CANARY})
    call["tracker"]["latest_message"]["intent"]["name"] = "disclose"
    call["tracker"]["slots"]["matter"] = [1]
    answer = broken.call(json=call)
    assert answer.status_code == 500
    assert answer.json() == {"error": "the action failed"}
    log = broken.log.read_text()
    assert "action_failed" in log
    assert not [word for word in CANARY.split() if word in log]
