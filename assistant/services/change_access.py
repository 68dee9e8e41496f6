"""One change of who may read a case: checked, done once, and noted in the history with its why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.references import normalise_reference
from assistant.services.case_access import may_manage
from assistant.services.errors import NotHere
from assistant.services.requests import already_done, mark_done
from assistant.services.who_may_read import case_for
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AccessChange:
    """Who asks (``by``), for which case, concerning whom (``who``), why, and under which key."""

    what: str
    by: str
    reference: str
    who: str
    why: str
    key: str

    @property
    def own_key(self) -> str:
        """The key is theirs alone: it also answers for who has no access any more."""
        return f"{self.by}|{self.key}"


def carry_out(
    desk: Desk,
    change: AccessChange,
    act: Callable[[Desk, UnitOfWork, CaseFile, AccessChange], None],
    find: Callable[[Desk, UnitOfWork, AccessChange], CaseFile],
) -> None:
    """Find the case, lock it and do ``act`` once for the change's key, in one transaction."""
    settled(partial(_carry_out, desk, change, act, find))


def readable(desk: Desk, work: UnitOfWork, change: AccessChange) -> CaseFile:
    """Return the case for anybody who may read it; raises ``NotHere``."""
    return case_for(desk, work, change.by, change.reference)


def manageable(desk: Desk, work: UnitOfWork, change: AccessChange) -> CaseFile:
    """Return the case for its handler or its clerk; raises ``NotHere`` for everybody else."""
    case = case_for(desk, work, change.by, change.reference)
    if not may_manage(work, case, change.by):
        raise NotHere
    return case


def _carry_out(
    desk: Desk,
    change: AccessChange,
    act: Callable[[Desk, UnitOfWork, CaseFile, AccessChange], None],
    find: Callable[[Desk, UnitOfWork, AccessChange], CaseFile],
) -> None:
    with desk.unit_of_work() as work:
        if _done_before(work, change):
            return
        case = find(desk, work, change)
        work.session.refresh(case, with_for_update=True)
        if _done_before(work, change):  # by a twin that had the lock before us
            return
        find(desk, work, change)  # again: it may have changed hands while we waited
        act(desk, work, case, change)
        mark_done(desk, work, change.what, case.id, change.own_key)
        work.commit()


def _done_before(work: UnitOfWork, change: AccessChange) -> bool:
    same = CaseFile.reference == (normalise_reference(change.reference) or "")
    case_id = work.session.scalar(select(CaseFile.id).where(same))
    return bool(case_id) and already_done(work, change.what, str(case_id), change.own_key)
