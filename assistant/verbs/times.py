"""Read the time phrases of a file and say how many windows are right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and where a report may go."""
    parser.add_argument("file", type=Path, help="JSON Lines: id, now, phrase, expect")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    parser.add_argument("--school", default="primary", help="whose calendar holds (primary)")


def main(arguments: argparse.Namespace) -> int:
    """Print every phrase with its windows, and how many are right."""
    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school import load_school
    from assistant.evaluation.lines import read_rows, write_json
    from assistant.evaluation.tables import share, table
    from assistant.evaluation.time_scores import read_row, report, say_windows

    calendar = SchoolCalendar.from_school(load_school(arguments.school))
    rows = read_rows(arguments.file, ("id", "now", "phrase"))
    reads = [read_row(row, calendar) for row in rows]
    shown = [
        (read.id, read.phrase, "right" if read.right else "WRONG",
         read.reading.why or say_windows(read.reading.windows))
        for read in reads
    ]  # fmt: skip
    summary = report(reads)
    print(table(("id", "phrase", "", "read as"), shown))
    print(f"\nWindows right: {share(summary['right'], summary['total'])} of {summary['total']}")
    if arguments.json:
        write_json(arguments.json, summary)
    return 0
