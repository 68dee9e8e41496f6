"""Training messages as numbers: which labels are true, and for which messages that is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.brain.language_data import DOORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from assistant.brain.language_data import Row
    from assistant.brain.model_files import Matrix

FEWEST = 8
"""A signal with fewer true examples is not learned."""
SECOND_DOOR = 0.6
"""How true a second-best door is, against 1 for the best."""


@dataclass(frozen=True)
class Example:
    """A message with what is known of it: its act, its doors and signals, or only one of them."""

    text: str
    act: str | None = None
    signals: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Labels:
    """A group of labels that are known for the same messages.

    ``values`` is (messages, names) from 0 to 1 and means nothing where ``known`` is false.
    """

    names: tuple[str, ...]
    values: Matrix
    known: NDArray[np.bool_]


def example_of(row: Row) -> Example:
    """Return a row of the labelled language as the ears learn from it."""
    signals = {"channel": row.channel, "also": row.also, **(row.signals or {})}
    return Example(row.text, row.act, signals)


def door_labels(examples: Sequence[Example]) -> Labels:
    """Return the channel codes: 1 for the best door, `SECOND_DOOR` for the others accepted."""
    values = np.zeros((len(examples), len(DOORS)), np.float32)
    for row, example in enumerate(examples):
        if example.signals is not None:
            for door in example.signals["also"]:
                values[row, DOORS.index(door)] = SECOND_DOOR
            values[row, DOORS.index(example.signals["channel"])] = 1.0
    return Labels(DOORS, values, np.array([each.signals is not None for each in examples]))


def signal_labels(examples: Sequence[Example]) -> Labels:
    """Return every signal as `kind:value` (`about:teacher`), and `abuse`."""
    found = [_signal_names(example) for example in examples]
    return _labels(found, np.array([_is_full(example) for example in examples]), FEWEST)


def act_labels(examples: Sequence[Example]) -> Labels:
    """Return the acts, one true for each message that has one."""
    found = [{example.act} if example.act else set() for example in examples]
    return _labels(found, np.array([example.act is not None for example in examples]), 1)


def _labels(found: Sequence[set[str]], known: NDArray[np.bool_], fewest: int) -> Labels:
    counts = Counter(name for names in found for name in names)
    names = tuple(sorted(name for name, count in counts.items() if count >= fewest))
    values = np.array([[name in each for name in names] for each in found], np.float32)
    return Labels(names, values, known)


def _is_full(example: Example) -> bool:
    return example.signals is not None and "risk" in example.signals


def _signal_names(example: Example) -> set[str]:
    if example.signals is None or not _is_full(example):
        return set()
    names = {f"risk:{example.signals['risk']}"} | ({"abuse"} if example.signals["abuse"] else set())
    for kind in ("topics", "about", "wanted", "tried"):
        names |= {f"{kind}:{value}" for value in example.signals[kind]}
    return names
