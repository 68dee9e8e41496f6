"""Many short phrases looked for at once, in time proportional to the number of words.

A phrase is a row of words: ``{adult} (has|had)? {hit} .. {child}``.

- ``(this|that)`` any one of these; ``{name}`` any word of that group; they may be mixed, and a
  choice may have several words: ``(at home|indoors)``.
- ``?`` after a word, bracket or group: it may be missing.
- ``..`` up to three other words, ``..6`` up to six; never over a word that denies (``not``).
- ``^`` the beginning of a sentence, ``$`` its end.

Algorithm: bit-parallel Shift-And with optional positions (Navarro and Raffinot, *Flexible Pattern
Matching in Strings*, 2002, §4.2). All phrases are bits of one integer, so there is no backtracking
and nothing a writer sends can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, product

START, END = "^", "$"
_PARTS = re.compile(r"\([^)]*\)\??|\.\.\d*|\S+")
_DEFAULT_REACH = 3

Groups = Mapping[str, frozenset[str]]


class PhraseError(ValueError):
    """A phrase that cannot be read; the message quotes it and says what is wrong."""


@dataclass(frozen=True)
class Place:
    """One place of a phrase: the words that fit (None fits any but a denying one)."""

    words: frozenset[str] | None
    optional: bool = False


Places = tuple[Place, ...]


@dataclass(frozen=True)
class Found:
    """Phrase number ``phrase`` stands at words ``start`` to ``end`` (both included)."""

    phrase: int
    start: int
    end: int


def read_phrase(phrase: str, groups: Groups) -> list[Places]:
    """Read the notation above into rows of places, one for each choice of several words.

    Raises ``PhraseError``.
    """
    choices = [_read_part(part, phrase, groups) for part in _PARTS.findall(phrase)]
    rows = _merged([tuple(chain.from_iterable(row)) for row in product(*choices)])
    if not rows[0] or any(row[0].optional or row[-1].optional for row in rows):
        raise PhraseError(f"“{phrase}” must begin and end with a word that has to be there.")
    return rows


def _read_part(part: str, phrase: str, groups: Groups) -> list[Places]:
    """Return the ways to fill this part; more than one only where a choice has several words."""
    if part.startswith(".."):
        return [(Place(None, optional=True),) * int(part[2:] or _DEFAULT_REACH)]
    optional = part.endswith("?")
    alternatives = part.removesuffix("?").removeprefix("(").removesuffix(")").split("|")
    single = [word for word in alternatives if " " not in word.strip()]
    ways: list[Places] = [
        tuple(Place(_read_word(word, phrase, groups)) for word in several.split())
        for several in alternatives
        if " " in several.strip()
    ]
    if single:
        words = (_read_word(word.strip(), phrase, groups) for word in single)
        ways.insert(0, (Place(frozenset().union(*words), optional),))
    return _merged(ways)


def _merged(ways: list[Places]) -> list[Places]:
    """Join ways that differ in one place only; fewer places make every search quicker."""
    kept: list[Places] = []
    for way in ways:
        for number, other in enumerate(kept):
            if joined := _joined(way, other):
                kept[number] = joined
                break
        else:
            kept.append(way)
    return kept


def _joined(one: Places, other: Places) -> Places | None:
    if len(one) != len(other):
        return None
    differing = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differing) != 1 or one[differing[0]].optional or other[differing[0]].optional:
        return None
    at = differing[0]
    words = (one[at].words or frozenset()) | (other[at].words or frozenset())
    return (*one[:at], Place(words), *one[at + 1 :])


def _read_word(word: str, phrase: str, groups: Groups) -> frozenset[str]:
    if not word.startswith("{"):
        return frozenset({word})
    try:
        return groups[word.strip("{}")]
    except KeyError:
        raise PhraseError(f"“{phrase}” names a group that does not exist: {word}.") from None


class PhraseFinder:
    """Finds any of ``phrases`` in a row of words; ``denying`` words are never skipped by a gap."""

    def __init__(self, phrases: Sequence[Places], denying: frozenset[str]) -> None:
        self._phrases = phrases
        self._denying = denying
        self._ends: dict[int, int] = {}
        self._masks: dict[str, int] = {}
        self._any = self._starts = self._last = 0
        self._optional = self._before_optional = self._last_optional = 0
        self._lay_out()

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that some phrase names."""
        return frozenset(self._masks)

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Yield each phrase wherever it ends, with its nearest beginning."""
        masks, starts, unnamed = self._masks, self._starts, self._any
        state = 0
        for position, word in enumerate(words):
            state = ((state << 1) | starts) & masks.get(word, unnamed)
            if not state:
                continue
            full = state | self._last_optional
            state |= self._optional & (~(full - self._before_optional) ^ full)
            ended = state & self._last
            while ended:
                lowest = ended & -ended
                phrase = self._ends[lowest.bit_length()]
                yield Found(phrase, self._start(phrase, words, position), position)
                ended ^= lowest

    def _lay_out(self) -> None:
        position, named = 0, []
        for number, places in enumerate(self._phrases):
            self._starts |= 1 << position
            for index, place in enumerate(places):
                bit = 1 << (position + index)
                named.append((place, bit))
                self._mark_optional(places, index, bit)
            position += len(places)
            self._last |= 1 << (position - 1)
            self._ends[position] = number
        self._any = reduce(int.__or__, (bit for place, bit in named if place.words is None), 0)
        self._fill_masks(named)

    def _mark_optional(self, places: Places, index: int, bit: int) -> None:
        if not places[index].optional:
            return
        self._optional |= bit
        if not places[index - 1].optional:
            self._before_optional |= bit >> 1
        if not places[index + 1].optional:
            self._last_optional |= bit

    def _fill_masks(self, named: Sequence[tuple[Place, int]]) -> None:
        for place, bit in named:
            for word in place.words or ():
                unnamed = 0 if word in self._denying else self._any
                self._masks[word] = self._masks.get(word, unnamed) | bit
        for word in self._denying | {START, END}:
            self._masks[word] = self._masks.get(word, 0) & ~self._any

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
