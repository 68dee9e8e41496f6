"""Close something of the school's own to the parent of a case for a time, as a person decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.casework.policy_steps import PolicyStep, RestrictedUse, uses_of
from assistant.casework.restriction_words import rights_words
from assistant.casework.statuses import FINISHED
from assistant.services.case_dates import today_of
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.policy_ladder import (
    Decision,
    StepNotTheirs,
    is_theirs,
    record_step,
    refuse_unclear,
    step_id,
    tell_and_owe,
)
from assistant.services.policy_timeline import RESTRICTED
from assistant.services.record_links import CASE
from assistant.services.records import contact_of
from assistant.services.restrict_visits import VisitDecision, put_restriction
from assistant.services.restrictions import live
from assistant.services.visit_restrictions import digests_of
from assistant.services.who_may_read import case_for
from assistant.store.policy_tables import UseRestriction
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Wish:
    decision: Decision
    what: RestrictedUse
    expires_on: date


def restrict_use(  # noqa: PLR0913 - a decision is what it is
    desk: Desk,
    *,
    staff_id: str,
    reference: str,
    what: RestrictedUse,
    reason: str,
    review_on: date,
    expires_on: date,
    notice: str,
    idempotency_key: str,
) -> None:
    """Close ``what`` to the parent from now through ``expires_on``; a repeated key does it once.

    The letter is ``notice`` with the parent's rights below it, which nobody can leave out. A
    meeting that is booked stays booked. On a social media follow-up it is a step of the policy.

    Raises:
        NotHere: no such case for this person.
        StepNotTheirs: they hold none of the school's ``grave_steps_by``.
        StepUnclear: no reason, nothing to read, or days that do not fit: the look at it again
            comes after today and not after the end, the end within ``restriction_days_at_most``.
        RestrictionUnclear: visits, where neither phone number nor e-mail address is known.
        NotPossibleNow: the case is finished, its kind closes no such thing, or it is closed.
    """
    rights = rights_words(desk.school, what, review_on, expires_on)
    told = f"{notice.strip()}\n\n{rights}" if notice.strip() else ""
    decision = Decision(
        staff_id, reference, PolicyStep.RESTRICT, reason, review_on, told, idempotency_key
    )
    refuse_unclear(desk, decision)
    if not review_on <= expires_on <= latest_end(desk):
        raise StepUnclear
    settled(partial(_restrict, desk, _Wish(decision, what, expires_on)))


def latest_end(desk: Desk) -> date:
    """Return the last day that a restriction of today may have."""
    return today_of(desk) + timedelta(days=desk.school.restriction_days_at_most)


def _restrict(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        decision = wish.decision
        case = case_for(desk, work, decision.staff_id, decision.reference)
        work.session.refresh(case, with_for_update=True)
        if not is_theirs(desk, case, decision.staff_id, PolicyStep.RESTRICT):
            raise StepNotTheirs
        if work.session.get(UseRestriction, step_id(case, decision)) is None:
            _refuse_impossible(desk, work, case, wish.what)
            _write(desk, work, case, wish)
            work.commit()


def _refuse_impossible(desk: Desk, work: UnitOfWork, case: CaseFile, what: RestrictedUse) -> None:
    same = UseRestriction.case_id == case.id, UseRestriction.what == what.value
    closed = work.session.scalar(select(UseRestriction.id).where(*same, *live(desk)))
    finished = CaseStatus(case.status) in FINISHED
    if finished or closed is not None or what not in uses_of(CaseKind(case.kind)):
        raise NotPossibleNow


def _write(desk: Desk, work: UnitOfWork, case: CaseFile, wish: _Wish) -> None:
    decision = wish.decision
    row = _row(desk, work, case, wish)
    if wish.what is RestrictedUse.VISITS:
        row.visit_id = row.id
        put_restriction(desk, work, _visits(work, case, wish, row.id))
    work.seal(row, "reason", decision.reason)
    work.session.add(row)
    is_step = case.kind == CaseKind.SOCIAL_MEDIA.value
    (record_step if is_step else tell_and_owe)(desk, work, case, decision)
    said = {"what": wish.what.value, "until": wish.expires_on.isoformat()}
    why = {} if is_step else {"why": decision.reason}
    work.history.append(RESTRICTED, decision.staff_id, CASE, case.id, **said, **why)


def _row(desk: Desk, work: UnitOfWork, case: CaseFile, wish: _Wish) -> UseRestriction:
    known = digests_of(desk, contact_of(work, case))
    return UseRestriction(
        id=step_id(case, wish.decision),
        case_id=case.id,
        what=wish.what.value,
        phone_digest=known.phone,
        email_digest=known.email,
        imposed_by=wish.decision.staff_id,
        imposed_at=desk.clock.now(),
        expires_on=wish.expires_on,
        review_on=wish.decision.review_on,
    )


def _visits(work: UnitOfWork, case: CaseFile, wish: _Wish, row_id: str) -> VisitDecision:
    by, why = wish.decision.staff_id, wish.decision.reason.strip()
    return VisitDecision(row_id, by, contact_of(work, case), why, wish.expires_on, case.id)
