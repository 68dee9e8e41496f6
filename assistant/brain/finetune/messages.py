"""The messages to learn from, and their batches: alike in length, in an order drawn by a seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import yaml

from assistant.brain.examples import Example, example_of
from assistant.brain.language_data import FOLDER, read_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

NLU = "data/nlu"
BATCH = 16
SHUFFLED_TOGETHER = 20 * BATCH
"""Messages are sorted by length among so many, so that little is padded and order stays chance."""


def read_examples(root: Path, without: Collection[str]) -> list[Example]:
    """Return the labelled language without some hands, and the trainers' examples of `data/nlu`."""
    rows = read_folder(root / FOLDER)
    kept = [example_of(row) for row in rows if row.hand not in without]
    return [*kept, *_trainers_examples(root / NLU)]


def part_of(examples: list[Example], part: float) -> list[Example]:
    """Return a share of the messages, drawn by a seed: for the learning curve."""
    if part >= 1:
        return examples
    return random.Random(0).sample(examples, round(part * len(examples)))  # noqa: S311  # no secret


def _trainers_examples(folder: Path) -> list[Example]:
    """Return messages with their intent alone: the other labels learn nothing from them."""
    return [
        Example(line.strip().removeprefix("- "), item["intent"])
        for path in sorted(folder.glob("*.yml"))
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if "intent" in item
        for line in item["examples"].splitlines()
        if line.strip()
    ]


def batches(lengths: Sequence[int], chance: random.Random) -> list[list[int]]:
    """Return one pass over all places, `BATCH` at a time, neighbours alike in length."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    groups = []
    for start in range(0, len(order), SHUFFLED_TOGETHER):
        chunk = sorted(order[start : start + SHUFFLED_TOGETHER], key=lambda each: lengths[each])
        cut = [chunk[place : place + BATCH] for place in range(0, len(chunk), BATCH)]
        chance.shuffle(cut)
        groups += cut
    return groups
