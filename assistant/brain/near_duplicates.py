"""Messages of the labelled language that say nearly the same in nearly the same words.

They would teach nothing twice, and flatter an evaluation that shares one with training. Two are
near-duplicates when they share so much of all their words (Jaccard 1901); candidates are found by
their rarest words, one of which two so like each other must share.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE = 0.8
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
        rare = sorted(mine, key=lambda word: common[word])[: int(len(mine) * (1 - ALIKE)) + 1]
        others = {other for word in rare for other in with_word[word]}
        yield from ((other, place) for other in sorted(others) if _alike(words[other], mine))
        for word in mine:
            with_word[word].append(place)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
