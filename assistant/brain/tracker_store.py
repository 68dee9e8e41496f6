"""Where conversations are kept between turns: one sealed row an event, in one table.

AES-256-GCM (NIST SP 800-38D, from the `cryptography` package) with a fresh 96-bit nonce a row; the
sender and the row's number are authenticated, so a row moved to another conversation or place does
not open. Errors are raised: there is no silent fall-back to memory.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import Restarted, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rasa.core.brokers.broker import EventBroker
    from rasa.shared.core.domain import Domain

NONCE_BYTES = 12
FORMAT = b"\x01"
_BUSY_MILLISECONDS = 5000
_FRESH_STARTS = (Restarted.type_name, SessionStarted.type_name)
_SECONDS_A_DAY = 86_400

_metadata = sa.MetaData()
_events = sa.Table(
    "tracker_event",
    _metadata,
    sa.Column("sender", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("happened_at", sa.Float, nullable=False, index=True),
    sa.Column("starts_afresh", sa.Boolean, nullable=False),
    sa.Column("turn", sa.String(64), nullable=False),  # of a message; the gateway's own identifier
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)


class TrackerStoreError(RuntimeError):
    """A stored event cannot be opened: another key, or a row that was altered."""


class SealedTrackerStore(TrackerStore):
    """Keeps trackers encrypted in SQLite (WAL) or PostgreSQL; safe for several processes."""

    def __init__(
        self,
        domain: Domain | None,
        *,
        url: str,
        key: bytes,
        event_broker: EventBroker | None = None,
    ) -> None:
        """Open the database at `url` and make its table; `key` is 32 bytes."""
        super().__init__(domain, event_broker)
        self._cipher = AESGCM(key)
        self._engine = _open(url)
        _metadata.create_all(self._engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet, all or none."""
        sender = tracker.sender_id
        with self._engine.begin() as connection:
            first, last = _current_session(connection, sender)
            stored = last - first + 1
            new = list(tracker.events)[stored:]
            rows = [
                self._row(sender, last + place, event.as_dict())
                for place, event in enumerate(new, start=1)
            ]
            if rows:
                connection.execute(_events.insert(), rows)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker since its last restart or session start, or None if unknown."""
        with self._engine.connect() as connection:
            first, _ = _current_session(connection, sender_id)
            return self._tracker(connection, sender_id, first)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the tracker with all its sessions, or None if unknown."""
        with self._engine.connect() as connection:
            return self._tracker(connection, conversation_id, 0)

    def events_of_turn(self, sender_id: str, turn_id: str) -> list[dict[str, Any]] | None:
        """Return the events from the message `turn_id` to the next message; None if unknown."""
        mine = _events.c.sender == sender_id
        starts = sa.select(_events.c.number).where(mine, _events.c.turn != "")
        with self._engine.connect() as connection:
            first = connection.execute(starts.where(_events.c.turn == turn_id)).scalar()
            if first is None:
                return None
            later = (
                connection.execute(
                    starts.where(_events.c.number > first).order_by(_events.c.number)
                )
                .scalars()
                .first()
            )
            query = sa.select(_events.c.number, _events.c.sealed).where(
                mine, _events.c.number >= first, _events.c.number < (later or sys.maxsize)
            )
            return [
                self._open_row(sender_id, *row)
                for row in connection.execute(query.order_by(_events.c.number))
            ]

    async def keys(self) -> Iterable[str]:
        """Return every sender that has an event."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(_events.c.sender).distinct()).scalars())

    async def delete(self, sender_id: str) -> int:
        """Forget a conversation; return how many rows went."""
        with self._engine.begin() as connection:
            return _delete(connection, _events.c.sender == sender_id)

    def purge(self, older_than_days: int, now: float | None = None) -> int:
        """Forget conversations with no event for so many days; return how many rows went."""
        limit = (time.time() if now is None else now) - older_than_days * _SECONDS_A_DAY
        quiet = (
            sa.select(_events.c.sender)
            .group_by(_events.c.sender)
            .having(sa.func.max(_events.c.happened_at) < limit)
        )
        with self._engine.begin() as connection:
            return _delete(connection, _events.c.sender.in_(quiet))

    def _row(self, sender: str, number: int, event: dict[str, Any]) -> dict[str, Any]:
        nonce = os.urandom(NONCE_BYTES)
        plain = json.dumps(event, ensure_ascii=True).encode()
        return {
            "sender": sender,
            "number": number,
            "happened_at": event.get("timestamp") or time.time(),
            "starts_afresh": event["event"] in _FRESH_STARTS,
            "turn": event.get("message_id") or "",
            "sealed": FORMAT + nonce + self._cipher.encrypt(nonce, plain, _place(sender, number)),
        }

    def _tracker(
        self, connection: sa.engine.Connection, sender: str, first: int
    ) -> DialogueStateTracker | None:
        query = (
            sa.select(_events.c.number, _events.c.sealed)
            .where(_events.c.sender == sender, _events.c.number >= first)
            .order_by(_events.c.number)
        )
        events = [self._open_row(sender, *row) for row in connection.execute(query)]
        if not events:
            return None
        return DialogueStateTracker.from_dict(sender, events, self.domain.slots)

    def _open_row(self, sender: str, number: int, sealed: bytes) -> dict[str, Any]:
        nonce, box = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            plain = self._cipher.decrypt(nonce, box, _place(sender, number))
        except InvalidTag:
            message = "a stored event does not open with this installation's tracker key"
            raise TrackerStoreError(message) from None
        return dict(json.loads(plain))


def _place(sender: str, number: int) -> bytes:
    return f"tracker_event|{sender}|{number}".encode()


def _current_session(connection: sa.engine.Connection, sender: str) -> tuple[int, int]:
    """Return the first and the last number of the session; (1, 0) for an unknown sender."""
    mine = _events.c.sender == sender
    last = connection.execute(sa.select(sa.func.max(_events.c.number)).where(mine)).scalar()
    first = connection.execute(
        sa.select(sa.func.max(_events.c.number)).where(mine, _events.c.starts_afresh)
    ).scalar()
    return first or 1, last or 0


def _delete(connection: sa.engine.Connection, condition: Any) -> int:
    return int(connection.execute(_events.delete().where(condition)).rowcount)


def _open(url: str) -> sa.engine.Engine:
    engine = sa.create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "secure_delete=ON",
        f"busy_timeout={_BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")
