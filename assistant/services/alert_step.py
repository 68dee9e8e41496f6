"""What every step with an alert shares: who may, once only, a row of history with who and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.casework.alert_steps import AlertState, AlertStep, state_after
from assistant.services.alert_readers import ALERT, require_recipient
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.requests import OF_ALERTS, already_done, mark_done
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.store.alert_tables import Alert
    from assistant.store.unit_of_work import UnitOfWork

    Change = Callable[[UnitOfWork, Alert], dict[str, Any]]
    """Changes the alert and returns the details of the event."""

STEP_TAKEN = "alert.step"


@dataclass(frozen=True)
class LeadStep:
    """Which lead takes which step with which alert, and why; ``key`` is sent once a form."""

    staff_id: str
    alert_id: str
    step: AlertStep
    why: str
    key: str


def no_more(_work: UnitOfWork, _alert: Alert) -> dict[str, Any]:
    """Change nothing beyond the state."""
    return {}


def take_alert_step(desk: Desk, wish: LeadStep, change: Change = no_more) -> None:
    """Carry the step out once, and move the alert where it leads.

    Raises:
        NotHere: no such alert for this person.
        StepUnclear: no reason.
        NotPossibleNow: the alert has moved on, and the step may not be taken from there.
    """
    if not wish.why.strip():
        raise StepUnclear
    settled(partial(_take, desk, wish, change))


def _take(desk: Desk, wish: LeadStep, change: Change) -> None:
    with desk.alerts_unit_of_work() as work:
        alert = require_recipient(desk, work, wish.alert_id, wish.staff_id)
        work.session.refresh(alert, with_for_update=True)
        what = wish.step.value
        if already_done(work, what, alert.id, wish.key, table=OF_ALERTS):
            return
        before = AlertState(alert.state)
        after = state_after(before, wish.step)
        if after is None:
            raise NotPossibleNow
        details = change(work, alert)
        if before is not after:  # else the wall may have moved it, and that stands
            alert.state, alert.moved_by = after.value, wish.staff_id
        mark_done(desk, work, what, alert.id, wish.key, table=OF_ALERTS)
        said = {"step": what, "why": wish.why, **details}
        work.history.append(STEP_TAKEN, wish.staff_id, ALERT, alert.id, **said)
        work.commit()
