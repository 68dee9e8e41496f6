"""Show what was done over a post, what is closed to the parent, and what one person may do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.handlers import titled
from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.casework.policy_steps import AppealDecision, PolicyStep, RestrictedUse, uses_of
from assistant.casework.statuses import FINISHED
from assistant.services.decide_restriction import may_decide, may_hear
from assistant.services.desk_rows import who
from assistant.services.end_restrictions import BY_ITSELF
from assistant.services.policy_ladder import is_theirs
from assistant.services.restrict_use import latest_end
from assistant.services.restrictions import appeal_of, is_live, rows_of
from assistant.services.turns import PARENT
from assistant.services.who_may_read import LONG_AGO, case_for
from assistant.store.letter_tables import Letter
from assistant.store.policy_tables import StepTaken, UseRestriction

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TakenView:
    """A step that was taken; ``told`` is false until the parent is written to."""

    step: PolicyStep
    who: str
    at: datetime
    review_on: date
    reason: str
    told: bool


@dataclass(frozen=True)
class UseView:
    """A restriction; ``ended`` says how, and is empty while it holds.

    ``words`` of an appeal are there only for whom may hear it. ``appeal`` is what became of it:
    empty where there is none. ``taken_down_by`` is who of the staff took it down, if anybody did.
    """

    id: str
    what: RestrictedUse
    who: str
    imposed_at: datetime
    expires_on: date
    review_on: date
    reason: str
    ended: str
    appeal: str = ""
    words: str = ""
    taken_down_by: str = ""
    may_decide: bool = False
    may_appeal: bool = False


@dataclass(frozen=True)
class PolicyView:
    """Steps and restrictions of a case, and what the reader may do about it."""

    taken: tuple[TakenView, ...]
    uses: tuple[UseView, ...]
    may_take: frozenset[PolicyStep]
    may_close: tuple[RestrictedUse, ...]
    latest_end: date


def view_policy(desk: Desk, staff_id: str, reference: str) -> PolicyView:
    """Return it for somebody who may read the case; raises ``NotHere``."""
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        uses = tuple(_use(desk, work, case, row, staff_id) for row in rows_of(work, case.id))
        steps = _open_steps(desk, case, staff_id)
        closed = {use.what for use in uses if not use.ended}
        closable = uses_of(CaseKind(case.kind)) if _may_close(desk, case, staff_id) else ()
        return PolicyView(
            taken=_taken(desk, work, case),
            uses=uses,
            may_take=steps,
            may_close=tuple(each for each in closable if each not in closed),
            latest_end=latest_end(desk),
        )


def _open_steps(desk: Desk, case: CaseFile, staff_id: str) -> frozenset[PolicyStep]:
    if case.kind != CaseKind.SOCIAL_MEDIA.value or CaseStatus(case.status) in FINISHED:
        return frozenset()
    return frozenset(step for step in PolicyStep if is_theirs(desk, case, staff_id, step))


def _may_close(desk: Desk, case: CaseFile, staff_id: str) -> bool:
    is_open = CaseStatus(case.status) not in FINISHED
    return is_open and is_theirs(desk, case, staff_id, PolicyStep.RESTRICT)


def _taken(desk: Desk, work: UnitOfWork, case: CaseFile) -> tuple[TakenView, ...]:
    mine = select(StepTaken).where(StepTaken.case_id == case.id)
    letters = select(func.max(Letter.written_at)).where(Letter.case_id == case.id)
    last = work.session.scalar(letters) or LONG_AGO
    rows = work.session.scalars(mine.order_by(StepTaken.taken_at, StepTaken.id))
    return tuple(
        TakenView(
            PolicyStep(row.step),
            who(desk, row.taken_by),
            row.taken_at,
            row.review_on,
            work.unseal(row, "reason"),
            row.letter_id is not None or last > row.taken_at,
        )
        for row in rows
    )


def _use(
    desk: Desk, work: UnitOfWork, case: CaseFile, row: UseRestriction, staff_id: str
) -> UseView:
    appeal, holds = appeal_of(work, row.id), is_live(desk, row)
    hears = appeal is not None and may_hear(desk, work, row, appeal, staff_id)
    return UseView(
        id=row.id,
        what=RestrictedUse(row.what),
        who=who(desk, row.imposed_by),
        imposed_at=row.imposed_at,
        expires_on=row.expires_on,
        review_on=row.review_on,
        reason=work.unseal(row, "reason"),
        ended="" if holds else _ended(row),
        appeal=_appeal(desk, work, row),
        words=work.unseal(appeal, "words") if appeal and hears else "",
        taken_down_by=who(desk, appeal.taken_by) if appeal and appeal.taken_by != PARENT else "",
        may_decide=holds and may_decide(desk, work, case, row, staff_id),
        may_appeal=holds and appeal is None,
    )


def _ended(row: UseRestriction) -> str:
    by_itself = row.ended_how in (None, BY_ITSELF)
    return "It ended by itself." if by_itself else "It was ended by a decision."


def _appeal(desk: Desk, work: UnitOfWork, row: UseRestriction) -> str:
    appeal = appeal_of(work, row.id)
    if appeal is None:
        return ""
    if appeal.decided_by and appeal.decision:
        decision = AppealDecision(appeal.decision).label.lower()
        return f"{who(desk, appeal.decided_by)}, decided: {decision}."
    judge = desk.school.by_id.get(appeal.judge_id or "")
    asked = titled(judge) if judge else desk.school.governance_contact
    return f"It waits for {asked}."
