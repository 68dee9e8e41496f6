"""Show a whole alert to somebody who may read it; uses the alerts database and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.alert_leads import colleagues, next_told, read_by
from assistant.casework.alert_steps import AlertState, AlertStep, may_agree, steps_from
from assistant.casework.calendar import to_london
from assistant.services.alert_readers import (
    ALERT,
    recipient_ids,
    require_recipient,
    subjects_of_alert,
    told_ids,
)
from assistant.services.alert_timeline import alert_timeline
from assistant.services.desk_rows import alert_row, who
from assistant.services.desk_shapes import AlertView
from assistant.services.shapes import Contact
from assistant.store.alert_tables import AlertAcknowledgement

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.alert_tables import Alert
    from assistant.store.unit_of_work import UnitOfWork


def view_alert(desk: Desk, staff_id: str, alert_id: str) -> AlertView:
    """Return the alert; raises ``NotHere`` for a missing one and for somebody else's alike."""
    with desk.alerts_unit_of_work() as work:
        alert = require_recipient(desk, work, alert_id, staff_id)
        work.history.append("alert.read", staff_id, ALERT, alert_id)
        work.commit()
        return _view(desk, work, alert, staff_id)


def _view(desk: Desk, work: UnitOfWork, alert: Alert, staff_id: str) -> AlertView:
    acknowledged = _acknowledged(work, alert)
    subjects, told = subjects_of_alert(work, alert.id), frozenset(told_ids(work, alert.id))
    waits = alert.state == AlertState.WAITING.value
    unnamed = (each for each in desk.school.people if each.id not in subjects)
    others = colleagues(desk.school, subjects, told)
    raised_on = to_london(alert.raised_at).date()
    return AlertView(
        row=alert_row(desk, alert),
        words=work.unseal(alert, "words"),
        contact=Contact(**work.unseal_json(alert, "contact")) if alert.contact else None,
        told=tuple(who(desk, each) for each in recipient_ids(desk, work, alert.id)),
        acknowledged=tuple((who(desk, row.staff_id), row.at) for row in acknowledged),
        mine=any(row.staff_id == staff_id for row in acknowledged),
        timeline=tuple(alert_timeline(desk, work, alert.id)),
        steps=tuple(each.value for each in _steps(desk, work, alert, staff_id)),
        colleagues=tuple((each, who(desk, each)) for each in others),
        staff=tuple((each.id, who(desk, each.id)) for each in unnamed),
        promise=read_by(desk.school, desk.calendar, raised_on),
        nobody_left=waits and not next_told(desk.school, subjects, told),
    )


def _acknowledged(work: UnitOfWork, alert: Alert) -> list[AlertAcknowledgement]:
    mine = select(AlertAcknowledgement).where(AlertAcknowledgement.alert_id == alert.id)
    in_order = mine.order_by(AlertAcknowledgement.at, AlertAcknowledgement.staff_id)
    return list(work.session.scalars(in_order))


def _steps(desk: Desk, work: UnitOfWork, alert: Alert, staff_id: str) -> list[AlertStep]:
    """Return what this reader may do now; who judged it does not agree with themselves."""
    steps = set(steps_from(AlertState(alert.state)))
    free = frozenset(recipient_ids(desk, work, alert.id))
    if not may_agree(staff_id, alert.moved_by or "", free):
        steps.discard(AlertStep.AGREE)
    if alert.about_adult:
        steps.discard(AlertStep.ADULT)
    return [step for step in AlertStep if step in steps]
