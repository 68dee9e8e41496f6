"""Finds thousands of phrases in a row of words, in time proportional to the number of words.

Algorithm: bit-parallel Shift-And with optional positions (Navarro and Raffinot, *Flexible Pattern
Matching in Strings*, 2002, §4.2). The places of all phrases are bits of one integer, so there is
no backtracking and nothing a writer sends can make it slow. Before that, one addition over the
words of the row tells which phrases have all their words there at all; few have.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.casework.phrases import END, START, Place, Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEW = 12
"""Phrases; up to so many are followed one by one, more all together."""


@dataclass(frozen=True)
class Found:
    """Phrase number ``phrase`` stands at words ``start`` to ``end`` (both included)."""

    phrase: int
    start: int
    end: int


class PhraseFinder:
    """Finds any of ``phrases`` in a row of words; a gap never stretches over ``denying`` words."""

    def __init__(self, phrases: Sequence[Places], denying: frozenset[str]) -> None:
        self._phrases = phrases
        self._denying = denying
        self._all = _Automaton(phrases, denying)
        self._alone = cache(lambda number: _Automaton([phrases[number]], denying))

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that some phrase names."""
        return frozenset(self._all.masks)

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Yield each phrase wherever it ends, with its nearest beginning."""
        likely = self._all.phrases_with_all_words_in(words)
        if len(likely) > _FEW:
            ends = self._all.ends(words)
        else:
            ends = ((n, end) for n in likely for _, end in self._alone(n).ends(words))
        for number, end in ends:
            yield Found(number, self._start(number, words, end), end)

    def _start(self, phrase: int, words: Sequence[str], end: int) -> int:
        """Walk the phrase backwards from ``end``; return the nearest word it can begin at."""
        places = self._phrases[phrase]
        alive, position = {len(places) - 1}, end
        while True:
            reached = {i for i in alive if self._fits(places[i], words[position])}
            if 0 in reached:
                return position
            alive = {j for i in reached for j in _places_before(places, i)}
            position -= 1

    def _fits(self, place: Place, word: str) -> bool:
        if place.words is None:
            return word not in self._denying and word not in (START, END)
        return word in place.words


def _places_before(places: Places, index: int) -> Iterator[int]:
    """Yield the places that may hold the word before that of ``index``."""
    for before in range(index - 1, -1, -1):
        yield before
        if not places[before].optional:
            return


class _Automaton:
    """The places of some phrases as bits, lowest first, phrase after phrase."""

    def __init__(self, phrases: Sequence[Places], denying: frozenset[str]) -> None:
        self.masks: dict[str, int] = {}
        self._phrase_at: dict[int, int] = {}
        self._any = self._starts = self._last = self._needed = 0
        self._optional = self._before_optional = self._last_optional = 0
        bits = 0
        for number, places in enumerate(phrases):
            self._lay_out(places, bits)
            bits += len(places)
            self._phrase_at[bits] = number
        self._not_last = ((1 << bits) - 1) & ~self._last
        self._fill_masks(phrases, denying)

    def ends(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield (number of the phrase, position of its last word)."""
        masks, starts, unnamed = self.masks, self._starts, self._any
        state = 0
        for position, word in enumerate(words):
            state = ((state << 1) | starts) & masks.get(word, unnamed)
            if state:
                full = state | self._last_optional
                state |= self._optional & (~(full - self._before_optional) ^ full)
                for number in self._phrases_of(state & self._last):
                    yield number, position

    def phrases_with_all_words_in(self, words: Sequence[str]) -> list[int]:
        """Return the phrases of which no needed place is without a word, in whatever order.

        A missing place below a phrase's last bit makes the addition carry into that last bit.
        """
        present = 0
        for word in set(words):
            present |= self.masks.get(word, 0)
        missing = self._needed & ~present
        incomplete = ((missing & self._not_last) + self._not_last) | missing
        return list(self._phrases_of(self._last & ~incomplete))

    def _phrases_of(self, last_bits: int) -> Iterator[int]:
        while last_bits:
            lowest = last_bits & -last_bits
            yield self._phrase_at[lowest.bit_length()]
            last_bits ^= lowest

    def _lay_out(self, places: Places, offset: int) -> None:
        self._starts |= 1 << offset
        self._last |= 1 << (offset + len(places) - 1)
        for index, place in enumerate(places):
            bit = 1 << (offset + index)
            if not place.optional:
                self._needed |= bit
                continue
            self._optional |= bit
            self._before_optional |= 0 if places[index - 1].optional else bit >> 1
            self._last_optional |= 0 if places[index + 1].optional else bit

    def _fill_masks(self, phrases: Sequence[Places], denying: frozenset[str]) -> None:
        named = [
            (place.words, 1 << number)
            for number, place in enumerate(place for places in phrases for place in places)
        ]
        for words, bit in named:
            self._any |= 0 if words is not None else bit
        for words, bit in named:
            for word in words or ():
                gap = 0 if word in denying or word in (START, END) else self._any
                self.masks[word] = self.masks.get(word, gap) | bit
        for word in denying | {START, END}:
            self.masks.setdefault(word, 0)
