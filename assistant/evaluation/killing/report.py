"""The tally of the deaths as a table and as targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.evaluation.figures import Figure, percentile
from assistant.evaluation.tables import table

if TYPE_CHECKING:
    from assistant.evaluation.killing.rounds import Tally

RESTART_SECONDS = 10
HEADS = ("process", "deaths", "back after p50 s", "p95 s", "longest s")


def tally_table(tally: Tally) -> str:
    """Return the deaths of each process and how long it was away."""
    rows = [
        (name, tally.kills[name], *(f"{seconds:.1f}" for seconds in _times(tally, name)))
        for name in sorted(tally.kills)
    ]
    lines = [
        f"references that parents were told: {tally.told}",
        f"parents whose answer never came and who asked again: {tally.unanswered}",
        f'answers that promised nothing ("not now"): {tally.honest}',
        f"the brain's own start, undisturbed: {tally.own_start:.1f} s",
        f"letters due and not sent: {tally.unsent}",
        *tally.broken,
    ]
    return "\n".join([table(HEADS, rows), "", *lines])


def targets(tally: Tally) -> list[Figure]:
    """Return what is promised: nothing broken, nothing unsent, and soon back."""
    longest = {name: max(seconds) for name, seconds in tally.restarts.items()}
    if "brain" in longest:
        longest["brain"] = max(0.0, longest["brain"] - tally.own_start)
    deaths = sum(tally.kills.values())
    return [
        Figure(f"promises broken by {deaths} deaths", len(tally.broken), "", 0),
        Figure("letters due and not sent", tally.unsent, "", 0),
        *(
            Figure(f"{name} back, beside the brain's own start", seconds, "s", RESTART_SECONDS)
            for name, seconds in sorted(longest.items())
        ),
    ]


def _times(tally: Tally, name: str) -> tuple[float, float, float]:
    seconds = tally.restarts[name]
    return percentile(seconds, 0.5), percentile(seconds, 0.95), max(seconds)
