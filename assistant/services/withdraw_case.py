"""Withdraw a case at its parent's wish, said on their page or to staff; confirmed in writing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import OF_THE_SCHOOL, CaseKind, CaseStatus
from assistant.casework.statuses import FINISHED
from assistant.services.case_access import reader_ids
from assistant.services.case_dates import today_of
from assistant.services.case_mail import tell_parent, tell_reader
from assistant.services.case_step import Step, take_step
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.outbox import may_write_to
from assistant.services.record_links import CASE
from assistant.services.records import case_receipt, contact_of
from assistant.services.requests import already_done, mark_done
from assistant.services.timeline import WITHDRAWN
from assistant.services.turns import PARENT
from assistant.services.write_to_parent import Draft, keep_letter
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.casework.kinds import CaseWay
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


def withdraw_for_parent(  # noqa: PLR0913 - who, which, how it was said, why, and once
    desk: Desk, *, staff_id: str, reference: str, way: CaseWay, why: str, idempotency_key: str
) -> None:
    """Take down that the parent withdraws the case; the confirmation is on their page.

    Raises what ``take_step`` raises; ``NotPossibleNow`` when it is finished already.
    """

    def change(work: UnitOfWork, case: CaseFile) -> dict[str, Any]:
        _end(case)
        for reader in set(reader_ids(work, case.id)) - {staff_id}:
            tell_reader(desk, work, case, reader, "withdrawn")
        words = f"On {_today(desk)} you told us that you withdraw this. {_confirmation(desk, case)}"
        letter = keep_letter(desk, work, case, Draft(staff_id, "", words, "withdrawn"))
        by_mail = may_write_to(contact_of(work, case))
        return {"way": way.value, "letter": letter.id, "parent_told": by_mail}

    take_step(desk, Step(staff_id, reference, idempotency_key, why, WITHDRAW, WITHDRAWN), change)


def _end(case: CaseFile) -> None:
    if CaseStatus(case.status) in FINISHED or CaseKind(case.kind) in OF_THE_SCHOOL:
        raise NotPossibleNow
    case.status = CaseStatus.WITHDRAWN.value


def _withdraw(desk: Desk, case_id: str, key: str) -> CaseReceipt:
    with desk.unit_of_work() as work:
        case = work.session.get(CaseFile, case_id, with_for_update=True)
        if case is None:
            raise NotHere
        if already_done(work, WITHDRAW, case_id, key):
            return case_receipt(desk, work, case)
        _end(case)
        mark_done(desk, work, WITHDRAW, case_id, key)
        _tell(desk, work, case)
        work.history.append(WITHDRAWN, PARENT, CASE, case_id)
        work.commit()
        return case_receipt(desk, work, case)


def _tell(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    for staff_id in reader_ids(work, case.id):
        tell_reader(desk, work, case, staff_id, "withdrawn")
    words = f"You have withdrawn this. {_confirmation(desk, case)}"
    tell_parent(desk, work, case, "withdrawn", words)


def _confirmation(desk: Desk, case: CaseFile) -> str:
    return (
        f"{desk.school.name} will do nothing more about {case.reference}.\n\n"
        f"If you did not ask for this, ring {desk.school.phone}."
    )


def _today(desk: Desk) -> str:
    today = today_of(desk)
    return f"{today:%A} {today.day} {today:%B %Y}"
