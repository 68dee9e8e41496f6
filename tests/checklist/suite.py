"""The cases, the base messages and what is known to fail, read from their files."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.settings import ROOT

if TYPE_CHECKING:
    from tests.checklist.steering import Steered

HERE = Path(__file__).parent
MESSAGES = ROOT / "data" / "acceptance" / "messages.jsonl"
HANDS = ("e1-", "e2-")
BASE, SEED = 120, 20261128
STATED = ("open", "happening")
"""The capabilities of what is openly stated, which must never be missed."""


@dataclass(frozen=True)
class Case:
    """One message and what must come of it; what is empty asks for nothing.

    ``accept`` and ``reject`` speak of the first door, ``surfaces`` and ``closed`` of any offered:
    one of the former must stand there, none of the latter may.
    """

    id: str
    text: str
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    def holds(self, seen: Steered) -> bool:
        """Tell whether the message came where it belongs."""
        return (
            (not self.accept or seen.channel in self.accept)
            and seen.channel not in self.reject
            and (not self.surfaces or bool(seen.offered & set(self.surfaces)))
            and not seen.offered & set(self.closed)
        )


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def cases(capability: str) -> list[Case]:
    """Return the cases of one capability."""
    return [
        Case(**{name: value if isinstance(value, str) else tuple(value) for name, value in one})
        for one in (row.items() for row in rows(HERE / "cases" / f"{capability}.jsonl"))
    ]


def stated() -> list[Case]:
    """Return the cases of what is openly stated."""
    return [case for capability in STATED for case in cases(capability)]


def messages() -> list[Case]:
    """Return the labelled messages of the two hands that the acceptance set holds."""
    found = [row for row in rows(MESSAGES) if row["id"].startswith(HANDS)]
    return [
        Case(row["id"], row["text"], tuple(row["accept"]), tuple(row["reject"])) for row in found
    ]


def base_messages() -> list[Case]:
    """Return the same draw of them in every run."""
    ordered = sorted(messages(), key=lambda case: case.id)
    return random.Random(SEED).sample(ordered, BASE)  # noqa: S311 - no secret


def known() -> dict[str, str]:
    """Return the reason of each failing case that is known, by its id."""
    return {row["id"]: row["why"] for row in rows(HERE / "known.jsonl")}
