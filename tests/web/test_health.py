"""The health page tells the truth about each part."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.web.running import brain_process, free_port, web_process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.running import Running

pytestmark = pytest.mark.slow


def test_everything_answers(served: Running) -> None:
    answer = httpx.get(f"{served.url}/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert set(answer.json()["parts"]) == {
        "web", "brain", "actions", "case database", "alerts database",
    }  # fmt: skip


def test_a_part_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with web_process(tmp_path, free_port()) as url:
        answer = httpx.get(f"{url}/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["brain"] == answer.json()["parts"]["actions"] == "unavailable"
    assert answer.json()["parts"]["case database"] == "ok"


@pytest.mark.parametrize(("file", "part"), [("cases", "case"), ("alerts", "alerts")])
def test_a_database_that_takes_no_write_is_named(tmp_path: Path, file: str, part: str) -> None:
    port = free_port()
    with brain_process(port, tmp_path), web_process(tmp_path, port) as url:
        with sqlite3.connect(tmp_path / f"{file}.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = httpx.get(f"{url}/healthz", timeout=20)
        assert answer.status_code == 503
        assert answer.json()["parts"][f"{part} database"] == "unavailable"
        assert httpx.get(f"{url}/healthz", timeout=20).status_code == 200
