"""Send a case that the school cannot decide to the route outside that can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import CaseStatus
from assistant.services.case_step import Step, StepUnclear, move, take_step

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def redirect_case(  # noqa: PLR0913 - who, which, where to, why, and once
    desk: Desk, *, staff_id: str, reference: str, route: str, why: str, idempotency_key: str
) -> None:
    """Record the outside ``route`` (an id of the school file); the parent's page names it.

    Raises:
        StepUnclear: no reason, or no such route.
        NotHere, NotPossibleNow: as ``take_step``.
    """
    if desk.school.outside_route(route) is None:
        raise StepUnclear

    def change(_work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        details = move(case, CaseStatus.REDIRECTED)
        case.redirected_to = route
        return details | {"route": route}

    take_step(desk, Step(staff_id, reference, idempotency_key, why, "redirect"), change)
