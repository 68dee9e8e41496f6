"""Decide about an old alert: a legal hold on it, the hold lifted, or the alert removed.

Removing it is one transaction in the alerts database: its key, its rows and its words go, and a
line stays that says who removed it and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.alert_keeping import kept_alert
from assistant.services.alert_readers import ALERT, recipient_ids, require_recipient
from assistant.services.case_dates import today_of
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.requests import OF_ALERTS, already_done, mark_done
from assistant.store.alert_tables import AlertHold, RemovedAlert, RemovedAlertReader
from assistant.store.columns import new_id
from assistant.store.erasing import let_go
from assistant.store.hanging_rows import delete_record, erase_details
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from assistant.services.alert_keeping import KeptAlert
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

    Change = Callable[[Desk, UnitOfWork, KeptAlert], None]


@dataclass(frozen=True)
class LeadDecision:
    """Which lead decides about which alert, and why; ``key`` is sent once a form."""

    staff_id: str
    alert_id: str
    why: str
    key: str


def hold_alert(desk: Desk, wish: LeadDecision, review_on: date) -> None:
    """Keep the alert until somebody lifts the hold; ``review_on`` is when to look at it again.

    Raises:
        NotHere: no such alert for this person.
        StepUnclear: no reason, or a review that is not in the future.
        NotPossibleNow: it is held already, or the person is no lead for it.
    """
    if review_on <= today_of(desk):
        raise StepUnclear
    _once(desk, wish, "hold", partial(_hold, wish, review_on))


def lift_alert_hold(desk: Desk, wish: LeadDecision) -> None:
    """Lift the hold; raises what ``hold_alert`` raises."""
    _once(desk, wish, "lift hold", partial(_lift, wish))


def remove_alert(desk: Desk, wish: LeadDecision) -> None:
    """Erase the alert; it cannot be brought back. Who sends it twice finds it gone.

    Raises what ``hold_alert`` raises, and ``NotPossibleNow`` while it is open, held, or closed too
    lately for the leads to be asked.
    """
    if not wish.why.strip():
        raise StepUnclear
    settled(partial(_remove, desk, wish))
    let_go(desk.alerts_unit_of_work)


def _once(desk: Desk, wish: LeadDecision, what: str, change: Change) -> None:
    if not wish.why.strip():
        raise StepUnclear
    settled(partial(_change, desk, wish, what, change))


def _change(desk: Desk, wish: LeadDecision, what: str, change: Change) -> None:
    with desk.alerts_unit_of_work() as work:
        kept = _looked_at(desk, work, wish)
        if already_done(work, what, kept.id, wish.key, table=OF_ALERTS):
            return
        change(desk, work, kept)
        mark_done(desk, work, what, kept.id, wish.key, table=OF_ALERTS)
        work.commit()


def _looked_at(desk: Desk, work: UnitOfWork, wish: LeadDecision) -> KeptAlert:
    """Return the alert as it is now, under a lock; only a lead goes on."""
    alert = require_recipient(desk, work, wish.alert_id, wish.staff_id)
    work.session.refresh(alert, with_for_update=True)
    kept = kept_alert(desk, work, alert, wish.staff_id)
    if not kept.decides:
        raise NotPossibleNow
    return kept


def _hold(
    wish: LeadDecision, review_on: date, desk: Desk, work: UnitOfWork, kept: KeptAlert
) -> None:
    if kept.hold:
        raise NotPossibleNow
    row = AlertHold(
        id=new_id(),
        alert_id=kept.id,
        review_on=review_on,
        placed_by=wish.staff_id,
        placed_at=desk.clock.now(),
    )
    work.seal(row, "why", wish.why)
    work.session.add(row)
    details = {"why": wish.why, "review_on": review_on.isoformat()}
    work.history.append("alert.held", wish.staff_id, ALERT, kept.id, **details)


def _lift(wish: LeadDecision, _desk: Desk, work: UnitOfWork, kept: KeptAlert) -> None:
    row = work.session.scalars(select(AlertHold).where(AlertHold.alert_id == kept.id)).first()
    if row is None:
        raise NotPossibleNow
    work.session.delete(row)
    work.history.append("alert.hold_lifted", wish.staff_id, ALERT, kept.id, why=wish.why)


def _remove(desk: Desk, wish: LeadDecision) -> None:
    with desk.alerts_unit_of_work() as work:
        kept = _looked_at(desk, work, wish)
        if not kept.is_due or kept.closed_on is None:
            raise NotPossibleNow
        _write_down(desk, work, wish, kept, kept.closed_on)
        work.session.expunge_all()  # rows that go by statement are no longer known by identity
        work.keys.destroy((ALERT, kept.id))
        erase_details(work.session, ALERT, kept.id)
        delete_record(work.session, ALERT, kept.id)
        work.history.append("alert.removed", wish.staff_id, ALERT, kept.id)
        work.commit()


def _write_down(
    desk: Desk, work: UnitOfWork, wish: LeadDecision, kept: KeptAlert, closed_on: date
) -> None:
    line = RemovedAlert(
        id=new_id(),
        raised_on=kept.raised_on,
        closed_on=closed_on,
        removed_by=wish.staff_id,
        removed_at=desk.clock.now(),
    )
    work.seal(line, "why", wish.why)
    work.session.add(line)
    work.session.flush()
    readers = recipient_ids(desk, work, kept.id)
    rows = [RemovedAlertReader(removed_id=line.id, staff_id=each) for each in readers]
    work.session.add_all(rows)
    work.session.flush()
