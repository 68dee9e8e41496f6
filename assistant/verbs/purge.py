"""Remove what the school keeps no longer, or list it first; complaints wait for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.bootstrap.progress import say, step

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from assistant.services.purge import Purge
    from assistant.services.record_keeping import KeptRecord

ENVIRONMENT = "app"
NAMES = {
    "chat": "chats without a message",
    "sign_in": "tries to sign in",
    "feed": "calendar addresses that were ended",
    "mail": "e-mails that belong to no record",
    "visit": "notes that somebody may not come in",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whose records, and whether they are only listed."""
    parser.add_argument("--data", help="the folder of databases and keys")
    parser.add_argument("--preview", action="store_true", help="list what would go, and stop")


def main(arguments: argparse.Namespace) -> int:
    """Purge and print what went; with ``--preview`` change nothing."""
    from assistant.app import build_desk
    from assistant.running.whose import settings_of
    from assistant.services.purge import preview_purge, purge
    from assistant.store.migrate import migrate_databases

    settings = settings_of(arguments.data)
    if settings is None:
        return 2
    migrate_databases(settings)
    desk = build_desk(settings)
    if arguments.preview:
        show("Would be removed now", preview_purge(desk))
        print("Nothing was removed.")
        return 0
    with step("Removing what is kept no longer"):
        done = purge(desk, lambda what, much: say(f"    {much:,} {what}"))
    show("Removed", done)
    return 0


def show(title: str, what: Purge) -> None:
    """Print references, kinds and reasons; of people nothing."""
    print(f"{title}:")
    for name, number in what.counts.items():
        print(f"  {NAMES.get(name, name)}: {number:,}")
    listed("records whose time is over", what.records)
    listed("due, and waiting for a person at the desk, under “Removals”", what.waiting)
    listed("due, and kept under a legal hold", what.held)
    asked = "their database does not answer" if what.alerts is None else f"{what.alerts:,}"
    print(f"  messages on which the safeguarding leads are asked to decide: {asked}")


def listed(title: str, records: Sequence[KeptRecord]) -> None:
    """Print one group of records, a line each."""
    print(f"  {title}: {len(records):,}")
    for each in records:
        print(f"    {each.reference}  {each.label}: {each.keeping.sum}")
