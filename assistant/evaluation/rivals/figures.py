"""The sums behind the comparison: doors, safety, out of scope, speed; pure.

About safety is a message whose best door is safeguarding, emergency or wellbeing; the others, for
false alarms, are those that accept none of the three. Out of scope is a message whose best door is
that; in scope is one that does not accept it at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel
from assistant.evaluation.figures import percentile
from assistant.evaluation.safety_scores import SAFE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.evaluation.rivals.asking import Asked
    from assistant.evaluation.rivals.training import Trained
    from assistant.evaluation.scoring import Routed

KEPT_IN_SCOPE = 95
"""Percent of the messages in scope that must not be called out of scope."""
BYTES_IN_MEGABYTE = 1_000_000

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Measured:
    """All that was measured of one contender.

    ``routed`` is what it heard, ``served`` the doors that it really answered with;
    ``strangeness`` holds, by the name of each way to tell, how far out of scope every message
    sounds, in the order of ``routed``.
    """

    name: str
    routed: Sequence[Routed]
    served: Sequence[Routed]
    strangeness: Mapping[str, Sequence[float]]
    trained: Trained
    asked: Asked
    beside: int = field(default=0)
    """Bytes of files that the model needs beside its archive."""


def figures_of(one: Measured) -> Figures:
    """Return every figure by its name: shares in percent, times in the units of the table."""
    return _doors(one) | _safety(one.routed) | {"oos": best_recall(one)} | _cost(one)


def _doors(one: Measured) -> Figures:
    return {
        "accepted": _percent(one.routed, lambda each: each.accepted),
        "served": _percent(one.served, lambda each: each.accepted),
        "first_two": _percent(one.routed, lambda each: each.in_first_two),
        "rejected": _percent(one.routed, lambda each: each.rejected),
    }


def _safety(routed: Sequence[Routed]) -> Figures:
    about = [each for each in routed if each.best in SAFE]
    others = [each for each in routed if not SAFE & set(each.accept)]
    return {
        "safety_first": _percent(about, _safety_first),
        "safety_beside": _percent(about, _safety_offered),
        "false_safety": _percent(others, _safety_first),
    }


def _cost(one: Measured) -> Figures:
    return {
        "p50": percentile(one.asked.milliseconds, 0.5),
        "p95": percentile(one.asked.milliseconds, 0.95),
        "rate": one.asked.rate,
        "training": one.trained.seconds,
        "processor": one.trained.processor_seconds,
        "disk": (one.trained.size + one.beside) / BYTES_IN_MEGABYTE,
        "memory": one.asked.megabytes,
    }


def best_recall(one: Measured) -> float | None:
    """Return the out-of-scope recall in percent by whichever way of telling serves it best."""
    is_out = [each.best == Channel.OUT_OF_SCOPE for each in one.routed]
    is_in = [Channel.OUT_OF_SCOPE not in each.accept for each in one.routed]
    found = [recall_in_scope_kept(_where(scores, is_out), _where(scores, is_in))
             for scores in one.strangeness.values()]  # fmt: skip
    known = [100 * recall for recall in found if recall is not None]
    return max(known, default=None)


def recall_in_scope_kept(
    outside: Sequence[float], inside: Sequence[float], kept: int = KEPT_IN_SCOPE
) -> float | None:
    """Return the share of ``outside`` above the lowest threshold that keeps ``inside``.

    Every score is tried as the threshold; a message is called out of scope when it scores higher.
    ``kept`` is the least percent of ``inside`` that may not be. None where either is empty.
    """
    if not outside or not inside:
        return None
    threshold = next(
        score
        for score in sorted({*outside, *inside})
        if 100 * sum(each <= score for each in inside) >= kept * len(inside)
    )
    return sum(each > threshold for each in outside) / len(outside)


def _where(scores: Sequence[float], chosen: Sequence[bool]) -> list[float]:
    return [score for score, wanted in zip(scores, chosen, strict=True) if wanted]


def _safety_first(one: Routed) -> bool:
    return one.channel in SAFE


def _safety_offered(one: Routed) -> bool:
    return _safety_first(one) or bool(SAFE & set(one.alternatives))


def _percent(routed: Sequence[Routed], holds: Callable[[Routed], bool]) -> float | None:
    return 100 * sum(map(holds, routed)) / len(routed) if routed else None
