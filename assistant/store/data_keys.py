"""The data keys of one unit of work: found, made, opened once, and destroyed.

Nothing is kept from one transaction to the next: a key that another process destroyed must not
live on here, and one that was made in a transaction undone was never there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, delete, event, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.security.keys import master_id
from assistant.security.sealing import KeyGoneError, SealBrokenError, Sealer
from assistant.store.columns import new_id
from assistant.store.key_owners import SCHOOL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from assistant.security.key_ring import KeyRing
    from assistant.store.key_owners import Owner
    from assistant.store.key_tables import DataKey

KEY_BYTES = 32
AT_A_TIME = 500
FIRST_MASTER = "first master"
"""The owner kind of a master key of the first envelopes, kept for history that cannot change."""


class DataKeys:
    """Finds and makes the keys of one database within one transaction."""

    def __init__(
        self, session: Session, table: type[DataKey], ring: KeyRing, now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._table = cast("Table", table.__table__)
        self._ring = ring
        self._now = now
        self._by_id: dict[str, Sealer] = {}
        self._by_owner: dict[Owner, Sealer] = {}
        for end in ("after_commit", "after_soft_rollback"):
            event.listen(session, end, self._forget)

    def of_owner(self, owner: Owner) -> Sealer:
        """Return the key of a record; makes one for a record that has none."""
        if owner not in self._by_owner and not self._find(self._is_of(owner)):
            self._make(owner)
        return self._by_owner[owner]

    def named(self, key_id: str) -> Sealer:
        """Return the key of that name; raises ``KeyGoneError`` for one that was destroyed."""
        self.look_up([key_id])
        try:
            return self._by_id[key_id]
        except KeyError as problem:
            message = f"the key {key_id[:8]}… is not here: what it sealed is gone"
            raise KeyGoneError(message) from problem

    def knows(self, key_id: str) -> bool:
        """Tell whether the key was opened in this transaction already."""
        return key_id in self._by_id

    def look_up(self, key_ids: Iterable[str]) -> None:
        """Open keys that are not open yet, so many that one statement serves a whole list."""
        wanted = sorted(set(key_ids) - self._by_id.keys())
        for start in range(0, len(wanted), AT_A_TIME):
            self._find(self._table.c.id.in_(wanted[start : start + AT_A_TIME]))

    def open_first(self, envelope: bytes, place: dict[str, str]) -> str:
        """Open an envelope of the first kind, which names no key; raises ``SealBrokenError``."""
        for master in self._ring.masters():
            try:
                return master.unseal(envelope, **place)
            except SealBrokenError:
                continue
        for old in self._first_masters():
            try:
                return old.unseal(envelope, **place)
            except SealBrokenError:
                continue
        message = f"no key opens {place['table']}.{place['column']}"
        raise SealBrokenError(message)

    def destroy(self, owner: Owner) -> bool:
        """Destroy the key of a record: nothing that it sealed opens again. False if it had none."""
        found = self._session.connection().execute(delete(self._table).where(self._is_of(owner)))
        sealer = self._by_owner.pop(owner, None)
        if sealer:
            del self._by_id[sealer.key_id]
        return found.rowcount > 0

    def rewrap_school(self) -> None:
        """Put the school's own key under the present master key, which every new key then follows.

        Waits for the transactions that make keys under the one before.
        """
        self._ring.read_again()
        self.of_owner(SCHOOL)
        self._rewrap(self._is_of(SCHOOL))

    def rewrap(self, after: str, limit: int = AT_A_TIME) -> tuple[int, str, int]:
        """Put keys that are named after ``after`` under the present master key.

        Returns how many, the last name (empty when none was left), and how many would not open.
        """
        columns, present = self._table.c, self._ring.present.key_id
        old = (columns.id > after) & (columns.wrapped_under != present)
        found = select(columns.id).where(old).order_by(columns.id).limit(limit)
        names = list(self._session.connection().execute(found).scalars())
        broken = self._rewrap(columns.id.in_(names) & old)
        return len(names) - broken, names[-1] if names else "", broken

    def keep_first_master(self, master: bytes) -> None:
        """Keep a master key as a data key, for first envelopes that must stay as they are.

        Without effect once one is kept: later master keys sealed nothing themselves.
        """
        name = master_id(master)
        if not self._first_masters():
            self._insert(self._row(name, (FIRST_MASTER, name), master, self._ring.present))

    def _rewrap(self, wanted: ColumnElement[bool]) -> int:
        """Return how many would not open."""
        present, broken = self._ring.present, 0
        connection = self._session.connection()
        for row in connection.execute(select(self._table).where(wanted).with_for_update()).all():
            place = wrapped_place(row.id, row.owner_kind, row.owner_id)
            try:
                key = self._ring.master(row.wrapped_under).unseal(row.wrapped, **place)
            except SealBrokenError:
                broken += 1
                continue
            new = {"wrapped": present.seal(key, **place), "wrapped_under": present.key_id}
            connection.execute(update(self._table).where(self._table.c.id == row.id).values(new))
        return broken

    def _is_of(self, owner: Owner) -> ColumnElement[bool]:
        kind, owner_id = owner
        return (self._table.c.owner_kind == kind) & (self._table.c.owner_id == owner_id)

    def _find(self, wanted: ColumnElement[bool]) -> bool:
        """Open what is there. By the connection: the session would write rows half made first."""
        rows = self._session.connection().execute(select(self._table).where(wanted)).all()
        for row in rows:
            self._hold(row)
        return bool(rows)

    def _hold(self, row: Row[Any]) -> None:
        place = wrapped_place(row.id, row.owner_kind, row.owner_id)
        key = bytes.fromhex(self._ring.master(row.wrapped_under).unseal(row.wrapped, **place))
        self._by_id[row.id] = self._by_owner[row.owner_kind, row.owner_id] = Sealer(key, row.id)

    def _make(self, owner: Owner) -> None:
        """Write a new key unless somebody else does so now, and open the one that stays."""
        master = self._ring.present if owner == SCHOOL else self._ring.master(self._master_now())
        self._insert(self._row(new_id(), owner, os.urandom(KEY_BYTES), master))
        self._find(self._is_of(owner))

    def _row(self, name: str, owner: Owner, key: bytes, master: Sealer) -> dict[str, Any]:
        return {
            "id": name,
            "owner_kind": owner[0],
            "owner_id": owner[1],
            "wrapped": master.seal(key.hex(), **wrapped_place(name, *owner)),
            "wrapped_under": master.key_id,
            "made_at": self._now(),
        }

    def _insert(self, row: dict[str, Any]) -> None:
        connection = self._session.connection()
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        connection.execute(dialect.insert(self._table).values(row).on_conflict_do_nothing())

    def _master_now(self) -> str:
        """Return the master key in use, which no rotation changes before this transaction ends."""
        named = select(self._table.c.wrapped_under).where(self._is_of(SCHOOL))
        shared = named.with_for_update(read=True)
        name = self._session.connection().execute(shared).scalar()
        if name is None:
            self._make(SCHOOL)
            name = self._session.connection().execute(shared).scalar_one()
        return str(name)

    def _first_masters(self) -> list[Sealer]:
        self._find(self._table.c.owner_kind == FIRST_MASTER)
        return [key for (kind, _), key in self._by_owner.items() if kind == FIRST_MASTER]

    def _forget(self, *_: object) -> None:
        self._by_id.clear()
        self._by_owner.clear()


def wrapped_place(key_id: str, owner_kind: str, owner_id: str) -> dict[str, str]:
    """Return where a wrapped key belongs: moved to another record it does not open."""
    row_id = f"{key_id}|{owner_kind}|{owner_id}"
    return {"table": "data_key", "column": "wrapped", "row_id": row_id}
