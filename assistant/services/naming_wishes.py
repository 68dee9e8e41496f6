"""Namings in a conversation that its older alerts are still to hear of.

A wish is committed with the change that named somebody, in the case database, and goes once the
alerts database has heard of it: whatever is away or dies in between, the wall closes in the end.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import delete, select

from assistant.services.alert_spool import spooled
from assistant.services.alert_wall import name_in_conversation
from assistant.store.columns import new_id
from assistant.store.retention_tables import NamingWish
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

AT_A_TIME = 100
KEPT_APART = "the alerts' own history says who was named"

log = structlog.get_logger()


def wish_naming(
    desk: Desk, work: UnitOfWork, conversation_id: str | None, subjects: AbstractSet[str]
) -> None:
    """Ask, in the caller's transaction, that the conversation's alerts hear of ``subjects``."""
    if conversation_id and subjects:
        wish = NamingWish(
            id=new_id(),
            conversation_id=conversation_id,
            subjects=sorted(subjects),
            asked_at=desk.machine_clock.now(),
        )
        work.session.add(wish)


def name_in_alerts(desk: Desk, conversation_id: str | None) -> None:
    """Do now what was wished for this conversation.

    Never fails: what the parent did is done, whatever becomes of the alerts database. What could
    not be done is done by the caretaker. The next alert of the conversation is told who is meant
    by whoever raises it.
    """
    if conversation_id:
        _grant_all(desk, conversation_id)


def grant_naming_wishes(desk: Desk) -> int:
    """Do what is still wished, the oldest first; return how many wishes are done with."""
    return _grant_all(desk, None)


def _grant_all(desk: Desk, conversation_id: str | None) -> int:
    """Stop at the first that fails: the database is away for all of them."""
    done = 0
    try:
        for wish in _open_wishes(desk, conversation_id):
            done += _grant(desk, wish)
    except Exception as problem:  # noqa: BLE001 - see above; logged by its name
        log.warning("alerts_not_named", error=type(problem).__name__)
    return done


def _open_wishes(desk: Desk, conversation_id: str | None) -> list[NamingWish]:
    first = select(NamingWish).order_by(NamingWish.asked_at, NamingWish.id).limit(AT_A_TIME)
    if conversation_id:
        first = first.where(NamingWish.conversation_id == conversation_id)
    with desk.unit_of_work(read_only=True) as work:
        return list(work.session.scalars(first))


def _grant(desk: Desk, wish: NamingWish) -> bool:
    """Name them; a wish stays while an alert of its conversation is on its way to the database."""
    if any(told.conversation_id == wish.conversation_id for told in spooled(desk)):
        return False
    settled(partial(_name, desk, wish))
    with desk.unit_of_work() as work:
        work.session.execute(delete(NamingWish).where(NamingWish.id == wish.id))
        work.commit(unrecorded=KEPT_APART)
    return True


def _name(desk: Desk, wish: NamingWish) -> None:
    with desk.alerts_unit_of_work() as work:
        name_in_conversation(desk, work, wish.conversation_id, frozenset(wish.subjects))
        if work.history.happenings:
            work.commit()
