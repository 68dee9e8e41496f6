"""A chained history: HMAC-SHA256 (RFC 2104) over the previous digest and the event.

The key is not in the database, so whoever can only write to the database cannot forge, change,
reorder or drop an event unseen. Details are sealed in a table of their own and bound by SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select

from assistant.security.sealing import KeyGoneError, key_of
from assistant.store.key_owners import owner_named
from assistant.store.key_tables import AlertDataKey, DataKey
from assistant.store.ledger import (
    AlertHistoryDetail,
    AlertHistoryEvent,
    AlertHistoryHead,
    HistoryDetail,
    HistoryEvent,
    HistoryHead,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from assistant.security.sealing import Sealer
    from assistant.store.data_keys import DataKeys

HEAD_ID = 1
ROWS_AT_A_TIME = 1000


@dataclass(frozen=True)
class HistoryTables:
    """The three tables of one database's history, and that of the keys which seal its details."""

    event: type[HistoryEvent]
    detail: type[HistoryDetail]
    head: type[HistoryHead]
    key: type[DataKey]


CASE_HISTORY = HistoryTables(HistoryEvent, HistoryDetail, HistoryHead, DataKey)
ALERT_HISTORY = HistoryTables(
    # The same columns in the other database; typing has no name for a mapped mixin.
    cast("type[HistoryEvent]", AlertHistoryEvent),
    cast("type[HistoryDetail]", AlertHistoryDetail),
    cast("type[HistoryHead]", AlertHistoryHead),
    cast("type[DataKey]", AlertDataKey),
)


@dataclass(frozen=True)
class Happening:
    """An event before it has its place in the chain."""

    at: datetime
    kind: str
    actor: str
    target_kind: str
    target_id: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class PastEvent:
    """An event as it is read back; ``details`` is empty once they were erased."""

    at: datetime
    kind: str
    actor: str
    details: Mapping[str, Any]


class Chain:
    """Appends events to the chain of one database, and finds the first one that is wrong."""

    def __init__(self, tables: HistoryTables, key: bytes) -> None:
        self.tables = tables
        self._key = key

    def append(self, session: Session, keys: DataKeys, happenings: Sequence[Happening]) -> None:
        """Write the events; the head row stays locked until the transaction ends.

        Their keys are found first: nobody waits for a key while others wait for the head.
        """
        sealers = [_sealer_for(keys, each) for each in happenings]
        head = self._locked_head(session)
        for happening, sealer in zip(happenings, sealers, strict=True):
            head.sequence += 1
            details = self._seal(sealer, head.sequence, happening.details) if sealer else None
            head.last_digest = self._write(session, head, happening, details)
        head.seal = self._digest("head", head.sequence, head.last_digest)
        session.flush()

    def events_of(
        self, session: Session, keys: DataKeys, target_kind: str, target_id: str
    ) -> list[PastEvent]:
        """Return what happened to one target, the earliest first."""
        event, detail = self.tables.event, self.tables.detail
        mine = (
            select(event, detail)
            .join(detail, detail.sequence == event.sequence, isouter=True)
            .where(event.target_kind == target_kind, event.target_id == target_id)
            .order_by(event.sequence)
        )
        return [
            PastEvent(row.at, row.kind, row.actor, self._unseal(keys, details) if details else {})
            for row, details in session.execute(mine)
        ]

    def last_digest(self, session: Session) -> str:
        """Return the digest of the last event, empty before there is one."""
        return session.get_one(self.tables.head, HEAD_ID).last_digest

    def happened_at(self, session: Session, digest: str) -> datetime | None:
        """Return when the event with that digest happened, or None."""
        event = self.tables.event
        return session.scalars(select(event.at).where(event.digest == digest)).first()

    def first_wrong(self, session: Session) -> int | None:
        """Return the sequence of the first event that is missing or altered, or None."""
        expected, previous = 0, ""
        with session.execute(self._all_in_order()) as rows:
            for row in rows:
                expected += 1
                if row.sequence != expected or not self._is_whole(row, previous):
                    return expected
                previous = row.digest
        return self._wrong_head(session, expected, previous)

    def _wrong_head(self, session: Session, expected: int, previous: str) -> int | None:
        """Return the sequence after the last event, unless the head bears that event out."""
        head = session.get_one(self.tables.head, HEAD_ID)
        whole = (head.sequence, head.last_digest) == (expected, previous)
        sealed = expected == 0 or head.seal == self._digest("head", expected, previous)
        return None if whole and sealed else expected + 1

    def _locked_head(self, session: Session) -> HistoryHead:
        statement = select(self.tables.head).where(self.tables.head.id == HEAD_ID)
        fresh = statement.with_for_update().execution_options(populate_existing=True)
        return session.scalars(fresh).one()

    def _write(
        self, session: Session, head: HistoryHead, event: Happening, details: bytes | None
    ) -> str:
        """Write one event after the one whose digest the head holds; return its own digest."""
        row = self.tables.event(
            sequence=head.sequence,
            at=event.at,
            kind=event.kind,
            actor=event.actor,
            target_kind=event.target_kind,
            target_id=event.target_id,
            details_digest=hashlib.sha256(details).hexdigest() if details else None,
        )
        row.digest = self._event_digest(row, head.last_digest)
        session.add(row)
        if details:
            session.add(self.tables.detail(sequence=head.sequence, details=details))
        return row.digest

    def _seal(self, sealer: Sealer, sequence: int, details: Mapping[str, Any]) -> bytes:
        text = json.dumps(dict(details), sort_keys=True)
        return sealer.seal(text, **_place(self.tables.detail, sequence))

    def _unseal(self, keys: DataKeys, row: HistoryDetail) -> Mapping[str, Any]:
        """Return the details; none once their key was destroyed, as if the row were gone too."""
        place, key_id = _place(type(row), row.sequence), key_of(row.details)
        try:
            text = (
                keys.open_first(row.details, place)
                if key_id is None
                else keys.named(key_id).unseal(row.details, **place)
            )
        except KeyGoneError:
            return {}
        opened: Mapping[str, Any] = json.loads(text)
        return opened

    def _all_in_order(self) -> Select[Any]:
        """Plain columns, a thousand rows at a time: a history may be long."""
        event, detail = self.tables.event, self.tables.detail
        return (
            select(*event.__table__.columns, detail.details)
            .join(detail, detail.sequence == event.sequence, isouter=True)
            .order_by(event.sequence)
            .execution_options(yield_per=ROWS_AT_A_TIME)
        )

    def _is_whole(self, row: Row[Any], previous: str) -> bool:
        if not hmac.compare_digest(row.digest, self._event_digest(row, previous)):
            return False
        erased = row.details is None  # which is no fault
        return erased or hashlib.sha256(row.details).hexdigest() == row.details_digest

    def _event_digest(self, row: HistoryEvent | Row[Any], previous: str) -> str:
        return self._digest(
            "event",
            previous,
            row.sequence,
            row.at.isoformat(),
            row.kind,
            row.actor,
            row.target_kind,
            row.target_id,
            row.details_digest,
        )

    def _digest(self, *parts: str | int | None) -> str:
        """JSON keeps the parts apart: no two different events can read the same."""
        return hmac.new(self._key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()


def _sealer_for(keys: DataKeys, event: Happening) -> Sealer | None:
    """Return the key of the record that it happened to, None when there is nothing to say."""
    return keys.of_owner(owner_named(event.target_kind, event.target_id)) if event.details else None


def _place(table: type[HistoryDetail], sequence: int) -> dict[str, str]:
    return {"table": table.__tablename__, "column": "details", "row_id": str(sequence)}
