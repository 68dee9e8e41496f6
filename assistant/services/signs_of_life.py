"""Note that somebody is still there, and tell whether they may be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from assistant.casework.duty import ChatState
from assistant.services.duty_rows import session_runs
from assistant.services.sessions import session_digest
from assistant.store.live_tables import LiveChat, OnDuty
from assistant.store.tables import DeskSession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    from assistant.services.desk import Desk

NOTED_EVERY = timedelta(seconds=4)
"""A sign of life is written down this often, not with every look."""


def parent_is_there(desk: Desk, conversation_id: str) -> None:
    """Note that the parent's page is open, where a talk waits or runs."""
    mine = LiveChat.conversation_id == conversation_id, LiveChat.state != ChatState.OVER.value
    _note(desk, LiveChat.parent_seen_at, mine, {"parent_seen_at": desk.machine_clock.now()})


def staff_is_there(desk: Desk, *, staff_id: str, session: str) -> bool:
    """Note that the person's page is open, for their duty and the talks they took.

    Returns whether their desk session still runs. A page that is left open does not prolong it.
    """
    digest, now = session_digest(desk, session), desk.machine_clock.now()
    with desk.unit_of_work(read_only=True) as work:
        mine = DeskSession.token_digest == digest, session_runs(desk, digest, staff_id)
        if work.session.scalars(select(DeskSession.token_digest).where(*mine)).first() is None:
            return False
    on_duty = OnDuty.staff_id == staff_id, OnDuty.session_digest == digest
    _note(desk, OnDuty.seen_at, on_duty, {"seen_at": now})
    talks = LiveChat.taken_by == staff_id, LiveChat.state == ChatState.TAKEN.value
    seen = {"staff_seen_at": now, "session_digest": digest}
    _note(desk, LiveChat.staff_seen_at, talks, seen)
    return True


def _note(
    desk: Desk,
    column: InstrumentedAttribute[Any],
    whose: Sequence[ColumnElement[bool]],
    values: dict[str, object],
) -> None:
    """Look first: whoever was noted just now costs nobody a place in the queue of writers."""
    old = column < desk.machine_clock.now() - NOTED_EVERY
    with desk.unit_of_work(read_only=True) as work:
        if work.session.scalars(select(column).where(*whose, old).limit(1)).first() is None:
            return
    with desk.unit_of_work() as work:
        noting = update(column.class_).where(*whose, old)
        work.session.execute(noting.execution_options(synchronize_session=False).values(**values))
        work.commit(unrecorded="being awake is not an event")
