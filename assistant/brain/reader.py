"""A message read whole and sentence by sentence: the signals as probabilities."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.brain import heads as learned
from assistant.brain.sentences import sentences
from assistant.brain.text_kernel import TextKernel, views_of
from assistant.casework.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.brain.encoder import Encoder, Matrix
    from assistant.brain.examples import Example

SENTENCE_DOORS = 0.1
"""How much the loudest sentence counts for a door, against the whole message (measured)."""
KINDS = ("topics", "about", "wanted", "tried", "risk")
ABUSE = "abuse"
DIGITS = 3


@dataclass(frozen=True)
class Heard:
    """What the heads say of one message: its acts best first, and the other signals."""

    acts: tuple[tuple[str, float], ...]
    reading: Reading


class Reader:
    """Reads messages with heads that were learned from examples."""

    def __init__(self, encoder: Encoder, kernel: TextKernel, heads: learned.Heads) -> None:
        """Put the three parts together."""
        self._encoder, self._kernel, self._heads = encoder, kernel, heads

    @classmethod
    def learn(cls, encoder: Encoder, examples: Sequence[Example]) -> Reader:
        """Learn from `examples`; about 10 s for 4,500 once their vectors are known."""
        texts = [example.text for example in examples]
        kernel = TextKernel.fit(texts, views_of(encoder, texts))
        return cls(encoder, kernel, learned.learn(kernel.among_itself(), examples))

    def hear(self, text: str) -> Heard:
        """Read one message."""
        return self.hear_all([text])[0]

    def hear_all(self, texts: Sequence[str]) -> list[Heard]:
        """Read several messages; much quicker than one by one, with the same result."""
        parts = [[text, *_several(sentences(text))] for text in texts]
        flat = [part for each in parts for part in each]
        found = self._heads.read(self._kernel.with_new(flat, views_of(self._encoder, flat)))
        ends = np.cumsum([len(each) for each in parts])
        return [
            self._heard({group: rows[end - len(each) : end] for group, rows in found.items()})
            for each, end in zip(parts, ends, strict=True)
        ]

    def _heard(self, found: dict[str, Matrix]) -> Heard:
        """Put one message together: the whole in the first row, its sentences in the others."""
        acts = self._named(2, found["acts"][0])
        ranked = tuple(sorted(acts.items(), key=lambda pair: -pair[1]))
        reading = Reading(
            act=ranked[0][0],
            confidence=ranked[0][1],
            doors=self._named(0, pool(found["doors"], SENTENCE_DOORS)),
        )
        return Heard(ranked, replace(reading, **_by_kind(self._named(1, found["signals"][0]))))

    def _named(self, group: int, values: Matrix) -> dict[str, float]:
        pairs = zip(self._heads.names[group], values.tolist(), strict=True)
        return {name: round(value, DIGITS) for name, value in pairs}

    def save(self, path: Path) -> None:
        """Write everything learned to one file, arrays only."""
        kernel = {f"kernel_{name}": value for name, value in self._kernel.to_arrays().items()}
        buffer = io.BytesIO()
        np.savez(buffer, **kernel, **learned.to_arrays(self._heads))
        path.write_bytes(buffer.getvalue())

    @classmethod
    def load(cls, encoder: Encoder, path: Path) -> Reader:
        """Read what `save` wrote; raises when the file is missing, cut or of another version."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        kernel = {
            name.removeprefix("kernel_"): value
            for name, value in arrays.items()
            if name.startswith("kernel_")
        }
        return cls(encoder, TextKernel.from_arrays(kernel), learned.from_arrays(arrays))


def pool(rows: Matrix, weight: float) -> Matrix:
    """Mix the whole message (the first row) with the loudest of its sentences (the others)."""
    loudest = rows[1:].max(axis=0) if len(rows) > 1 else rows[0]
    return np.asarray((1 - weight) * rows[0] + weight * loudest)


def _several(parts: list[str]) -> list[str]:
    """Return the sentences, or none where the only one is the message itself."""
    return parts if len(parts) > 1 else []


def _by_kind(signals: dict[str, float]) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        kind: {
            name.removeprefix(f"{kind}:"): value
            for name, value in signals.items()
            if name.startswith(f"{kind}:")
        }
        for kind in KINDS
    }
    return {**kinds, ABUSE: signals.get(ABUSE, 0.0)}
