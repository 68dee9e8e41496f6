"""What every step of a case shares: who may, once only, the parent told, a row of history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.casework.statuses import next_statuses
from assistant.services.case_mail import tell_news
from assistant.services.errors import NotPossibleNow, ServiceError
from assistant.services.record_links import CASE
from assistant.services.requests import already_done, mark_done
from assistant.services.timeline import STATUS_CHANGED
from assistant.services.turns import stored_key
from assistant.services.who_may_read import case_for
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

    Change = Callable[[UnitOfWork, CaseFile], dict[str, Any]]
    """Changes the case and returns the details of the event."""


class StepUnclear(ServiceError):  # noqa: N818 - it names what is missing
    """A step lacks its reason, its date or its route."""


@dataclass(frozen=True)
class Step:
    """Who takes which step with which case, and why; ``event`` is the kind of its history row.

    ``speaks_for_itself`` is a step that needs no reason, such as an acknowledgement.
    """

    staff_id: str
    reference: str
    key: str
    why: str
    what: str
    event: str = STATUS_CHANGED
    speaks_for_itself: bool = False


def take_step(desk: Desk, step: Step, change: Change) -> None:
    """Carry the step out once; the parent is told that there is news, if e-mail is safe.

    Raises:
        NotHere: no such case for this person.
        StepUnclear: no reason.
        NotPossibleNow: the case cannot go there from where it is.
    """
    if not step.why.strip() and not step.speaks_for_itself:
        raise StepUnclear
    settled(partial(_take, desk, step, change))


def move(case: CaseFile, status: CaseStatus) -> dict[str, Any]:
    """Move the case where its procedure lets it go; raises ``NotPossibleNow``."""
    if status not in next_statuses(CaseKind(case.kind), CaseStatus(case.status)):
        raise NotPossibleNow
    details = {"from": case.status, "to": status.value}
    case.status = status.value
    return details


def _take(desk: Desk, step: Step, change: Change) -> None:
    with desk.unit_of_work() as work:
        case = case_for(desk, work, step.staff_id, step.reference)
        work.session.refresh(case, with_for_update=True)
        if already_done(work, step.what, case.id, step.key):
            return
        details = change(work, case)
        mark_done(desk, work, step.what, case.id, step.key)
        tell_news(desk, work, case, f"{step.what} {stored_key(step.key)}")
        work.history.append(step.event, step.staff_id, CASE, case.id, why=step.why, **details)
        work.commit()
