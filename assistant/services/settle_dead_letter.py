"""See to a message that could not be delivered: send it again, or say that they know otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.case_step import StepUnclear
from assistant.services.dead_letters import (
    FAILED,
    POST,
    TOLD_OTHERWISE,
    addressee,
    is_dead,
    is_repeated,
    stores,
)
from assistant.services.errors import NotHere
from assistant.services.list_dead_letters import SENT_AGAIN
from assistant.services.mailers import Outcome
from assistant.services.record_links import MEETING
from assistant.services.reminders import REMINDER
from assistant.services.timeline import TOLD_WITHOUT_MAIL
from assistant.store.columns import is_row_id
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.ledger import Outbox
    from assistant.store.unit_of_work import UnitOfWork


class Settling(StrEnum):
    """What somebody does about the message."""

    AGAIN = "again"
    OTHERWISE = "otherwise"


@dataclass(frozen=True)
class _Wish:
    staff_id: str
    letter_id: str
    how: Settling
    why: str


def settle_dead_letter(
    desk: Desk, *, staff_id: str, letter_id: str, how: Settling, why: str
) -> None:
    """Send it again from the first try, or keep it given up as they were told otherwise.

    Changes nothing about a message that somebody saw to in between. Raises ``NotHere`` for one
    that is not theirs to know of, and ``StepUnclear`` without a reason.
    """
    if not why.strip():
        raise StepUnclear
    settled(partial(_settle, desk, _Wish(staff_id, letter_id, how, why)))


def _settle(desk: Desk, wish: _Wish) -> None:
    if not is_row_id(wish.letter_id):
        raise NotHere
    for open_work, table, is_seen in stores(desk):
        mine = select(table).where(table.id == wish.letter_id, is_seen(desk, wish.staff_id))
        with open_work() as work:
            row = work.session.scalars(mine.with_for_update()).first()
            if row is None:
                continue
            if row.given_up_at is not None and row.problem in FAILED:
                _change(desk, work, row, wish)
                _forget_repeats(desk, work, row)
                work.commit()
            return
    raise NotHere


def _forget_repeats(desk: Desk, work: UnitOfWork, row: Outbox) -> None:
    """See with a repeated message to those before it, which said the same to the same person."""
    if not is_repeated(row):
        return
    table, same = type(row), addressee(desk, work, row)
    others = select(table).where(is_dead(table), table.target_id == row.target_id)
    for other in work.session.scalars(others.where(table.id != row.id).with_for_update()):
        if addressee(desk, work, other) == same:
            other.problem = TOLD_OTHERWISE


def _change(desk: Desk, work: UnitOfWork, row: Outbox, wish: _Wish) -> None:
    if wish.how is Settling.OTHERWISE:
        row.problem = TOLD_OTHERWISE
        work.history.append("mail.told_otherwise", wish.staff_id, POST, row.id, why=wish.why)
        kind = MEETING if row.target_kind == REMINDER else row.target_kind
        work.history.append(TOLD_WITHOUT_MAIL, wish.staff_id, kind, row.target_id, why=wish.why)
        return
    row.given_up_at, row.leased_until = None, None
    row.attempts, row.due_at = 0, desk.clock.now()
    if row.problem != Outcome.UNSURE.value:  # else one more break gives it up at once
        row.problem = None
    work.history.append(SENT_AGAIN, wish.staff_id, POST, row.id, why=wish.why)
