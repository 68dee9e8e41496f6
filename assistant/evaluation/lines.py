"""Reads the files that the measuring verbs are given: one JSON object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assistant.bootstrap.progress import SetupError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Row = dict[str, Any]


class BadLinesError(SetupError):
    """A file cannot be measured against; the message names the file, the line and what is wrong."""


def read_rows(path: Path, needed: Sequence[str]) -> list[Row]:
    """Return the objects of a JSON Lines file, each holding at least the ``needed`` keys.

    Raises ``BadLinesError`` also for an empty file: a measurement of nothing would look perfect.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise BadLinesError(message) from error
    rows = [
        _row(path, number, line, needed) for number, line in enumerate(lines, 1) if line.strip()
    ]
    if not rows:
        message = f"{path} holds no lines, so there is nothing to measure."
        raise BadLinesError(message)
    return rows


def _row(path: Path, number: int, line: str, needed: Sequence[str]) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"{path}, line {number}: this is not JSON ({error.msg})."
        raise BadLinesError(message) from error
    missing = [name for name in needed if not isinstance(row, dict) or name not in row]
    if missing:
        message = f"{path}, line {number}: it lacks {', '.join(missing)}."
        raise BadLinesError(message)
    return dict(row)


def write_json(path: Path, report: dict[str, Any]) -> None:
    """Write a report for programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")
