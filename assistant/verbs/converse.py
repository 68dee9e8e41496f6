"""Play dialogues turn by turn and say how many end as they should."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import say, step

if TYPE_CHECKING:
    import argparse

    from assistant.evaluation.dialogues import Dialogue
    from assistant.evaluation.lines import Row
    from assistant.evaluation.place import Place

ENVIRONMENT = "app"
NO_DATABASE = (
    "An address was given: records made before a conversation cannot be prepared, alerts and the "
    "moving of a meeting cannot be seen. Dialogues of parents who come back will look wrong."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, the clock, the address and where reports may go."""
    parser.add_argument("file", type=Path, help="JSON Lines: id, turns, expect {outcome, with}")
    parser.add_argument("--out", type=Path, help="write one readable transcript a dialogue here")
    parser.add_argument("--now", help="the fixed clock of the private Schoolgate (ISO)")
    parser.add_argument("--url", help="a running Schoolgate; without it a private one is started")
    parser.add_argument("--json", type=Path, help="also write the report to this file")


def main(arguments: argparse.Namespace) -> int:
    """Play every dialogue in a conversation of its own and print how it ended."""
    from assistant.evaluation.dialogues import report
    from assistant.evaluation.lines import read_rows, write_json
    from assistant.evaluation.place import DEMONSTRATION_NOW, place_of

    rows = read_rows(arguments.file, ("id", "turns"))
    with place_of(arguments.url, arguments.now or DEMONSTRATION_NOW) as place:
        dialogues = play_all(place, rows)
    if arguments.out:
        write_transcripts(arguments.out, dialogues)
    print_summary(dialogues)
    if arguments.json:
        write_json(arguments.json, report(dialogues))
    return 0


def play_all(place: Place, rows: list[Row]) -> list[Dialogue]:
    """Play the dialogues one after another."""
    from assistant.evaluation.chat_client import ChatClient
    from assistant.evaluation.dialogues import play

    if place.desk is None:
        say(NO_DATABASE)
    with step(f"Playing {len(rows)} dialogues"), ChatClient(place.url) as client:
        return [play(client, place.desk, row) for row in rows]


def write_transcripts(folder: Path, dialogues: list[Dialogue]) -> None:
    """Write one readable file a dialogue."""
    from assistant.evaluation.transcripts import transcript

    folder.mkdir(parents=True, exist_ok=True)
    for dialogue in dialogues:
        name = "".join(letter for letter in dialogue.id if letter.isalnum() or letter in "-_")
        (folder / f"{name}.txt").write_text(transcript(dialogue), encoding="utf-8")


def print_summary(dialogues: list[Dialogue]) -> None:
    """Print how each dialogue ended and the totals."""
    from assistant.evaluation.tables import share, table
    from assistant.evaluation.transcripts import say_ending

    rows = [
        (one.id, "right" if one.with_right else "outcome" if one.outcome_right else "WRONG",
         say_ending(one.ending), say_ending(one.expected), one.goal[:50])
        for one in dialogues
    ]  # fmt: skip
    print(table(("id", "", "ended in", "expected", "goal"), rows))
    total = len(dialogues)
    outcomes = sum(one.outcome_right for one in dialogues)
    both = sum(one.with_right for one in dialogues)
    print(f"\nOutcome right: {share(outcomes, total)} of {total}")
    print(f"Outcome and recipient right: {share(both, total)}")
