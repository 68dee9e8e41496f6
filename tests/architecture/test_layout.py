"""The top level of the project is fixed (design, section 5)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from assistant.settings import ROOT

TOP_LEVEL = {
    "README.md",
    "actions",
    "assistant",
    "config.yml",
    "data",
    "domain.yml",
    "models",
    "pyproject.toml",
    "tests",
}


def test_nothing_else_stands_at_the_top_but_dot_files(
    need_program: Callable[[str], Path],
) -> None:
    command = [need_program("git"), "-C", ROOT, "ls-files"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    top = {name.partition("/")[0] for name in listed.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL
