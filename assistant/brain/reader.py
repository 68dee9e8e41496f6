"""A message read whole and sentence by sentence: the signals as probabilities."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from assistant.brain import heads as learned
from assistant.brain.average import blend
from assistant.brain.heard import Heard, heard_of
from assistant.brain.sentences import sentences
from assistant.brain.text_kernel import TextKernel, views_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.brain.ears import Ears
    from assistant.brain.encoder import Encoder, Matrix
    from assistant.brain.examples import Example

SENTENCE_DOORS = 0.1
"""How much the loudest sentence counts for a door, against the whole message (measured)."""


class Reader:
    """Reads messages with heads that were learned from examples, and with the fine-tuned ears."""

    def __init__(
        self, encoder: Encoder, kernel: TextKernel, heads: learned.Heads, ears: Ears | None
    ) -> None:
        """Put the parts together; without `ears` the kernel heads are heard alone."""
        self._encoder, self._kernel, self._heads = encoder, kernel, heads
        self._ears = ears

    @classmethod
    def learn(
        cls, encoder: Encoder, examples: Sequence[Example], ears: Ears | None = None
    ) -> Reader:
        """Learn from `examples`; about 10 s for 4,500 once their vectors are known."""
        texts = [example.text for example in examples]
        kernel = TextKernel.fit(texts, views_of(encoder, texts))
        return cls(encoder, kernel, learned.learn(kernel.among_itself(), examples), ears)

    def hear(self, text: str) -> Heard:
        """Read one message."""
        return self.hear_all([text])[0]

    def hear_all(self, texts: Sequence[str]) -> list[Heard]:
        """Read several messages; much quicker than one by one, with the same result."""
        heard = self._hear_by_kernel(texts)
        if self._ears is None:
            return heard
        pairs = zip(heard, self._ears.hear_all(texts), strict=True)
        return [blend(kernel, ears) for kernel, ears in pairs]

    def _hear_by_kernel(self, texts: Sequence[str]) -> list[Heard]:
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
        rows = (pool(found["doors"], SENTENCE_DOORS), found["signals"][0], found["acts"][0])
        named = (
            zip(names, row, strict=True) for names, row in zip(self._heads.names, rows, strict=True)
        )
        return heard_of(*map(dict, named))

    def save(self, path: Path) -> None:
        """Write everything learned to one file, arrays only."""
        kernel = {f"kernel_{name}": value for name, value in self._kernel.to_arrays().items()}
        buffer = io.BytesIO()
        np.savez(buffer, **kernel, **learned.to_arrays(self._heads))
        path.write_bytes(buffer.getvalue())

    @classmethod
    def load(cls, encoder: Encoder, path: Path, ears: Ears | None = None) -> Reader:
        """Read what `save` wrote; raises when the file is missing, cut or of another version."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        kernel = {
            name.removeprefix("kernel_"): value
            for name, value in arrays.items()
            if name.startswith("kernel_")
        }
        return cls(encoder, TextKernel.from_arrays(kernel), learned.from_arrays(arrays), ears)


def pool(rows: Matrix, weight: float) -> Matrix:
    """Mix the whole message (the first row) with the loudest of its sentences (the others)."""
    loudest = rows[1:].max(axis=0) if len(rows) > 1 else rows[0]
    return np.asarray((1 - weight) * rows[0] + weight * loudest)


def _several(parts: list[str]) -> list[str]:
    """Return the sentences, or none where the only one is the message itself."""
    return parts if len(parts) > 1 else []
