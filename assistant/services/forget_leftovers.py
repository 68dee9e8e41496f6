"""What is made of several cases goes with the last of them: a term's figures, a campaign's name.

Figures of a term go all at once, when no case of the term is kept any more. Taken away case by
case they would tell, beside an older print, what each removed case was.
"""

from __future__ import annotations

from datetime import datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.casework.calendar import to_utc
from assistant.services.purge_drafts import SYSTEM
from assistant.services.settle_terms import TERM
from assistant.store.columns import new_id
from assistant.store.figure_tables import SettledFact, SettledTerm
from assistant.store.hanging_rows import drop_empty_campaigns
from assistant.store.retention_tables import RemovedRecord
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

NO_CASE_LEFT = "No case of that term is kept any more."


def forget_leftovers(desk: Desk, work: UnitOfWork, received_on: date) -> None:
    """Remove what only removed cases are behind, after one of that London date was deleted.

    In the caller's transaction, so that nothing outlives the case.
    """
    drop_empty_campaigns(work.session)
    for start, until in _spans(desk, work):
        if start <= received_on < until:
            _forget_term(desk, work, start, until)


def forget_old_figures(desk: Desk) -> int:
    """Do the same for every settled term, such as of cases removed long ago; return how many."""
    return settled(lambda: _forget_old(desk))


def _forget_old(desk: Desk) -> int:
    with desk.unit_of_work() as work:
        number = sum(_forget_term(desk, work, *span) for span in _spans(desk, work))
        if number:
            work.commit()
    return number


def _spans(desk: Desk, work: UnitOfWork) -> list[tuple[date, date]]:
    """Return each term's first day and that of the next; the file may have dropped old terms."""
    known = set(work.session.scalars(select(SettledTerm.starts_on)))
    return list(pairwise(sorted(known | {term.start for term in desk.school.terms})))


def _forget_term(desk: Desk, work: UnitOfWork, start: date, until: date) -> bool:
    term = work.session.get(SettledTerm, start)
    if term is None or term.removed_at is not None or _has_cases(work, start, until):
        return False
    mine = delete(SettledFact).where(SettledFact.starts_on == start).returning(SettledFact.id)
    number = len(work.session.scalars(mine).all())
    if not number:
        return False
    term.removed_at = desk.clock.now()
    line = RemovedRecord(
        id=new_id(),
        what=TERM,
        number=number,
        why=NO_CASE_LEFT,
        removed_by=SYSTEM,
        removed_at=term.removed_at,
    )
    work.session.add(line)
    work.history.append("term.forgotten", SYSTEM, TERM, start.isoformat(), facts=number)
    return True


def _has_cases(work: UnitOfWork, start: date, until: date) -> bool:
    first, end = (to_utc(datetime.combine(day, time.min)) for day in (start, until))
    within = CaseFile.received_at >= first, CaseFile.received_at < end
    return work.session.scalar(select(CaseFile.id).where(*within).limit(1)) is not None
