"""Check the history of what was done, link by link, and name the first wrong entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whose history, and a fingerprint that a letter told."""
    parser.add_argument("--data", help="the folder of databases and keys")
    parser.add_argument("--seen", metavar="FINGERPRINT", help="a long number from a daily letter")


def main(arguments: argparse.Namespace) -> int:
    """Print whether both histories are whole; 1 when they are not, or lack the fingerprint."""
    from assistant.app import build_desk
    from assistant.running.whose import settings_of
    from assistant.services.verify_history import fingerprints, seen_at, verify_history

    settings = settings_of(arguments.data)
    if settings is None:
        return 2
    desk = build_desk(settings)
    wrong = {each.database: each.sequence for each in verify_history(desk)}
    for database, end in fingerprints(desk).items():
        fault = f"WRONG from entry {wrong[database]} on" if database in wrong else "whole"
        print(f"The history of the {database} is {fault}. It ends with {end or 'nothing yet'}.")
    if not arguments.seen:
        return 1 if wrong else 0
    when = seen_at(desk, arguments.seen.strip().lower())
    print(f"That fingerprint is of {when:%d %B %Y, %H:%M} UTC." if when else NEVER_SEEN)
    return 1 if wrong or when is None else 0


NEVER_SEEN = "No entry bears that fingerprint: it is mistyped, or the entry was taken away."
