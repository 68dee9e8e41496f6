"""Changes that were asked for under a key: carried out once, however often they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.turns import stored_key
from assistant.store.ledger import DoneRequest

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def already_done(work: UnitOfWork, what: str, target_id: str, idempotency_key: str) -> bool:
    """Tell whether ``what`` was done to the target under this key."""
    return work.session.get(DoneRequest, _key(what, target_id, idempotency_key)) is not None


def mark_done(
    desk: Desk, work: UnitOfWork, what: str, target_id: str, idempotency_key: str
) -> None:
    """Remember the key with the change; a twin that races it fails and finds this row."""
    key = _key(what, target_id, idempotency_key)
    now = desk.clock.now()
    work.session.add(DoneRequest(idempotency_key=key, what=what, target_id=target_id, done_at=now))


def _key(what: str, target_id: str, idempotency_key: str) -> str:
    return stored_key(f"{what}|{target_id}|{idempotency_key}")
