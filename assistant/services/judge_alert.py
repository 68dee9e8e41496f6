"""Judge an alert: less than it seemed, agreed by a second lead, closed, or open again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.casework.alert_steps import AlertStep, Outcome, may_agree
from assistant.services.alert_readers import recipient_ids
from assistant.services.alert_step import LeadStep, take_alert_step
from assistant.services.errors import NotPossibleNow

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.alert_tables import Alert
    from assistant.store.unit_of_work import UnitOfWork

PLAIN = (AlertStep.NOTE, AlertStep.CLOSE, AlertStep.REOPEN)
"""Steps that take their reason and nothing else."""


def take_plain_step(desk: Desk, wish: LeadStep) -> None:
    """Write something down, close the alert, or open it again; raises what any step raises."""
    if wish.step not in PLAIN:
        raise NotPossibleNow
    take_alert_step(desk, wish)


def downgrade_alert(desk: Desk, wish: LeadStep, outcome: Outcome) -> None:
    """Say that the alert is less than it seemed and what it is instead: a person's judgement.

    It stays on the desks of the others until one of them has agreed. Raises what any step raises.
    """
    take_alert_step(desk, wish, lambda _work, _alert: {"outcome": outcome.value})


def agree_to_downgrade(desk: Desk, wish: LeadStep) -> None:
    """Agree as the second lead, which closes the alert; alone where nobody else may read it.

    Raises what any step raises, and ``NotPossibleNow`` for whoever judged it themselves.
    """
    take_alert_step(desk, wish, partial(_agree, desk, wish))


def call_it_about_an_adult(desk: Desk, wish: LeadStep) -> None:
    """Start the clock of the council's designated officer: somebody who is not on the staff list.

    Supply staff, volunteers and contractors are meant as well. Raises what any step raises.
    """
    take_alert_step(desk, wish, _about_adult)


def _agree(desk: Desk, wish: LeadStep, work: UnitOfWork, alert: Alert) -> dict[str, Any]:
    free = frozenset(recipient_ids(desk, work, alert.id))
    if not may_agree(wish.staff_id, alert.moved_by or "", free):
        raise NotPossibleNow
    return {}


def _about_adult(_work: UnitOfWork, alert: Alert) -> dict[str, Any]:
    alert.about_adult = True
    return {}
