"""Give the school a new master key and put every key of a record under it; the web may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.bootstrap.progress import say, step

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whose key."""
    parser.add_argument("--data", help="the folder of databases and keys")


def main(arguments: argparse.Namespace) -> int:
    """Rotate, or finish a rotation that was broken off; 1 when something did not open."""
    from assistant.app import build_desk
    from assistant.running.whose import settings_of
    from assistant.security.keys import KEYS_FILE
    from assistant.services.rotate_keys import rotate_keys
    from assistant.store.migrate import migrate_databases

    settings = settings_of(arguments.data)
    if settings is None:
        return 2
    migrate_databases(settings)
    try:
        with step("Putting every key under the new master key"):
            done = rotate_keys(build_desk(settings), lambda what, much: say(f"    {much:,} {what}"))
    except BlockingIOError:
        print("Another rotation is under way. Nothing was changed by this one.")
        return 1
    print(f"{done.keys:,} keys of records are under the new master key.")
    if done.rows:
        print(f"{done.rows:,} rows from before there were such keys were sealed again.")
    if done.broken:
        print(f"{done.broken:,} did not open. The old master key stays in {KEYS_FILE}.")
        return 1
    print(REST.format(file=settings.data / KEYS_FILE))
    return 0


REST = """The old master key is gone from {file}.
The keys that look up references, chain the history and seal the brain's memory stay as they are.
An older backup opens with the key file that was saved with it, and with no newer one."""
