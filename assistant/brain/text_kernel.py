"""How alike two messages are: four views of their sentence vectors and two of their spelling.

The similarity of messages a and b is a sum of radial kernels ``exp(-(2 - 2 cos))`` over the vectors
of the whole message, the mean of its sentences, its last and its first sentence, plus the inner
products of their TF-IDF words and letter groups. Chosen on held-out hands (`python -m
assistant.brain.measure`): the vectors alone accept 63 %, with the spelling 67 %, all six 68 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.brain.encoder import unit
from assistant.brain.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from assistant.brain.encoder import Encoder, Matrix

VIEW_WEIGHTS = (1.0, 1.0, 0.5, 0.5)  # whole, mean of the sentences, last, first
_SPELLINGS: tuple[dict[str, Any], ...] = (
    {"ngram_range": (1, 2), "min_df": 1, "sublinear_tf": True},
    {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2, "sublinear_tf": True},
)


def all_texts(texts: Sequence[str]) -> list[str]:
    """Return, once each, every text that the views of `texts` encode: messages and sentences."""
    return list(dict.fromkeys(part for text in texts for part in (text, *sentences(text))))


def views_of(encoder: Encoder, texts: Sequence[str]) -> Matrix:
    """Return the four views of each text: (texts, 4, width), rows of length 1."""
    needed = all_texts(texts)
    vectors = dict(zip(needed, encoder.encode(needed), strict=True))
    views = [
        _four_views(vectors[text], [vectors[part] for part in sentences(text)]) for text in texts
    ]
    return np.array(views, np.float32).reshape(-1, len(VIEW_WEIGHTS), encoder.width)


def _four_views(whole: Matrix, each: list[Matrix]) -> Matrix:
    mean = unit(np.mean(each, axis=0, keepdims=True))[0]
    return np.stack([whole, mean, each[-1], each[0]])


@dataclass(frozen=True)
class TextKernel:
    """The messages that were learned from, ready to be compared with."""

    views: Matrix
    spellings: tuple[sparse.csr_matrix, ...]  # (terms, learned): this way round a product is quick
    vectorizers: tuple[TfidfVectorizer, ...]

    @classmethod
    def fit(cls, texts: Sequence[str], views: Matrix) -> TextKernel:
        """Learn the spelling weights of `texts` and keep their `views`, rounded as in the file."""
        vectorizers = tuple(TfidfVectorizer(dtype=np.float32, **rules) for rules in _SPELLINGS)
        spellings = tuple(each.fit_transform(texts).T.tocsr() for each in vectorizers)
        return cls(views.astype(np.float16).astype(np.float32), spellings, vectorizers)

    def among_itself(self) -> Matrix:
        """Return the similarities of the learned messages: (learned, learned)."""
        return self._compare(self.views, tuple(each.T.tocsr() for each in self.spellings))

    def with_new(self, texts: Sequence[str], views: Matrix) -> Matrix:
        """Return the similarities of new `texts` to the learned ones: (texts, learned)."""
        return self._compare(views, tuple(each.transform(texts) for each in self.vectorizers))

    def _compare(self, views: Matrix, spellings: tuple[sparse.csr_matrix, ...]) -> Matrix:
        total = np.zeros((len(views), len(self.views)), np.float32)
        for view, weight in enumerate(VIEW_WEIGHTS):
            total += weight * np.exp(2 * (views[:, view] @ self.views[:, view].T) - 2)
        for new, known in zip(spellings, self.spellings, strict=True):
            total += (new @ known).toarray()
        return total

    def to_arrays(self) -> dict[str, Any]:
        """Return everything as arrays that `numpy.savez` keeps without pickling."""
        arrays: dict[str, Any] = {"views": self.views.astype(np.float16)}
        for place, (matrix, vectorizer) in enumerate(
            zip(self.spellings, self.vectorizers, strict=True)
        ):
            arrays[f"terms{place}"] = np.array(
                sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
            )
            arrays[f"idf{place}"] = vectorizer.idf_
            arrays |= {
                f"{part}{place}": getattr(matrix, part)
                for part in ("data", "indices", "indptr", "shape")
            }
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> TextKernel:
        """Read what `to_arrays` wrote; raises `KeyError` when a part is missing."""
        places = range(len(_SPELLINGS))
        return cls(
            arrays["views"].astype(np.float32),
            tuple(_stored_matrix(arrays, place) for place in places),
            tuple(_stored_vectorizer(arrays, place) for place in places),
        )


def _stored_matrix(arrays: Mapping[str, Any], place: int) -> sparse.csr_matrix:
    parts = tuple(arrays[f"{part}{place}"] for part in ("data", "indices", "indptr"))
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"shape{place}"]))


def _stored_vectorizer(arrays: Mapping[str, Any], place: int) -> TfidfVectorizer:
    terms = {term: index for index, term in enumerate(arrays[f"terms{place}"].tolist())}
    vectorizer = TfidfVectorizer(dtype=np.float32, vocabulary=terms, **_SPELLINGS[place])
    vectorizer.idf_ = arrays[f"idf{place}"]
    return vectorizer
