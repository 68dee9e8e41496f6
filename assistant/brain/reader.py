"""A message read by both readers: the heads that learned its spelling, and the fine-tuned ears."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from assistant.brain import heads as learned
from assistant.brain.average import blend
from assistant.brain.heard import Heard, heard_of
from assistant.brain.pieces import pieces_of, together
from assistant.brain.text_kernel import TextKernel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.brain.ears import Ears
    from assistant.brain.examples import Example
    from assistant.brain.model_files import Matrix


class Reader:
    """Reads messages with heads that were learned from examples, and with the fine-tuned ears."""

    def __init__(self, kernel: TextKernel, heads: learned.Heads, ears: Ears | None) -> None:
        """Put the parts together; without `ears` the kernel heads are heard alone."""
        self._kernel, self._heads, self._ears = kernel, heads, ears

    @classmethod
    def learn(cls, examples: Sequence[Example], ears: Ears | None = None) -> Reader:
        """Learn from `examples`; about half a minute for 10,000."""
        kernel = TextKernel.fit([example.text for example in examples])
        return cls(kernel, learned.learn(kernel.among_itself(), examples), ears)

    def hear(self, text: str) -> Heard:
        """Read one message."""
        return self.hear_all([text])[0]

    def hear_all(self, texts: Sequence[str]) -> list[Heard]:
        """Read several messages; much quicker than one by one, with the same result."""
        pieces = [pieces_of(text) for text in texts]
        heard = iter(self._hear_pieces([piece for several in pieces for piece in several]))
        return [together([next(heard) for _ in several]) for several in pieces]

    def _hear_pieces(self, texts: Sequence[str]) -> list[Heard]:
        heard = self._hear_by_kernel(texts)
        if self._ears is None:
            return heard
        pairs = zip(heard, self._ears.hear_all(texts), strict=True)
        return [blend(kernel, ears) for kernel, ears in pairs]

    def _hear_by_kernel(self, texts: Sequence[str]) -> list[Heard]:
        found = self._heads.read(self._kernel.with_new(texts))
        groups = (found["doors"], found["signals"], found["acts"])
        return [self._heard(rows) for rows in zip(*groups, strict=True)]

    def _heard(self, rows: tuple[Matrix, ...]) -> Heard:
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
    def load(cls, path: Path, ears: Ears | None = None) -> Reader:
        """Read what `save` wrote; raises when the file is missing, cut or of another version."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        kernel = {
            name.removeprefix("kernel_"): value
            for name, value in arrays.items()
            if name.startswith("kernel_")
        }
        return cls(TextKernel.from_arrays(kernel), learned.from_arrays(arrays), ears)
