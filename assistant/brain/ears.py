"""The fine-tuned ears: MiniLM trained on all labels at once, int8, one file in `models/`.

Made by `python -m assistant.brain.finetune`; loaded only when its SHA-256 is the known one. The
names of its labels travel inside it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from assistant.brain.heard import Heard, heard_of
from assistant.brain.model_files import ModelFileError, session_of, tokenizer, unaltered
from assistant.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.brain.model_files import Matrix

EARS_SHA256 = "84ded33558fc9d74a1ff3b4afab96eb95f9d9b04444ff7622e6ce274b4e60d5d"
EARS = ROOT / "models" / f"ears-{EARS_SHA256[:12]}.onnx"
GROUPS = ("doors", "signals", "acts")
"""What is read of the file; its `best`, one door of all, was learned beside them and adds nothing
to the doors on held-out hands."""


class Ears:
    """Says what it hears in a message. About 60 MB resident, 3-20 ms a message on one core."""

    def __init__(self, path: Path = EARS, sha256: str = EARS_SHA256) -> None:
        """Load the file; raises `ModelFileError` when it is missing or altered."""
        self._session = session_of(_checked(path, sha256))
        self._tokenizer = tokenizer()
        inside = self._session.get_modelmeta().custom_metadata_map
        self._names = [json.loads(inside[group]) for group in GROUPS]

    def hear_all(self, texts: Sequence[str]) -> list[Heard]:
        """Read messages one at a time: int8 rounding depends on what else is in a batch."""
        return [self._hear(text) for text in texts]

    def _hear(self, text: str) -> Heard:
        tokens = np.array([self._tokenizer.encode(text).ids], np.int64)
        feeds = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        doors, signals, acts = (odds[0] for odds in self._session.run(GROUPS, feeds))
        shares = _sigmoid(doors), _sigmoid(signals), _softmax(acts)
        named = (zip(*pair, strict=True) for pair in zip(self._names, shares, strict=True))
        return heard_of(*map(dict, named))


def _checked(path: Path, sha256: str) -> Path:
    if not path.is_file():
        message = f"{path.name} is missing from models/: fetch the project again."
        raise ModelFileError(message)
    return unaltered(path, sha256)


def _sigmoid(odds: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-odds)))


def _softmax(odds: Matrix) -> Matrix:
    powers = np.exp(odds - odds.max())
    return np.asarray(powers / powers.sum())
