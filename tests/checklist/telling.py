"""How a share of cases that hold is told and judged: the rate, each failure, what was known."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.checklist.suite import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.checklist.steering import Steered

Failure = tuple[str, str, "Steered"]
"""The id of a case, its text and where it was steered."""
SHOWN = 100  # characters


def tell(name: str, total: int, failures: Sequence[Failure]) -> float:
    """Print the rate and what failed; return the rate."""
    rate = 1 - len(failures) / total
    say(f"\n{name}: {rate:.1%} of {total}")
    reasons = known()
    for case, text, seen in failures:
        mark = "known" if case in reasons else "new"
        net = " ".join(seen.reading.net)
        say(f"  {mark:5} {case}: {seen.channel.value} ({net}) {text[:SHOWN]!r}")
    return rate


def say(line: str) -> None:
    """Write a line that pytest shows with `-s` and beside a failure."""
    sys.stdout.write(f"{line}\n")


def unknown(failures: Sequence[Failure]) -> list[str]:
    """Return the ids of the failures that nobody has written down."""
    reasons = known()
    return [case for case, _, _ in failures if case not in reasons]
