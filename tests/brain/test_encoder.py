"""The sentence encoder and its cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.brain.embedding_cache import CachedEncoder
from assistant.brain.encoder import (
    TOKENIZER,
    EncoderError,
    MiniLmEncoder,
    checked_file,
)

# Cosines of these pairs with the published all-MiniLM-L6-v2 weights lie in these ranges.
NEAR = ("My son is being bullied at school.", "Other kids keep picking on my boy in class.")
FAR = ("My son is being bullied at school.", "What time does the office open?")


@pytest.fixture(scope="module")
def encoder() -> MiniLmEncoder:
    return MiniLmEncoder()


def test_vectors_have_length_one_and_the_same_text_gives_the_same(encoder: MiniLmEncoder) -> None:
    first, second = encoder.encode([NEAR[0], NEAR[0]])
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert np.allclose(first, second, atol=1e-6)


def test_a_text_reads_alike_alone_and_beside_longer_ones(encoder: MiniLmEncoder) -> None:
    alone = encoder.encode([NEAR[0]])[0]
    beside = encoder.encode([NEAR[0], "A much longer message. " * 30])[0]
    assert alone @ beside > 0.9999


def test_likeness_of_meaning_is_that_of_the_published_weights(encoder: MiniLmEncoder) -> None:
    near, far = (float(np.prod(encoder.encode(pair), axis=0).sum()) for pair in (NEAR, FAR))
    assert near > 0.55
    assert far < 0.35


def test_no_texts_give_no_rows(encoder: MiniLmEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_an_altered_file_is_refused() -> None:
    with pytest.raises(EncoderError, match="not the file that was checked"):
        checked_file(*TOKENIZER, sha256="0" * 64)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(EncoderError, match="no_such_package"):
        checked_file("no_such_package", "x", sha256="")


class CountingEncoder:
    """A null encoder: a vector of the text's length, and a count of what was asked."""

    name, width = "counting", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], np.float32)


def test_a_second_training_encodes_only_new_sentences(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.npz"
    first = CachedEncoder(CountingEncoder(), path)
    first.encode(["old", "older"])
    first.keep(["old", "older"])
    behind = CountingEncoder()
    assert CachedEncoder(behind, path).encode(["new", "old"]).tolist() == [[3, 1], [3, 1]]
    assert behind.asked == ["new"]


def test_the_cache_holds_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.npz"
    cache = CachedEncoder(CountingEncoder(), path)
    cache.encode(["a private sentence"])
    cache.keep(["a private sentence"])
    assert b"private" not in path.read_bytes()


def test_a_damaged_cache_starts_empty(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.npz"
    path.write_bytes(b"not a cache")
    assert CachedEncoder(CountingEncoder(), path).encode(["four"]).tolist() == [[4, 1]]
