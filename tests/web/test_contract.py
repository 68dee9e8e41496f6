"""Somebody else's client, Schemathesis, finds that the OpenAPI document is true."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.web.running import Running

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (
    "run --checks all --max-examples 25 --request-timeout 30 --seed 2026 "
    "--generation-database none --no-color --warnings off --suppress-health-check all"
)


def test_the_document_is_true(served: Running, tmp_path: Path) -> None:
    finished = subprocess.run(
        [_program(), *COMMAND.split(), f"{served.url}/api/v1/openapi.json"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SCHEMATHESIS_HOOKS": "tests.web.contract_hooks",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "3 covered / 3 selected" in finished.stdout


def test_the_document_is_open_api_3_1(served: Running) -> None:
    document = httpx.get(f"{served.url}/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        "/api/v1/conversations",
        "/api/v1/conversations/{conversation}",
        "/api/v1/conversations/{conversation}/messages",
        "/healthz",
    }


def _program() -> str:
    return str(Path(sys.executable).with_name("schemathesis"))
