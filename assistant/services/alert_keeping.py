"""How long alerts are kept: until a lead decides, and never less than that.

A child protection file follows the child to the next school and is kept there (Keeping Children
Safe in Education, on child protection files). Nobody can tell from an alert how long that is, so
none goes by its time: some years after it was closed the leads are asked whether its words are in
the child's file, and one of them removes it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.alert_leads import leads_for
from assistant.casework.alert_steps import AlertState
from assistant.casework.calendar import to_london
from assistant.casework.deadlines import months_after
from assistant.casework.retention import MONTHS
from assistant.services.alert_readers import (
    ALERT,
    alert_is_open_to,
    require_recipient,
    subjects_of_alert,
)
from assistant.services.alert_step import STEP_TAKEN
from assistant.services.case_dates import today_of
from assistant.services.desk_rows import who
from assistant.store.alert_tables import Alert, AlertHold, RemovedAlert, RemovedAlertReader
from assistant.store.ledger import AlertHistoryEvent

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

LINES = 200


@dataclass(frozen=True)
class AlertHoldView:
    """A hold on an alert, in words."""

    why: str
    placed_by: str
    review_on: date
    overdue: bool


@dataclass(frozen=True)
class KeptAlert:
    """An alert with its dates and nobody's words; ``ask_on`` is None as long as it is open.

    ``is_due`` tells that the leads are asked now, ``decides`` that the reader is one of them.
    """

    id: str
    raised_on: date
    closed_on: date | None
    ask_on: date | None
    is_due: bool
    decides: bool
    hold: AlertHoldView | None


@dataclass(frozen=True)
class RemovedAlertLine:
    """One line of what leads removed."""

    raised_on: date
    closed_on: date
    why: str
    removed_by: str
    removed_at: datetime


@dataclass(frozen=True)
class AlertsKept:
    """What one person may know of: alerts that wait for a decision, held ones, removed ones."""

    due: tuple[KeptAlert, ...]
    held: tuple[KeptAlert, ...]
    removed: tuple[RemovedAlertLine, ...]


def count_due_alerts(desk: Desk) -> int:
    """Return for how many alerts the leads are asked now; uses the alerts database alone."""
    with desk.alerts_unit_of_work(read_only=True) as work:
        return sum(each.is_due for each in _closed(desk, work, "", Alert.id.is_not(None)))


def alerts_kept(desk: Desk, staff_id: str) -> AlertsKept:
    """Return what the person may know of, the alert that was closed first before the others."""
    with desk.alerts_unit_of_work(read_only=True) as work:
        mine = alert_is_open_to(desk, staff_id)
        closed = _closed(desk, work, staff_id, mine)
        holds = select(Alert).where(mine, Alert.id.in_(select(AlertHold.alert_id)))
        held = [
            kept_alert(desk, work, each, staff_id)
            for each in work.session.scalars(holds.order_by(Alert.raised_at, Alert.id))
        ]
        due = tuple(each for each in closed if each.is_due and each.decides)
        return AlertsKept(due, tuple(held), _removed(desk, work, staff_id))


def view_alert_keeping(desk: Desk, staff_id: str, alert_id: str) -> KeptAlert:
    """Return how long one alert is kept; raises ``NotHere``."""
    with desk.alerts_unit_of_work(read_only=True) as work:
        alert = require_recipient(desk, work, alert_id, staff_id)
        return kept_alert(desk, work, alert, staff_id)


def kept_alert(desk: Desk, work: UnitOfWork, alert: Alert, staff_id: str) -> KeptAlert:
    """Return the same within a unit of work; the person may read the alert already."""
    closed_on = _closed_on(work, alert)
    years = desk.school.retention.alert_years
    ask_on = months_after(closed_on, MONTHS * years) if closed_on else None
    hold = _hold(desk, work, alert.id)
    return KeptAlert(
        id=alert.id,
        raised_on=to_london(alert.raised_at).date(),
        closed_on=closed_on,
        ask_on=ask_on,
        is_due=hold is None and ask_on is not None and today_of(desk) > ask_on,
        decides=_decides(desk, work, alert.id, staff_id),
        hold=hold,
    )


def _decides(desk: Desk, work: UnitOfWork, alert_id: str, staff_id: str) -> bool:
    """Tell whether the person is a lead for the alert; a colleague who was told of it is none."""
    leads = leads_for(desk.school, subjects_of_alert(work, alert_id), today_of(desk))
    return staff_id in {lead.staff for lead in leads}


def _closed(
    desk: Desk, work: UnitOfWork, staff_id: str, wanted: ColumnElement[bool]
) -> list[KeptAlert]:
    before = desk.clock.now() - timedelta(days=365 * desk.school.retention.alert_years)
    old = Alert.state == AlertState.CLOSED.value, Alert.raised_at < before
    closed = select(Alert).where(*old, wanted)
    found = [kept_alert(desk, work, each, staff_id) for each in work.session.scalars(closed).all()]
    return sorted(found, key=lambda each: (each.closed_on or each.raised_on, each.id))


def _closed_on(work: UnitOfWork, alert: Alert) -> date | None:
    """Return the London date of the last step, None for an alert that is not closed."""
    if alert.state != AlertState.CLOSED.value:
        return None
    steps = AlertHistoryEvent.target_kind == ALERT, AlertHistoryEvent.target_id == alert.id
    last = select(func.max(AlertHistoryEvent.at)).where(AlertHistoryEvent.kind == STEP_TAKEN)
    return to_london(work.session.scalar(last.where(*steps)) or alert.raised_at).date()


def _hold(desk: Desk, work: UnitOfWork, alert_id: str) -> AlertHoldView | None:
    row = work.session.scalars(select(AlertHold).where(AlertHold.alert_id == alert_id)).first()
    if row is None:
        return None
    overdue = row.review_on < today_of(desk)
    return AlertHoldView(work.unseal(row, "why"), who(desk, row.placed_by), row.review_on, overdue)


def _removed(desk: Desk, work: UnitOfWork, staff_id: str) -> tuple[RemovedAlertLine, ...]:
    mine = select(RemovedAlertReader.removed_id).where(RemovedAlertReader.staff_id == staff_id)
    lines = select(RemovedAlert).where(RemovedAlert.id.in_(mine))
    newest = lines.order_by(RemovedAlert.removed_at.desc(), RemovedAlert.id).limit(LINES)
    return tuple(
        RemovedAlertLine(
            row.raised_on,
            row.closed_on,
            work.unseal(row, "why"),
            who(desk, row.removed_by),
            row.removed_at,
        )
        for row in work.session.scalars(newest)
    )
