"""Brings a mistyped or disguised word back to the word that a phrase knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DISGUISES = str.maketrans("0134578@$!*+", "oieastba" + "siit")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_SHORTEST_MISSPELT = 6
_SHORTEST_DISGUISED = 3
_LONGEST = 24


class Speller:
    """Corrects words against a vocabulary.

    ``shorthand`` maps text-speak to plain words (``ur`` to ``your``). Only the words of
    ``often_misspelt`` are matched at an edit distance of one, and only with the right first
    letter, because most short words have an innocent neighbour (locked and looked). Neighbours are
    found by deletion (W. Garbe, SymSpell, 2012), one dictionary lookup a letter.
    """

    def __init__(
        self,
        vocabulary: Iterable[str],
        shorthand: Mapping[str, str],
        often_misspelt: Iterable[str],
    ) -> None:
        self._vocabulary = frozenset(vocabulary)
        self._shorthand = {short: full.split() for short, full in shorthand.items()}
        self._neighbours: dict[str, str] = {}
        for word in often_misspelt:
            for shorter in (word, *_one_letter_less(word)):
                self._neighbours.setdefault(shorter, word)

    def spell(self, word: str) -> list[str]:
        """Return the plain word or words that ``word`` stands for; itself when unknown."""
        if word in self._shorthand:
            return self._shorthand[word]
        if word in self._vocabulary or len(word) > _LONGEST:
            return [word]
        for candidate in self._guesses(word):
            if candidate in self._vocabulary:
                return [candidate]
        return [word]

    def _guesses(self, word: str) -> Iterator[str]:
        if _LONG_RUN.search(word):
            yield _LONG_RUN.sub(r"\1\1", word)
            yield _LONG_RUN.sub(r"\1", word)
        if len(word) >= _SHORTEST_DISGUISED and not word.isalpha() and not word[0].isdigit():
            yield word.translate(_DISGUISES)
        if len(word) >= _SHORTEST_MISSPELT - 1:
            yield from self._misspelt(word)

    def _misspelt(self, word: str) -> Iterator[str]:
        for shorter in (word, *_one_letter_less(word)):
            meant = self._neighbours.get(shorter)
            if meant and meant[0] == word[0] and abs(len(meant) - len(word)) <= 1:
                yield meant


def _one_letter_less(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))
