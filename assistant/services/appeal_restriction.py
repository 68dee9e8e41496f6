"""Ask that somebody who had no part in a restriction looks at it again.

What the parent writes is read by whoever hears the appeal, and not by who imposed the
restriction: so naming that person in it closes the case to nobody. Whoever is named in it does
not hear it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.kinds import ClockType
from assistant.casework.policy_steps import judges_of
from assistant.casework.reading import Reading
from assistant.services.case_access import GRANTED, JUDGE, recused_ids, subjects_of
from assistant.services.case_dates import APPEAL, DueLook, owe_look, today_of
from assistant.services.case_mail import tell_reader
from assistant.services.errors import NotPossibleNow, TextTooLong
from assistant.services.policy_timeline import APPEALED
from assistant.services.record_links import CASE
from assistant.services.restrictions import (
    appeal_of,
    is_live,
    restriction_of,
    waiting_appeals,
)
from assistant.services.take_turn import MOST_CHARACTERS
from assistant.services.turns import PARENT
from assistant.services.who_is_meant import who_is_meant
from assistant.services.who_may_read import case_for
from assistant.store.columns import new_id
from assistant.store.policy_tables import RestrictionAppeal, UseRestriction
from assistant.store.tables import CaseAccess, CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

DAYS_TO_DECIDE = 10
"""School days in which an appeal is decided."""


@dataclass(frozen=True)
class _Wish:
    restriction_id: str
    words: str
    taken_by: str


def appeal_restriction(desk: Desk, *, case_id: str, restriction_id: str, words: str) -> None:
    """Take the parent's appeal; a second one of the same restriction changes nothing.

    Raises:
        NotHere: no such case, or no such restriction of it.
        NotPossibleNow: it has ended.
        TextTooLong: more than can be stored.
    """
    wish = _Wish(restriction_id, words, PARENT)
    settled(partial(_appeal, desk, wish, lambda work: work.session.get(CaseFile, case_id)))


def take_down_appeal(
    desk: Desk, *, staff_id: str, reference: str, restriction_id: str, words: str
) -> None:
    """Take the appeal down for a parent who rings or writes; raises as above."""
    wish = _Wish(restriction_id, words, staff_id)
    settled(partial(_appeal, desk, wish, lambda work: case_for(desk, work, staff_id, reference)))


def judges_for(desk: Desk, work: UnitOfWork, row: UseRestriction, words: str) -> tuple[Person, ...]:
    """Return who may hear the appeal in these words, first whom to ask."""
    named = who_is_meant(desk, text=words, reading=Reading(act="complain")).subjects
    return judges_of(
        desk.school,
        imposed_by=row.imposed_by,
        subjects=subjects_of(work, row.case_id) | named,
        recused=recused_ids(work, row.case_id),
    )


def hears_appeal(desk: Desk, work: UnitOfWork, case: CaseFile, staff_id: str) -> bool:
    """Tell whether an appeal over the case waits for this person."""
    return any(appeal.judge_id == staff_id for _, appeal in waiting_appeals(desk, work, case.id))


def renew_judges(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    """Hand each appeal that waits to the next who may hear it, if its judge may no longer.

    A judge who may, and whose reading of the case ended for another reason, reads it on.
    """
    for row, appeal in waiting_appeals(desk, work, case.id):
        judges = [each.id for each in judges_for(desk, work, row, work.unseal(appeal, "words"))]
        if appeal.judge_id in judges:
            _let_read(desk, work, case, str(appeal.judge_id))
            continue
        appeal.judge_id = next(iter(judges), None)
        if appeal.judge_id:
            _hand_to(desk, work, case, appeal.judge_id, appeal.id)


def _appeal(desk: Desk, wish: _Wish, find: Callable[[UnitOfWork], CaseFile | None]) -> None:
    if len(wish.words) > MOST_CHARACTERS:
        raise TextTooLong
    with desk.unit_of_work() as work:
        case = find(work)
        if case is not None:
            work.session.refresh(case, with_for_update=True)
        row = restriction_of(work, case, wish.restriction_id)
        if case and appeal_of(work, row.id) is None:
            if not is_live(desk, row):
                raise NotPossibleNow
            _write(desk, work, case, row, wish)
            work.commit()


def _write(desk: Desk, work: UnitOfWork, case: CaseFile, row: UseRestriction, wish: _Wish) -> None:
    judge = next(iter(judges_for(desk, work, row, wish.words)), None)
    appeal = RestrictionAppeal(
        id=new_id(),
        restriction_id=row.id,
        case_id=case.id,
        asked_at=desk.clock.now(),
        taken_by=wish.taken_by,
        judge_id=judge.id if judge else None,
    )
    work.seal(appeal, "words", wish.words)
    work.session.add(appeal)
    if judge:
        _hand_to(desk, work, case, judge.id, appeal.id)
    days, clock = DAYS_TO_DECIDE, ClockType.SCHOOL_DAYS
    due = desk.calendar.add(today_of(desk), days, clock)
    said = f"{days} {clock.label} after the parent asked for another look."
    owe_look(desk, work, case, DueLook(APPEAL, due, said))
    work.history.append(APPEALED, wish.taken_by, CASE, case.id, what=row.what)


def _hand_to(desk: Desk, work: UnitOfWork, case: CaseFile, judge_id: str, appeal_id: str) -> None:
    """Let the judge read the case and tell them."""
    _let_read(desk, work, case, judge_id)
    tell_reader(desk, work, case, judge_id, f"appeal {appeal_id}")


def _let_read(desk: Desk, work: UnitOfWork, case: CaseFile, judge_id: str) -> None:
    grant = work.session.get(CaseAccess, (case.id, judge_id))
    if grant is None:
        now = desk.clock.now()
        grant = CaseAccess(case_id=case.id, staff_id=judge_id, why=JUDGE, granted_at=now)
        work.session.add(grant)
    elif grant.why == GRANTED:
        grant.why = JUDGE
