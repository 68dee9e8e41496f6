"""Give the school a new master key, and put every data key under it; while people work.

The new key is in the key file before the first data key is under it, and the old one stays there
until the last is: whoever dies in between, another rotation goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.security.keys import Keys, one_rotation_at_a_time
from assistant.services.purge_drafts import SYSTEM
from assistant.store.columns import AlertBase, CaseBase
from assistant.store.first_envelopes import has_first_details, seal_again, sealed_tables
from assistant.store.history import ALERT_HISTORY, CASE_HISTORY
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.store.history import HistoryTables
    from assistant.store.unit_of_work import OpenWork

SAME_WORDS = "the same words under another key"
KEYS = "keys"


@dataclass(frozen=True)
class Rotation:
    """How many keys are under the new master key, rows were sealed again, and would not open."""

    keys: int = 0
    rows: int = 0
    broken: int = 0

    def __add__(self, other: Rotation) -> Rotation:
        """Return both together."""
        return Rotation(self.keys + other.keys, self.rows + other.rows, self.broken + other.broken)


def rotate_keys(desk: Desk, tell: Callable[[str, int], None]) -> Rotation:
    """Rotate the master key; ``tell`` hears the database and how much of it is done.

    A rotation that was broken off is finished, and no second one begun. The older master keys
    leave the key file only if everything opened. Raises ``BlockingIOError`` beside another one.
    """
    folder, done = desk.settings.data, Rotation()
    with one_rotation_at_a_time(folder):
        keys = Keys.load(folder).with_next_master()
        keys.save(folder)
        for name, open_work, base, tables in (
            ("alerts", desk.alerts_unit_of_work, AlertBase, ALERT_HISTORY),
            ("cases", desk.unit_of_work, CaseBase, CASE_HISTORY),
        ):
            settled(lambda work=open_work: _lead(work))  # type: ignore[misc]
            done += _follow(name, open_work, tell)
            done += _seal_rows(name, open_work, sealed_tables(base, tables), tell)
            _finish(open_work, tables, keys, done)
        if not done.broken:
            keys.without_older().save(folder)
    return done


def _lead(open_work: OpenWork) -> None:
    """From here on every new key of this database is under the new master key."""
    with open_work() as work:
        work.keys.rewrap_school()
        work.history.append("keys.rotation_begun", SYSTEM, KEYS, "")
        work.commit()


def _follow(name: str, open_work: OpenWork, tell: Callable[[str, int], None]) -> Rotation:
    keys = broken = 0
    last = ""
    while True:
        with open_work() as work:
            done, last, lost = work.keys.rewrap(last)
            work.commit(unrecorded=SAME_WORDS)
        keys, broken = keys + done, broken + lost
        if not last:
            return Rotation(keys=keys, broken=broken)
        tell(f"keys of {name}", keys)


def _seal_rows(
    name: str, open_work: OpenWork, tables: list[type], tell: Callable[[str, int], None]
) -> Rotation:
    rows = broken = 0
    for table in tables:
        last = ""
        while True:
            with open_work() as work:
                done, last, lost = seal_again(work, table, last)
                work.commit(unrecorded=SAME_WORDS)
            rows, broken = rows + done, broken + lost
            if not last:
                break
            tell(f"rows of {name} sealed before there were data keys", rows)
    return Rotation(rows=rows, broken=broken)


def _finish(open_work: OpenWork, tables: HistoryTables, keys: Keys, done: Rotation) -> None:
    """Write into the history that it is done; keep what the first details of it need."""
    with open_work() as work:
        if has_first_details(work, tables):
            for master in keys.older:
                work.keys.keep_first_master(master)
        work.history.append("keys.rotated", SYSTEM, KEYS, "", keys=done.keys, rows=done.rows)
        work.commit()
