"""One line for every training, beside the models: when, who, what came of it, and why."""

from __future__ import annotations

import getpass
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LOG = "trainings.jsonl"


def note_training(folder: Path, **what: Any) -> None:  # noqa: ANN401 - JSON of any shape
    """Append a line to the log in ``folder``; it stays after the models it tells of."""
    line = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "who": _who(), **what}
    with (folder / LOG).open("a", encoding="utf-8") as log:
        log.write(json.dumps(line, ensure_ascii=False) + "\n")


def _who() -> str:
    """Return the user of this machine; a container may know a number only."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
