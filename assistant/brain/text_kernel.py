"""How alike two messages are in their spelling: the words and the letter groups they share.

The similarity of two messages is the sum of the inner products of their TF-IDF words and letter
groups. Meaning is heard by the fine-tuned ears; likeness of sentence vectors beside them was
measured and gave nothing (see the decisions).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from assistant.brain.model_files import Matrix

TOGETHER = 500
"""Messages that are compared at once."""
_SPELLINGS: tuple[dict[str, Any], ...] = (
    {"ngram_range": (1, 2), "min_df": 1, "sublinear_tf": True},
    {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2, "sublinear_tf": True},
)


@dataclass(frozen=True)
class TextKernel:
    """The messages that were learned from, ready to be compared with."""

    spellings: tuple[sparse.csr_matrix, ...]  # (terms, learned): this way round a product is quick
    vectorizers: tuple[TfidfVectorizer, ...]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> TextKernel:
        """Learn the spelling weights of `texts`."""
        vectorizers = tuple(TfidfVectorizer(dtype=np.float32, **rules) for rules in _SPELLINGS)
        return cls(tuple(each.fit_transform(texts).T.tocsr() for each in vectorizers), vectorizers)

    def among_itself(self) -> Matrix:
        """Return the similarities of the learned messages: (learned, learned)."""
        return self._compare(tuple(each.T.tocsr() for each in self.spellings))

    def with_new(self, texts: Sequence[str]) -> Matrix:
        """Return the similarities of new `texts` to the learned ones: (texts, learned)."""
        return self._compare(tuple(each.transform(texts) for each in self.vectorizers))

    def _compare(self, new: tuple[sparse.csr_matrix, ...]) -> Matrix:
        """Multiply in several threads where there is much: scipy's products hold no lock."""
        count = new[0].shape[0]
        total = np.empty((count, self.spellings[0].shape[1]), np.float32)
        parts = [slice(start, start + TOGETHER) for start in range(0, count, TOGETHER)]

        def fill(part: slice) -> None:
            pairs = zip(new, self.spellings, strict=True)
            total[part] = sum((left[part] @ known).toarray() for left, known in pairs)

        if count == 1:
            total[0] = sum(map(_one_row, new, self.spellings))
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(fill, parts))
        return total

    def to_arrays(self) -> dict[str, Any]:
        """Return everything as arrays that `numpy.savez` keeps without pickling."""
        arrays: dict[str, Any] = {}
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
            tuple(_stored_matrix(arrays, place) for place in places),
            tuple(_stored_vectorizer(arrays, place) for place in places),
        )


def _one_row(row: sparse.csr_matrix, known: sparse.csr_matrix) -> Matrix:
    """Return `row @ known`, quicker than scipy's product where the row is one message."""
    terms = known[row.indices]
    values = terms.data * np.repeat(row.data, np.diff(terms.indptr))
    return np.bincount(terms.indices, values, known.shape[1]).astype(np.float32)


def _stored_matrix(arrays: Mapping[str, Any], place: int) -> sparse.csr_matrix:
    parts = tuple(arrays[f"{part}{place}"] for part in ("data", "indices", "indptr"))
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"shape{place}"]))


def _stored_vectorizer(arrays: Mapping[str, Any], place: int) -> TfidfVectorizer:
    terms = {term: index for index, term in enumerate(arrays[f"terms{place}"].tolist())}
    vectorizer = TfidfVectorizer(dtype=np.float32, vocabulary=terms, **_SPELLINGS[place])
    vectorizer.idf_ = arrays[f"idf{place}"]
    return vectorizer
