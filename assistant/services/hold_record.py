"""Keep a record beyond its time: a legal hold, and what makes a case be kept longer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.services.case_dates import today_of
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.record_keeping import hold_on
from assistant.services.record_links import CASE
from assistant.services.requests import already_done, mark_done
from assistant.services.who_may_read import case_for, record_for
from assistant.store.columns import new_id
from assistant.store.retention_tables import LegalHold, LongerKept
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from assistant.casework.retention import Matter
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

    Change = Callable[[UnitOfWork, tuple[str, str]], None]


@dataclass(frozen=True)
class _Wish:
    staff_id: str
    reference: str
    why: str
    key: str
    what: str


def place_hold(  # noqa: PLR0913 - who, what, why, until when it is looked at, and once
    desk: Desk, *, staff_id: str, reference: str, why: str, review_on: date, idempotency_key: str
) -> None:
    """Keep the record until somebody lifts the hold; ``review_on`` is when to look at it again.

    Raises:
        NotHere: no such record for this person.
        StepUnclear: no reason, or a review that is not in the future.
        NotPossibleNow: it is held already.
    """
    if review_on <= today_of(desk):
        raise StepUnclear
    wish = _Wish(staff_id, reference, why, idempotency_key, "hold")
    _carry_out(desk, wish, partial(_place, desk, wish, review_on))


def lift_hold(desk: Desk, *, staff_id: str, reference: str, why: str, idempotency_key: str) -> None:
    """Let the record go when its time is over; raises what ``place_hold`` raises."""
    wish = _Wish(staff_id, reference, why, idempotency_key, "lift hold")
    _carry_out(desk, wish, partial(_lift, desk, wish))


def keep_longer(  # noqa: PLR0913 - who, what, why, how long, and once
    desk: Desk, *, staff_id: str, reference: str, why: str, matter: Matter, idempotency_key: str
) -> None:
    """Say what a case is about, as far as it changes how long it is kept.

    Raises ``NotHere`` and ``StepUnclear`` as ``place_hold`` does.
    """
    wish = _Wish(staff_id, reference, why, idempotency_key, f"matter {matter.value}")
    with desk.unit_of_work(read_only=True) as work:
        case_for(desk, work, staff_id, reference)
    _carry_out(desk, wish, partial(_say_matter, desk, wish, matter))


def _carry_out(desk: Desk, wish: _Wish, change: Change) -> None:
    if not wish.why.strip():
        raise StepUnclear
    settled(partial(_once, desk, wish, change))


def _once(desk: Desk, wish: _Wish, change: Change) -> None:
    with desk.unit_of_work() as work:
        kind, record = record_for(desk, work, wish.staff_id, wish.reference)
        work.session.refresh(record, with_for_update=True)
        if already_done(work, wish.what, record.id, wish.key):
            return
        change(work, (kind, record.id))
        mark_done(desk, work, wish.what, record.id, wish.key)
        work.commit()


def _place(
    desk: Desk, wish: _Wish, review_on: date, work: UnitOfWork, record: tuple[str, str]
) -> None:
    if hold_on(work, *record):
        raise NotPossibleNow
    row = LegalHold(
        id=new_id(),
        record_kind=record[0],
        record_id=record[1],
        review_on=review_on,
        placed_by=wish.staff_id,
        placed_at=desk.clock.now(),
    )
    work.seal(row, "why", wish.why)
    work.session.add(row)
    details = {"why": wish.why, "review_on": review_on.isoformat()}
    work.history.append("record.held", wish.staff_id, *record, **details)


def _lift(desk: Desk, wish: _Wish, work: UnitOfWork, record: tuple[str, str]) -> None:
    row = hold_on(work, *record)
    if row is None:
        raise NotPossibleNow
    row.lifted_by, row.lifted_at = wish.staff_id, desk.clock.now()
    work.history.append("record.hold_lifted", wish.staff_id, *record, why=wish.why)


def _say_matter(
    desk: Desk, wish: _Wish, matter: Matter, work: UnitOfWork, record: tuple[str, str]
) -> None:
    _, record_id = record
    row = LongerKept(
        case_id=record_id, matter=matter.value, set_by=wish.staff_id, set_at=desk.clock.now()
    )
    work.session.merge(row)
    details = {"why": wish.why, "matter": matter.value}
    work.history.append("case.kept_longer", wish.staff_id, CASE, record_id, **details)
