"""Refer an alert onward to a body outside the school, and keep what it advised."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.casework.alert_leads import LADO, bodies_of
from assistant.services.alert_step import take_alert_step
from assistant.services.case_dates import today_of
from assistant.services.case_step import StepUnclear

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.alert_step import LeadStep
    from assistant.services.desk import Desk
    from assistant.store.alert_tables import Alert
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Referral:
    """To which body (an id of ``bodies_of``), on which London date, and what it gave back.

    ``reference`` is the other body's own; ``advice`` is what it said. Both may be empty.
    """

    body: str
    on: date
    reference: str = ""
    advice: str = ""


def refer_alert(desk: Desk, wish: LeadStep, referral: Referral) -> None:
    """Record the referral; the first one to the LADO stops that clock.

    Raises what any step raises, and ``StepUnclear`` for a body that the school does not know and
    for a day that has not come.
    """
    known = {each.id for each in bodies_of(desk.school)}
    if referral.body not in known or referral.on > today_of(desk):
        raise StepUnclear
    take_alert_step(desk, wish, partial(_refer, referral))


def _refer(referral: Referral, _work: UnitOfWork, alert: Alert) -> dict[str, Any]:
    if referral.body == LADO:
        alert.lado_told_on = min(alert.lado_told_on or referral.on, referral.on)
    return {
        "body": referral.body,
        "on": referral.on.isoformat(),
        "reference": referral.reference,
        "advice": referral.advice,
    }
