"""What is heard in one message, whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.casework.reading import Reading

KINDS = ("topics", "about", "wanted", "tried", "risk")
ABUSE = "abuse"
DIGITS = 3


@dataclass(frozen=True)
class Heard:
    """What is heard in one message: its acts best first, and the other signals."""

    acts: tuple[tuple[str, float], ...]
    reading: Reading


def heard_of(
    doors: Mapping[str, float], signals: Mapping[str, float], acts: Mapping[str, float]
) -> Heard:
    """Put one message together from probabilities; signals are named `kind:value`, or `abuse`."""
    ranked = sorted(_rounded(acts).items(), key=lambda pair: -pair[1])
    reading = Reading(
        act=ranked[0][0],
        confidence=ranked[0][1],
        doors=_rounded(doors),
        **_by_kind(_rounded(signals)),
    )
    return Heard(tuple(ranked), reading)


def signals_of(reading: Reading) -> dict[str, float]:
    """Return the signals of a reading as `heard_of` takes them."""
    named = {
        f"{kind}:{name}": value for kind in KINDS for name, value in getattr(reading, kind).items()
    }
    return {**named, ABUSE: reading.abuse}


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(value), DIGITS) for name, value in values.items()}


def _by_kind(signals: Mapping[str, float]) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        kind: {
            name.removeprefix(f"{kind}:"): value
            for name, value in signals.items()
            if name.startswith(f"{kind}:")
        }
        for kind in KINDS
    }
    return {**kinds, ABUSE: signals.get(ABUSE, 0.0)}
