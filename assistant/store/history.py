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

from assistant.store.ledger import (
    AlertHistoryDetail,
    AlertHistoryEvent,
    AlertHistoryHead,
    HistoryDetail,
    HistoryEvent,
    HistoryHead,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from assistant.security.sealing import Sealer

HEAD_ID = 1
ROWS_AT_A_TIME = 1000


@dataclass(frozen=True)
class HistoryTables:
    """The three tables of one database's history."""

    event: type[HistoryEvent]
    detail: type[HistoryDetail]
    head: type[HistoryHead]


CASE_HISTORY = HistoryTables(HistoryEvent, HistoryDetail, HistoryHead)
ALERT_HISTORY = HistoryTables(
    # The same columns in the other database; typing has no name for a mapped mixin.
    cast("type[HistoryEvent]", AlertHistoryEvent),
    cast("type[HistoryDetail]", AlertHistoryDetail),
    cast("type[HistoryHead]", AlertHistoryHead),
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

    def __init__(self, tables: HistoryTables, key: bytes, sealer: Sealer) -> None:
        self._tables = tables
        self._key = key
        self._sealer = sealer

    def append(self, session: Session, happenings: Iterable[Happening]) -> None:
        """Write the events; the head row stays locked until the transaction ends."""
        head = self._locked_head(session)
        for happening in happenings:
            head.sequence += 1
            head.last_digest = self._write(session, head.sequence, head.last_digest, happening)
        head.seal = self._digest("head", head.sequence, head.last_digest)
        session.flush()

    def events_of(self, session: Session, target_kind: str, target_id: str) -> list[PastEvent]:
        """Return what happened to one target, the earliest first."""
        event, detail = self._tables.event, self._tables.detail
        mine = (
            select(event, detail)
            .join(detail, detail.sequence == event.sequence, isouter=True)
            .where(event.target_kind == target_kind, event.target_id == target_id)
            .order_by(event.sequence)
        )
        return [
            PastEvent(row.at, row.kind, row.actor, self._unseal(details) if details else {})
            for row, details in session.execute(mine)
        ]

    def last_digest(self, session: Session) -> str:
        """Return the digest of the last event, empty before there is one."""
        return session.get_one(self._tables.head, HEAD_ID).last_digest

    def happened_at(self, session: Session, digest: str) -> datetime | None:
        """Return when the event with that digest happened, or None."""
        event = self._tables.event
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
        head = session.get_one(self._tables.head, HEAD_ID)
        whole = (head.sequence, head.last_digest) == (expected, previous)
        sealed = expected == 0 or head.seal == self._digest("head", expected, previous)
        return None if whole and sealed else expected + 1

    def _locked_head(self, session: Session) -> HistoryHead:
        statement = select(self._tables.head).where(self._tables.head.id == HEAD_ID)
        fresh = statement.with_for_update().execution_options(populate_existing=True)
        return session.scalars(fresh).one()

    def _write(self, session: Session, sequence: int, previous: str, event: Happening) -> str:
        details = self._seal(sequence, event.details) if event.details else None
        row = self._tables.event(
            sequence=sequence,
            at=event.at,
            kind=event.kind,
            actor=event.actor,
            target_kind=event.target_kind,
            target_id=event.target_id,
            details_digest=hashlib.sha256(details).hexdigest() if details else None,
        )
        row.digest = self._event_digest(row, previous)
        session.add(row)
        if details:
            session.add(self._tables.detail(sequence=sequence, details=details))
        return row.digest

    def _seal(self, sequence: int, details: Mapping[str, Any]) -> bytes:
        table = self._tables.detail.__tablename__
        text = json.dumps(dict(details), sort_keys=True)
        return self._sealer.seal(text, table=table, column="details", row_id=str(sequence))

    def _unseal(self, row: HistoryDetail) -> Mapping[str, Any]:
        place = {"table": row.__tablename__, "column": "details", "row_id": str(row.sequence)}
        opened: Mapping[str, Any] = json.loads(self._sealer.unseal(row.details, **place))
        return opened

    def _all_in_order(self) -> Select[Any]:
        """Plain columns, a thousand rows at a time: a history may be long."""
        event, detail = self._tables.event, self._tables.detail
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
