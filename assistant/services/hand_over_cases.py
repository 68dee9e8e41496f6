"""Hand cases over to one colleague: one's own, or as the clerk those of somebody who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.handlers import titled
from assistant.casework.kinds import CaseStatus, Role
from assistant.casework.references import normalise_reference
from assistant.casework.statuses import FINISHED
from assistant.casework.wall import school_wall
from assistant.services.appeal_restriction import renew_judges
from assistant.services.case_access import (
    HANDED_OVER,
    HANDLER,
    Ending,
    end_access,
    may_handle,
    subjects_of,
)
from assistant.services.case_lists import is_finished
from assistant.services.case_mail import tell_news, tell_reader
from assistant.services.change_access import AccessChange, carry_out, manageable
from assistant.services.errors import NotHere, ReaderNotAllowed, ServiceError
from assistant.services.record_links import CASE
from assistant.services.seen_records import case_is_outside_wall
from assistant.store.tables import CaseAccess, CaseFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

WHAT = "hand over case"


@dataclass(frozen=True)
class HandedCase:
    """What became of one case: ``problem`` is empty when it was handed over."""

    reference: str
    problem: str


def hand_over_case(  # noqa: PLR0913 - who, what, to whom, why, and once
    desk: Desk, *, staff_id: str, reference: str, to: str, why: str, idempotency_key: str
) -> None:
    """Make ``to`` the handler; who handled it before can read it no longer, and the parent knows.

    Raises:
        NotHere: no such case for this person, or it is not theirs to give.
        ReaderNotAllowed: the wall, a recusal or an earlier stage forbids it; never says which.
    """
    change = AccessChange(WHAT, staff_id, reference, to, why, idempotency_key)
    carry_out(desk, change, _give, manageable)


def hand_over_cases(  # noqa: PLR0913 - who, what, to whom, why, and once
    desk: Desk, *, staff_id: str, references: Iterable[str], to: str, why: str, idempotency_key: str
) -> tuple[HandedCase, ...]:
    """Hand each case over by itself; one that is refused leaves the others alone."""
    changes = (AccessChange(WHAT, staff_id, each, to, why, idempotency_key) for each in references)
    return tuple(_outcome(desk, change, manageable) for change in changes)


def reassign_cases(  # noqa: PLR0913 - who, whose, to whom, why, and once
    desk: Desk, *, staff_id: str, leaver: str, to: str, why: str, idempotency_key: str
) -> tuple[HandedCase, ...]:
    """Hand over every open case of ``leaver`` that the clerk ``staff_id`` may know of."""
    found = leaving_cases(desk, staff_id, leaver)
    changes = (AccessChange(WHAT, staff_id, each, to, why, idempotency_key) for each in found)
    return tuple(_outcome(desk, change, _known_to_clerk) for change in changes)


def leaving_cases(desk: Desk, staff_id: str, leaver: str) -> tuple[str, ...]:
    """Return the references of the leaver's open cases, without those closed to the clerk."""
    if not _is_clerk(desk, staff_id):
        return ()
    mine = select(CaseFile.reference).where(*_arranged(desk, staff_id))
    found = mine.where(CaseFile.handler_id == leaver)
    with desk.unit_of_work(read_only=True) as work:
        return tuple(work.session.scalars(found.order_by(CaseFile.received_at, CaseFile.id)))


def leavers(desk: Desk, staff_id: str) -> tuple[tuple[str, str], ...]:
    """Return whose open cases the clerk may arrange, also of who left the school file already.

    Pairs of id and label, by label.
    """
    if not _is_clerk(desk, staff_id):
        return ()
    pairs = select(CaseFile.handler_id, CaseFile.handler_label).distinct()
    handled = pairs.where(*_arranged(desk, staff_id), CaseFile.handler_id.is_not(None))
    found = handled.order_by(CaseFile.handler_id, CaseFile.handler_label)
    with desk.unit_of_work(read_only=True) as work:
        handlers = {str(row.handler_id): row.handler_label for row in work.session.execute(found)}
    return tuple(sorted(handlers.items(), key=itemgetter(1)))


def is_open(case: CaseFile) -> bool:
    """Tell whether the school still owes something on the case."""
    return CaseStatus(case.status) not in FINISHED


def _outcome(
    desk: Desk,
    change: AccessChange,
    find: Callable[[Desk, UnitOfWork, AccessChange], CaseFile],
) -> HandedCase:
    try:
        carry_out(desk, change, _give, find)
    except ServiceError as refusal:
        return HandedCase(change.reference, str(refusal))
    return HandedCase(change.reference, "")


def _known_to_clerk(desk: Desk, work: UnitOfWork, change: AccessChange) -> CaseFile:
    same = CaseFile.reference == (normalise_reference(change.reference) or "")
    case = work.session.scalars(select(CaseFile).where(same)).first()
    if case is None or not _may_arrange(desk, work, case, change.by):
        raise NotHere
    return case


def _arranged(desk: Desk, staff_id: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a case is open and not closed to the clerk."""
    return ~is_finished(), case_is_outside_wall(desk.school, staff_id)


def _may_arrange(desk: Desk, work: UnitOfWork, case: CaseFile, staff_id: str) -> bool:
    outside = staff_id not in school_wall(desk.school, subjects_of(work, case.id))
    return _is_clerk(desk, staff_id) and outside


def _is_clerk(desk: Desk, staff_id: str) -> bool:
    return Role.CLERK in desk.school.person(staff_id).roles


def _give(desk: Desk, work: UnitOfWork, case: CaseFile, change: AccessChange) -> None:
    if not may_handle(desk, work, case, change.who):
        raise ReaderNotAllowed
    before = case.handler_id or ""
    if before == change.who:
        return
    end_access(desk, work, case, Ending(before, change.by, HANDED_OVER))
    grant = CaseAccess(case_id=case.id, staff_id=change.who, why=HANDLER, granted_by=change.by)
    grant.granted_at = desk.clock.now()
    work.session.merge(grant)
    case.handler_id, case.handler_label = change.who, titled(desk.school.person(change.who))
    renew_judges(desk, work, case)
    details = {"before": before, "who": change.who, "why": change.why}
    work.history.append("case.handed_over", change.by, CASE, case.id, **details)
    tell_reader(desk, work, case, change.who, f"handed over {change.own_key}")
    tell_news(desk, work, case, f"handed over {change.own_key}")
