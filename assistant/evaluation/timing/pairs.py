"""Times of hits and misses that were taken in turn, and whether they differ beyond noise.

A sign-flip permutation test of the paired differences (Fisher 1935): were there no difference, each
pair could as well have been the other way round.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FLIPS = 2_000
SEED = 18
RARE = 0.01
"""A difference that so few of the flips reach is taken for one."""


@dataclass(frozen=True)
class Compared:
    """Milliseconds of hits and misses, pair by pair."""

    name: str
    hits: Sequence[float]
    misses: Sequence[float]

    @property
    def difference(self) -> float:
        """The median of the paired differences in milliseconds: positive when hits are slower."""
        return median(_differences(self))

    @property
    def chance(self) -> float:
        """How likely a difference at least as large is where there is none, 0 to 1."""
        apart, drawn = _differences(self), random.Random(SEED)  # noqa: S311 - no secret
        seen = abs(median(apart))
        as_large = sum(
            abs(median(each * drawn.choice((-1, 1)) for each in apart)) >= seen
            for _ in range(FLIPS)
        )
        return (1 + as_large) / (1 + FLIPS)

    @property
    def differs(self) -> bool:
        """Whether hits and misses can be told apart by their times."""
        return self.chance < RARE


def compare(
    name: str, hits: Sequence[Callable[[], object]], misses: Sequence[Callable[[], object]]
) -> Compared:
    """Take the times of every hit beside a miss; which of the two is first is drawn each time."""
    drawn = random.Random(SEED)  # noqa: S311 - no secret
    found: tuple[list[float], list[float]] = ([], [])
    for hit, miss in zip(hits, misses, strict=True):
        pair = [(found[0], hit), (found[1], miss)]
        drawn.shuffle(pair)
        for times, ask in pair:
            times.append(_timed(ask))
    return Compared(name, *found)


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def _differences(compared: Compared) -> list[float]:
    return [hit - miss for hit, miss in zip(compared.hits, compared.misses, strict=True)]
