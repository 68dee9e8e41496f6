"""The labelled messages that every contender learns from, or an even part of them."""

from __future__ import annotations

import argparse
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.evaluation.lines import read_rows
from assistant.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.evaluation.lines import Row

LANGUAGE = ROOT / "data" / "language"
FEWEST = 2
"""Examples that a class keeps in the smallest part; Rasa warns of fewer."""


def read_part(text: str) -> float:
    """Read a part as it is typed; raises `ArgumentTypeError` for what is none."""
    with suppress(ValueError):
        if 0 < (part := float(text)) <= 1:
            return part
    message = f"{text!r} is no part: it must be over 0 and at most 1"
    raise argparse.ArgumentTypeError(message)


def read_language(part: float = 1.0, folder: Path = LANGUAGE) -> list[Row]:
    """Return the rows of all files, each text once and the fuller row of two, or a part of them.

    ``part`` (over 0, at most 1) is taken evenly from each channel, the same rows every time.
    """
    rows: dict[str, Row] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_rows(path, ("text", "channel")):
            if "act" in row or row["text"] not in rows:
                rows[row["text"]] = row
    return list(rows.values()) if part >= 1 else _evenly(list(rows.values()), part)


def _evenly(rows: Sequence[Row], part: float) -> list[Row]:
    channels: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        channels[row["channel"]].append(row)
    return [row for group in channels.values() for row in _spread(group, part)]


def _spread(group: Sequence[Row], part: float) -> list[Row]:
    count = min(len(group), max(FEWEST, round(len(group) * part)))
    return [group[place * len(group) // count] for place in range(count)]
