"""One transaction: rolled back unless committed, and no write without a history row.

Errors: ``UnrecordedWriteError`` (a programmer's mistake: a commit without history or reason).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session

from assistant.security.sealing import key_of
from assistant.store.data_keys import DataKeys
from assistant.store.engine import READ_ONLY
from assistant.store.history import Chain, Happening, PastEvent
from assistant.store.key_owners import owner_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import TracebackType

    from sqlalchemy import Engine

    from assistant.security.key_ring import KeyRing
    from assistant.store.columns import Row

Result = TypeVar("Result")

RETRY_CODES = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: serialisation failure, deadlock, and a lock that took longer than its limit."""
ATTEMPTS = 3
"""As many as a crowd before one row needs; a page still answers in time."""


class UnrecordedWriteError(Exception):
    """Rows changed, but nothing was appended to the history and no reason was given."""


class OpenWork(Protocol):
    """Starts a unit of work on one database."""

    def __call__(self, *, read_only: bool = False) -> UnitOfWork:
        """Return a unit of work; a read-only one never waits for a writer."""


class History:
    """The events of one unit of work, written to the chain as the last thing before COMMIT.

    Last, so that the lock on the chain is held shortly and always taken after every other lock.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.happenings: list[Happening] = []

    def append(
        self, kind: str, actor: str, target_kind: str, target_id: str, /, **details: object
    ) -> None:
        """Record that ``actor`` did ``kind`` to a target; ``details`` are sealed JSON values."""
        self.happenings.append(Happening(self._now(), kind, actor, target_kind, target_id, details))


class UnitOfWork:
    """A session, the history of what it changes, and the sealing of its rows."""

    def __init__(
        self,
        engine: Engine,
        chain: Chain,
        ring: KeyRing,
        now: Callable[[], datetime],
        *,
        read_only: bool = False,
    ) -> None:
        options = {READ_ONLY: True, "postgresql_readonly": True} if read_only else {}
        self.session = Session(engine.execution_options(**options), expire_on_commit=False)
        self.history = History(now)
        self.keys = DataKeys(self.session, chain.tables.key, ring, now)
        self._chain = chain
        self._wrote = False
        event.listen(self.session, "before_flush", self._note_flush)
        event.listen(self.session, "do_orm_execute", self._note_statement)

    def __enter__(self) -> Self:
        """Return itself; the transaction starts with the first statement."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Undo whatever was not committed."""
        self.session.close()

    def commit(self, *, unrecorded: str = "") -> None:
        """Make the changes durable together with their history.

        ``unrecorded`` says why a change needs no history, such as a hold that ends by itself.
        Raises ``UnrecordedWriteError`` when rows changed and there is neither.
        """
        self.session.flush()
        if self._wrote and not self.history.happenings and not unrecorded:
            message = "a write needs a history event, or a reason why it has none"
            raise UnrecordedWriteError(message)
        if self.history.happenings:
            self._chain.append(self.session, self.keys, self.history.happenings)
        self.session.commit()
        self.history.happenings.clear()
        self._wrote = False

    def seal(self, row: Row, column: str, text: str) -> None:
        """Put sealed ``text`` into ``row.column``, under the key of the record that it hangs on.

        The row must have its id already, and the columns that name its record.
        """
        key = self.keys.of_owner(owner_of(row))
        setattr(row, column, key.seal(text, **_place(row, column)))

    def unseal(self, row: Row, column: str) -> str:
        """Return the text of a sealed column; raises ``SealBrokenError`` if it was moved."""
        envelope, place = getattr(row, column), _place(row, column)
        key_id = key_of(envelope)
        if key_id is None:
            return self.keys.open_first(envelope, place)
        if not self.keys.knows(key_id):
            self.keys.look_up(self._keys_beside(row, column))
        return self.keys.named(key_id).unseal(envelope, **place)

    def seal_json(self, row: Row, column: str, value: object) -> None:
        """Put ``value`` as sealed JSON into ``row.column``."""
        self.seal(row, column, json.dumps(value))

    def unseal_json(self, row: Row, column: str) -> Any:  # noqa: ANN401 - whatever was sealed
        """Return what ``seal_json`` put there, as plain JSON types."""
        return json.loads(self.unseal(row, column))

    def events_of(self, target_kind: str, target_id: str) -> list[PastEvent]:
        """Return the committed history of one target, the earliest first."""
        return self._chain.events_of(self.session, self.keys, target_kind, target_id)

    def first_wrong_event(self) -> int | None:
        """Return the sequence of the first missing or altered history event, or None."""
        return self._chain.first_wrong(self.session)

    def last_event_digest(self) -> str:
        """Return the digest with which the history ends, empty before there is any."""
        return self._chain.last_digest(self.session)

    def event_happened_at(self, digest: str) -> datetime | None:
        """Return when the history event with that digest happened, or None."""
        return self._chain.happened_at(self.session, digest)

    def _keys_beside(self, row: Row, column: str) -> list[str]:
        """Return the keys of that column in every row at hand: they are opened together."""
        rows = [each for each in self.session.identity_map.values() if type(each) is type(row)]
        envelopes = [each.__dict__.get(column) for each in rows]
        return [key for key in (key_of(each) for each in envelopes if each) if key]

    def _note_flush(self, session: Session, _context: object, _instances: object) -> None:
        changed = any(session.is_modified(row) for row in session.dirty)
        self._wrote = self._wrote or bool(session.new or session.deleted or changed)

    def _note_statement(self, state: ORMExecuteState) -> None:
        self._wrote = self._wrote or state.is_insert or state.is_update or state.is_delete


def _place(row: Row, column: str) -> dict[str, str]:
    return {"table": row.__tablename__, "column": column, "row_id": row.id}


def settled(action: Callable[[], Result]) -> Result:
    """Return ``action()``; if it lost a race or waited in vain, what it says when tried again.

    The twin of a lost race has committed by then: an idempotent action finds the finished work.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return action()
        except IntegrityError:
            continue
        except OperationalError as problem:
            if not _may_retry(problem):
                raise
    return action()


def _may_retry(problem: DBAPIError) -> bool:
    return getattr(problem.orig, "sqlstate", "") in RETRY_CODES
