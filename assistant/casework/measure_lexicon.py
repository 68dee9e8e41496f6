"""Measures the risk lexicon: ``python -m assistant.casework.measure_lexicon FILE [LEXICON]``.

FILE holds JSON lines with ``text`` and ``risk`` (none, concern, danger_now, parent_crisis,
threat_to_person). Printed are how many of each are found, clearly or at all; on ``none`` the same
figures are the false alarms.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.casework.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DEFAULT_LEXICON = Path(__file__).parents[2] / "data" / "lexicon" / "risk.toml"


@dataclass
class Count:
    """Messages of one risk label: all of them, those found clearly, those found at all."""

    total: int = 0
    clear: int = 0
    found: int = 0


def measure(lexicon: Lexicon, rows: Iterable[Mapping[str, str]]) -> dict[str, Count]:
    """Count what the lexicon finds in rows with ``text`` and ``risk``."""
    counts: dict[str, Count] = {}
    for row in rows:
        screening = lexicon.screen(row["text"])
        count = counts.setdefault(row["risk"], Count())
        count.total += 1
        count.clear += bool(screening.clear)
        count.found += bool(screening.names())
    return counts


def table(counts: Mapping[str, Count]) -> str:
    """Return the counts as lines for people."""
    lines = [f"{'risk':<18}{'messages':>9}{'clear':>9}{'at all':>9}"]
    for risk, count in sorted(counts.items()):
        clear, found = count.clear / count.total, count.found / count.total
        lines.append(f"{risk:<18}{count.total:>9}{clear:>9.1%}{found:>9.1%}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the table for the file named; returns the exit status."""
    if not 1 <= len(arguments) <= 2:  # noqa: PLR2004 (one file, and perhaps another lexicon)
        sys.stderr.write(
            "Name a file of messages: python -m assistant.casework.measure_lexicon FILE\n"
        )
        return 2
    lexicon = Lexicon.load(Path(arguments[1]) if arguments[1:] else DEFAULT_LEXICON)
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    sys.stdout.write(table(measure(lexicon, map(json.loads, filter(None, lines)))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
