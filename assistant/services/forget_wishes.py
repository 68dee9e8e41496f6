"""Conversations that the brain is still to forget.

A wish stays until the brain has forgotten the conversation once more after the longest turn that
could have been under way when it was asked: such a turn writes what was just forgotten.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.services.take_turn import LEASE_MARGIN_SECONDS
from assistant.store.retention_tables import ForgetWish

if TYPE_CHECKING:
    from assistant.services.desk import Desk

AT_A_TIME = 100
KEPT_APART = "the history says that it was forgotten"


def open_wishes(desk: Desk) -> list[str]:
    """Return conversations that the brain is to forget, who asked first before the others."""
    first = select(ForgetWish.conversation_id).order_by(ForgetWish.asked_at).limit(AT_A_TIME)
    with desk.unit_of_work(read_only=True) as work:
        return list(work.session.scalars(first))


def wish_granted(desk: Desk, conversation_id: str) -> bool:
    """Note that the brain has forgotten; True when no turn can have brought it back."""
    longest = timedelta(seconds=desk.settings.brain_timeout_seconds + LEASE_MARGIN_SECONDS)
    long_ago = ForgetWish.asked_at <= desk.machine_clock.now() - longest
    this = ForgetWish.conversation_id == conversation_id
    with desk.unit_of_work(read_only=True) as work:
        if work.session.scalar(select(this).where(this, long_ago)) is None:
            return False
    with desk.unit_of_work() as work:
        work.session.execute(delete(ForgetWish).where(this, long_ago))
        work.commit(unrecorded=KEPT_APART)
    return True
