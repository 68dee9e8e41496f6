"""Two readers' probabilities of the same labels made one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.brain.heard import Heard, heard_of, signals_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Weights:
    """How much the fine-tuned ears count in each group, from 0 to 1; the kernel heads the rest."""

    doors: float
    signals: float
    acts: float


WEIGHTS = Weights(doors=0.5, signals=0.5, acts=0.5)
"""Half and half: chosen on the hands e1 and e2, now in `data/acceptance` (see the decisions)."""


def blend(kernel: Heard, ears: Heard, weights: Weights = WEIGHTS) -> Heard:
    """Return what both heard together."""
    return heard_of(
        average(kernel.reading.doors, ears.reading.doors, weights.doors),
        average(signals_of(kernel.reading), signals_of(ears.reading), weights.signals),
        average_shares(dict(kernel.acts), dict(ears.acts), weights.acts),
    )


def average(
    kernel: Mapping[str, float], ears: Mapping[str, float], weight: float
) -> dict[str, float]:
    """Return each label of `kernel`, `weight` of it from `ears` where they know the label."""
    return {
        name: (1 - weight) * value + weight * ears[name] if name in ears else value
        for name, value in kernel.items()
    }


def average_shares(
    kernel: Mapping[str, float], ears: Mapping[str, float], weight: float
) -> dict[str, float]:
    """Return shares of one whole; a label that `ears` do not know keeps what `kernel` gives it.

    So an intent that a trainer adds is heard at once, and the shares still come to 1.
    """
    common = kernel.keys() & ears.keys()
    whole = sum(kernel[name] for name in common)
    heard = sum(ears[name] for name in common)
    scaled = {name: ears[name] * whole / heard for name in common} if heard else {}
    return average(kernel, scaled, weight)
