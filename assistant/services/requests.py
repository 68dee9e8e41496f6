"""Changes that were asked for under a key: carried out once, however often they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from assistant.services.turns import stored_key
from assistant.store.ledger import AlertDoneRequest, DoneRequest

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


OF_CASES = DoneRequest
OF_ALERTS = cast("type[DoneRequest]", AlertDoneRequest)  # the same columns in the other database


def already_done(
    work: UnitOfWork,
    what: str,
    target_id: str,
    idempotency_key: str,
    *,
    table: type[DoneRequest] = OF_CASES,
) -> bool:
    """Tell whether ``what`` was done to the target under this key."""
    return work.session.get(table, _key(what, target_id, idempotency_key)) is not None


def mark_done(  # noqa: PLR0913 - what was done to what, under which key, where
    desk: Desk,
    work: UnitOfWork,
    what: str,
    target_id: str,
    idempotency_key: str,
    *,
    table: type[DoneRequest] = OF_CASES,
) -> None:
    """Remember the key with the change; a twin that races it fails and finds this row."""
    key = _key(what, target_id, idempotency_key)
    now = desk.clock.now()
    work.session.add(table(idempotency_key=key, what=what, target_id=target_id, done_at=now))


def _key(what: str, target_id: str, idempotency_key: str) -> str:
    return stored_key(f"{what}|{target_id}|{idempotency_key}")
