"""Send first messages and say how many are steered to a right door.

A file whose lines hold `points` is one of rants: then it says how they are sorted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.bootstrap.progress import step

if TYPE_CHECKING:
    import argparse

    from assistant.evaluation.chat_client import ChatClient
    from assistant.evaluation.lines import Row
    from assistant.evaluation.scoring import Routed

ENVIRONMENT = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, the address and where reports may go."""
    parser.add_argument("file", type=Path, help="JSON Lines: id, text, accept, reject; or points")
    parser.add_argument("--url", help="a running Schoolgate; without it a private one is started")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    parser.add_argument("--picture", type=Path, help="also draw the confusions to this SVG file")


def main(arguments: argparse.Namespace) -> int:
    """Send every message in a conversation of its own and print what came of it."""
    from assistant.evaluation.chat_client import ChatClient
    from assistant.evaluation.confusion_picture import svg_matrix
    from assistant.evaluation.lines import read_rows, write_json
    from assistant.evaluation.place import place_of
    from assistant.evaluation.scoring import confusion, report

    if "points" in read_rows(arguments.file, ())[0]:
        return sort_rants(arguments)
    rows = read_rows(arguments.file, ("id", "text", "accept", "reject"))
    with place_of(arguments.url) as place, ChatClient(place.url) as client:
        results = send_all(client, rows)
    summary = report(results)
    print_summary(results, summary)
    if arguments.json:
        write_json(arguments.json, summary)
    if arguments.picture:
        arguments.picture.write_text(svg_matrix(confusion(results)), encoding="utf-8")
    return 0


def sort_rants(arguments: argparse.Namespace) -> int:
    """Tell each rant to a chat of its own and print how the page before sending sorts it."""
    from assistant.evaluation.lines import read_rows, write_json
    from assistant.evaluation.place import place_of
    from assistant.evaluation.sorting import compared, report, tell
    from assistant.evaluation.tables import share, table

    rows = read_rows(arguments.file, ("points",))
    with place_of(arguments.url) as place, step(f"Telling {len(rows)} rants"):
        results = [
            compared(row, tell(place.url, "".join(each["words"] for each in row["points"])))
            for row in rows
        ]
    totals = report(results)
    wrong = [
        (number, one.wanted, one.given, one.found, one.text.replace("\n", " ")[:60])
        for number, one in enumerate(results, 1)
        if not one.counted or one.found + 1 < one.wanted
    ]
    if wrong:
        print(table(("rant", "matters", "points", "cuts right", "begins"), wrong), end="\n\n")
    print(f"As many points as matters: {share(totals['counted'], totals['rants'])}")
    print(f"Boundaries found: {share(totals['found'], totals['boundaries'])}")
    print(f"Cuts that are boundaries: {share(totals['found'], totals['cuts'])}")
    print(f"Points with an accepted door: {share(totals['doors'], totals['points'])}")
    print(f"Total: {totals['rants']}")
    if arguments.json:
        write_json(arguments.json, dict(totals))
    return 0


def send_all(client: ChatClient, rows: list[Row]) -> list[Routed]:
    """Send each message as the first of a new conversation."""
    from assistant.evaluation.scoring import routed

    results = []
    with step(f"Sending {len(rows)} messages"):
        for row in rows:
            said = client.say(client.start(), row["text"])
            results.append(routed(row, said.channel, said.alternatives))
    return results


def print_summary(results: list[Routed], summary: dict[str, Any]) -> None:
    """Print what missed, a table of channels, the confusions and the totals."""
    from assistant.evaluation.confusion_picture import text_matrix
    from assistant.evaluation.scoring import by_best, confusion
    from assistant.evaluation.tables import share, table

    missed = [
        (one.id, one.best, one.channel or "refused", "harmful" if one.rejected else "",
         one.text.replace("\n", " ")[:70])
        for one in results if not one.accepted
    ]  # fmt: skip
    if missed:
        print(table(("missed", "wanted", "given", "", "message"), missed), end="\n\n")
    heads = ("wanted", "messages", "accepted", "in first two", "rejected")
    print(table(heads, by_best(results)), end="\n\n")
    print(text_matrix(confusion(results)), end="\n\n")
    for name in ("accepted", "in_first_two", "rejected"):
        print(f"{name.replace('_', ' ').capitalize()}: {share(summary[name], len(results))}")
    print(f"Total: {len(results)}", end="\n\n")
    print_safety(results)


def print_safety(results: list[Routed]) -> None:
    """Print how well safety and the headteacher's door are kept, beside the targets."""
    from assistant.evaluation.safety_scores import safety_shares
    from assistant.evaluation.tables import share, table

    words = {True: "kept", False: "MISSED", None: ""}
    print(table(("safety and doors", "measured", "of", "target", ""), [
        (one.name, share(one.part, one.whole), one.whole,
         f"{'at most' if one.at_most else 'at least'} {one.target} %", words[one.kept])
        for one in safety_shares(results)
    ]))  # fmt: skip
