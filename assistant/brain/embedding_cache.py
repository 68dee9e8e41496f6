"""Vectors kept by content, so that a second training reads only the sentences that are new."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.settings import HOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.brain.encoder import Encoder, Matrix

CACHE = HOME / "cache" / "embeddings.npz"


class CachedEncoder:
    """An encoder that remembers, in one file, what `keep` was asked to save.

    The file holds SHA-256 digests and vectors, never a sentence.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        """Open the cache at `path`; one of another encoder, or a damaged one, starts empty."""
        self.name, self.width = encoder.name, encoder.width
        self._encoder, self._path = encoder, path
        self._known = _read(path, encoder.name)
        self.fresh = 0

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return one row of `width` floats for each text; encodes each unknown text once."""
        keys = [_digest(text) for text in texts]
        unknown = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
        }
        if unknown:
            vectors = self._encoder.encode(list(unknown.values()))
            self._known.update(zip(unknown, vectors, strict=True))
            self.fresh += len(unknown)
        return np.array([self._known[key] for key in keys], np.float32).reshape(-1, self.width)

    def keep(self, texts: Iterable[str]) -> None:
        """Save the vectors of `texts` and forget all others; the file is replaced in one step."""
        keys = sorted({_digest(text) for text in texts} & self._known.keys())
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self._path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            vectors = np.array([self._known[key] for key in keys], np.float32)
            np.savez(file, name=self.name, keys=np.array(keys, "S32"), vectors=vectors)
        Path(draft).replace(self._path)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32].encode()


def _read(path: Path, name: str) -> dict[bytes, Matrix]:
    try:
        with np.load(path) as stored:
            if str(stored["name"]) != name:
                return {}
            return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}
