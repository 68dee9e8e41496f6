"""Somebody else's client, Schemathesis, drives the API and looks for what is not true."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (
    "run --checks all --request-timeout 30 --seed 2026 "
    "--generation-database none --no-color --warnings off --suppress-health-check all"
)
SECONDS = 300


def assert_the_document_is_true(url: str, folder: Path, examples: int) -> None:
    """Run ``examples`` for each operation and check; ``folder`` takes what it writes."""
    program = str(Path(sys.executable).with_name("schemathesis"))
    options = [*COMMAND.split(), "--max-examples", str(examples)]
    finished = subprocess.run(
        [program, *options, f"{url}/api/v1/openapi.json"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SCHEMATHESIS_HOOKS": "tests.web.contract_hooks",
        },
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "3 covered / 3 selected" in finished.stdout
