"""Bring a colleague into an alert, or write down whom it is about; both behind the wall."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.casework.alert_leads import colleagues
from assistant.services.alert_mail import tell_one
from assistant.services.alert_readers import add_recipients, subjects_of_alert, told_ids
from assistant.services.alert_step import take_alert_step
from assistant.services.alert_wall import recheck_alert
from assistant.services.case_step import StepUnclear
from assistant.services.errors import ReaderNotAllowed

if TYPE_CHECKING:
    from assistant.services.alert_step import LeadStep
    from assistant.services.desk import Desk
    from assistant.store.alert_tables import Alert
    from assistant.store.unit_of_work import UnitOfWork


def share_alert(desk: Desk, wish: LeadStep, to: str) -> None:
    """Let a colleague (a staff id) read the alert and tell them; the giver goes on reading it.

    Raises what any step raises, and ``ReaderNotAllowed`` for somebody who may not be brought in.
    """
    take_alert_step(desk, wish, partial(_share, desk, wish, to))


def name_in_alert(desk: Desk, wish: LeadStep, about: str) -> None:
    """Write down that the alert is about a member of staff; the wall is asked again at once.

    Raises what any step raises, and ``StepUnclear`` for somebody who is not on the staff list.
    """
    if about not in desk.school.by_id:
        raise StepUnclear
    take_alert_step(desk, wish, partial(_name, desk, wish, about))


def _share(desk: Desk, wish: LeadStep, to: str, work: UnitOfWork, alert: Alert) -> dict[str, Any]:
    told = frozenset(told_ids(work, alert.id))
    if to not in colleagues(desk.school, subjects_of_alert(work, alert.id), told):
        raise ReaderNotAllowed
    add_recipients(work, alert.id, (to,))
    tell_one(desk, work, alert, to, f"shared {wish.key}")
    return {"who": to}


def _name(desk: Desk, wish: LeadStep, about: str, work: UnitOfWork, alert: Alert) -> dict[str, Any]:
    recheck_alert(desk, work, alert, {about}, wish.staff_id)
    return {"who": about}
