"""Scores proposed destinations against the channel codes that are right and that are wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation.lines import Row


@dataclass(frozen=True)
class Routed:
    """One message and where the assistant steered it; ``channel`` is empty when it was refused."""

    id: str
    text: str
    channel: str
    alternatives: tuple[str, ...]
    accept: tuple[str, ...]
    reject: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether the proposed destination is one of the right ones."""
        return self.channel in self.accept

    @property
    def rejected(self) -> bool:
        """Whether it is wrong or harmful; a code in neither list is neither."""
        return self.channel in self.reject

    @property
    def in_first_two(self) -> bool:
        """Whether a right door is the proposed one or the first of the others."""
        return self.accepted or bool(set(self.alternatives[:1]) & set(self.accept))

    @property
    def best(self) -> str:
        """The destination that would have been best."""
        return self.accept[0] if self.accept else "none"


def routed(row: Row, channel: str, alternatives: Sequence[str]) -> Routed:
    """Put an answer beside what its row says is right and wrong."""
    return Routed(
        id=str(row["id"]),
        text=str(row["text"]),
        channel=channel,
        alternatives=tuple(alternatives),
        accept=tuple(row["accept"]),
        reject=tuple(row["reject"]),
    )


def report(results: Sequence[Routed]) -> dict[str, Any]:
    """Return counts and one row a message, as plain JSON."""
    return {
        "total": len(results),
        "accepted": sum(one.accepted for one in results),
        "rejected": sum(one.rejected for one in results),
        "in_first_two": sum(one.in_first_two for one in results),
        "rows": [_row(one) for one in results],
    }


def _row(one: Routed) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "channel": one.channel,
        "alternatives": list(one.alternatives),
        "accepted": one.accepted,
        "rejected": one.rejected,
    }


def by_best(results: Sequence[Routed]) -> list[tuple[str, int, int, int, int]]:
    """Return, for each best channel: its messages, accepted, in the first two, rejected."""
    channels = sorted({one.best for one in results})
    return [(channel, *_counts([one for one in results if one.best == channel]))
            for channel in channels]  # fmt: skip


def _counts(results: Sequence[Routed]) -> tuple[int, int, int, int]:
    return (
        len(results),
        sum(one.accepted for one in results),
        sum(one.in_first_two for one in results),
        sum(one.rejected for one in results),
    )


def confusion(results: Sequence[Routed]) -> Counter[tuple[str, str]]:
    """Count (wanted, given); a given channel that is accepted counts as the wanted one."""
    return Counter((one.best, one.best if one.accepted else one.channel or "refused")
                   for one in results)  # fmt: skip
