"""Withdraw a case at its parent's wish, confirmed in writing (domain.md §1.3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.kinds import OF_THE_SCHOOL, CaseKind, CaseStatus
from assistant.casework.statuses import FINISHED
from assistant.services.case_access import reader_ids
from assistant.services.case_mail import tell_parent, tell_reader
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.record_links import CASE
from assistant.services.records import case_receipt
from assistant.services.requests import already_done, mark_done
from assistant.services.turns import PARENT
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt
    from assistant.store.unit_of_work import UnitOfWork

WITHDRAW = "withdraw"


def withdraw_case(desk: Desk, *, case_id: str, idempotency_key: str) -> CaseReceipt:
    """Withdraw the case and return its receipt; a repeated key changes nothing.

    Raises:
        NotHere: there is no such case.
        NotPossibleNow: it is closed, withdrawn or sent to another route already, or it is the
            school's own follow-up of a post.
    """
    return settled(partial(_withdraw, desk, case_id, idempotency_key))


def _withdraw(desk: Desk, case_id: str, key: str) -> CaseReceipt:
    with desk.unit_of_work() as work:
        case = work.session.get(CaseFile, case_id, with_for_update=True)
        if case is None:
            raise NotHere
        if already_done(work, WITHDRAW, case_id, key):
            return case_receipt(desk, work, case)
        if CaseStatus(case.status) in FINISHED or CaseKind(case.kind) in OF_THE_SCHOOL:
            raise NotPossibleNow
        case.status = CaseStatus.WITHDRAWN.value
        mark_done(desk, work, WITHDRAW, case_id, key)
        _tell(desk, work, case)
        work.history.append("case.withdrawn", PARENT, CASE, case_id)
        work.commit()
        return case_receipt(desk, work, case)


def _tell(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    for staff_id in reader_ids(work, case.id):
        tell_reader(desk, work, case, staff_id, "withdrawn")
    words = (
        f"You have withdrawn {case.reference}. "
        f"{desk.school.name} will do nothing more about it.\n\n"
        f"If you did not do this, ring {desk.school.phone}."
    )
    tell_parent(desk, work, case, "withdrawn", words)
