"""Messages of the labelled language that say nearly the same in nearly the same words.

They would teach nothing twice, and flatter an evaluation that shares one with training. Two are
near-duplicates when they share so much of all their words (Jaccard 1901). Candidates share one of
their rarest words, of which each gives as many as the other may lack, and one more (the prefix
filter of Chaudhuri, Ganti and Kaushik 2006): it holds because all sort their words alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE = Fraction(4, 5)
"""The share of common words from which two messages count as one."""
FEWEST = 6
"""Different words; shorter messages ("thanks", "who do I ask") may well be said twice."""
_WORD = re.compile(r"[^\W_]+")


def near_duplicates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of each pair, the earlier first."""
    words = [frozenset(_WORD.findall(text.lower())) for text in texts]
    common = Counter(word for each in words for word in each)
    with_word: dict[str, list[int]] = defaultdict(list)
    for place, mine in enumerate(words):
        if len(mine) < FEWEST:
            continue
        lacking = int(len(mine) * (1 - ALIKE))
        rare = sorted(mine, key=lambda word: (common[word], word))[: lacking + 1]
        others = {other for word in rare for other in with_word[word]}
        yield from ((other, place) for other in sorted(others) if _alike(words[other], mine))
        for word in rare:
            with_word[word].append(place)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * ALIKE.denominator >= len(one | other) * ALIKE.numerator
