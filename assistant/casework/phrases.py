"""The notation in which a safeguarding lead writes phrases, read into places for words.

A phrase is a row of words: ``{adult} (has|had)? {hit} .. {child}``.

- ``(this|that)`` any one of these; ``{name}`` any word of that group; they may be mixed, and a
  choice may have several words: ``(at home|indoors)``.
- ``?`` after a word, bracket or group: it may be missing.
- ``..`` up to three other words, ``..6`` up to six; never over a word that denies (``not``).
- ``^`` the beginning of a sentence, ``$`` its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
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


def read_phrase(phrase: str, groups: Groups) -> list[Places]:
    """Read the notation above into rows of places, one for each choice of several words.

    Raises ``PhraseError``.
    """
    choices = [_read_part(part, phrase, groups) for part in _PARTS.findall(phrase)]
    rows = _merged([tuple(chain.from_iterable(row)) for row in product(*choices)])
    if not rows[0] or any(row[0].optional or row[-1].optional for row in rows):
        sentence = f"“{phrase}” must begin and end with a word that has to be there."
        raise PhraseError(sentence)
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
        sentence = f"“{phrase}” names a group that does not exist: {word}."
        raise PhraseError(sentence) from None
