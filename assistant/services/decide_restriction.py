"""Decide about a restriction that holds: at its review, or on the parent's appeal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.policy_steps import AppealDecision, PolicyStep
from assistant.services.appeal_restriction import judges_for
from assistant.services.case_dates import APPEAL, STEP_REVIEW, DueLook, keep_dates, owe_look
from assistant.services.case_dates import today_of as today
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.policy_ladder import StepNotTheirs, is_theirs
from assistant.services.policy_timeline import DECIDED
from assistant.services.record_links import CASE
from assistant.services.requests import already_done, mark_done
from assistant.services.restrictions import (
    appeal_of,
    end,
    end_sooner,
    is_live,
    restriction_of,
    rows_of,
    waiting_appeals,
)
from assistant.services.who_may_read import case_for
from assistant.services.write_to_parent import Draft, put_letter
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.policy_tables import RestrictionAppeal, UseRestriction
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

WHAT = "decide restriction"


@dataclass(frozen=True)
class _Wish:
    staff_id: str
    reference: str
    restriction_id: str
    decision: AppealDecision
    why: str
    notice: str
    on: date | None
    key: str


@dataclass(frozen=True)
class _Held:
    """A restriction under its own lock and its case's, with the appeal that waits, if one does."""

    case: CaseFile
    row: UseRestriction
    appeal: RestrictionAppeal | None


def decide_restriction(  # noqa: PLR0913 - a decision is what it is
    desk: Desk,
    *,
    staff_id: str,
    reference: str,
    restriction_id: str,
    decision: AppealDecision,
    why: str,
    notice: str,
    on: date | None,
    idempotency_key: str,
) -> None:
    """End the restriction, end it sooner, or leave it, and tell the parent in a letter.

    ``on`` is the new last day of one that ends sooner (today at the earliest, before the present
    one), or the day on which one that stays is looked at again: a day to come, or its last one;
    nothing for one that ends now.
    While an appeal waits, only who may hear it decides; else who may close things. A repeated key
    changes nothing.

    Raises:
        NotHere: no such case for this person, or no such restriction of it.
        StepNotTheirs: they imposed it and it was appealed, or it is not theirs to decide.
        StepUnclear: no reason, nothing for the parent to read, or a day that does not fit.
        NotPossibleNow: it has ended.
    """
    if not why.strip() or not notice.strip():
        raise StepUnclear
    wish = _Wish(staff_id, reference, restriction_id, decision, why, notice, on, idempotency_key)
    settled(partial(_decide, desk, wish))


def may_decide(
    desk: Desk, work: UnitOfWork, case: CaseFile, row: UseRestriction, staff_id: str
) -> bool:
    """Tell whether a reader of the case may decide about the restriction as it stands."""
    appeal = appeal_of(work, row.id)
    if appeal is None or appeal.decided_at is not None:
        return is_theirs(desk, case, staff_id, PolicyStep.RESTRICT)
    return may_hear(desk, work, row, appeal, staff_id)


def may_hear(
    desk: Desk, work: UnitOfWork, row: UseRestriction, appeal: RestrictionAppeal, staff_id: str
) -> bool:
    """Tell whether the person may read and decide the appeal: never who imposed it."""
    judges = judges_for(desk, work, row, work.unseal(appeal, "words"))
    return staff_id in {person.id for person in judges}


def _decide(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        held = _hold(desk, work, wish)
        if already_done(work, WHAT, held.row.id, wish.key):
            return
        if not is_live(desk, held.row):
            raise NotPossibleNow
        if not may_decide(desk, work, held.case, held.row, wish.staff_id):
            raise StepNotTheirs
        _carry_out(desk, work, held, wish)
        _answer(desk, work, held, wish)
        mark_done(desk, work, WHAT, held.row.id, wish.key)
        work.commit()


def _hold(desk: Desk, work: UnitOfWork, wish: _Wish) -> _Held:
    case = case_for(desk, work, wish.staff_id, wish.reference)
    work.session.refresh(case, with_for_update=True)
    row = restriction_of(work, case, wish.restriction_id)
    appeal = appeal_of(work, row.id)
    return _Held(case, row, appeal if appeal and appeal.decided_at is None else None)


def _carry_out(desk: Desk, work: UnitOfWork, held: _Held, wish: _Wish) -> None:
    row, on, now = held.row, wish.on, today(desk)
    if wish.decision is AppealDecision.LIFTED:
        end(desk, work, row, wish.staff_id, wish.why)
    elif wish.decision is AppealDecision.SHORTENED and on and now <= on < row.expires_on:
        end_sooner(work, row, on)
    elif wish.decision is AppealDecision.KEPT and on and _is_a_next_look(row, on, now):
        row.review_on = on
    else:
        raise StepUnclear
    _owe(desk, work, held, wish)


def _is_a_next_look(row: UseRestriction, on: date, now: date) -> bool:
    """Tell whether one that stays can be looked at then: on its last day, on that same day."""
    return now < on <= row.expires_on or on == row.expires_on


def _owe(desk: Desk, work: UnitOfWork, held: _Held, wish: _Wish) -> None:
    """Owe the next look; once nothing is closed any more, none."""
    if any(is_live(desk, each) for each in rows_of(work, held.case.id)):
        said = f"Chosen with the decision “{wish.decision.label}”."
        nearest = min(each.review_on for each in rows_of(work, held.case.id) if is_live(desk, each))
        owe_look(desk, work, held.case, DueLook(STEP_REVIEW, nearest, said))
    else:
        keep_dates(desk, work, held.case, {STEP_REVIEW})


def _answer(desk: Desk, work: UnitOfWork, held: _Held, wish: _Wish) -> None:
    if held.appeal:
        held.appeal.decided_by, held.appeal.decided_at = wish.staff_id, desk.clock.now()
        held.appeal.decision = wish.decision.value
        work.seal(held.appeal, "why", wish.why)
    work.session.flush()
    if not waiting_appeals(desk, work, held.case.id):
        keep_dates(desk, work, held.case, {APPEAL})
    put_letter(desk, work, held.case, Draft(wish.staff_id, "", wish.notice, f"decide|{wish.key}"))
    said = {"what": held.row.what, "decision": wish.decision.value, "why": wish.why}
    until = {"until": held.row.expires_on.isoformat(), "appeal": held.appeal is not None}
    work.history.append(DECIDED, wish.staff_id, CASE, held.case.id, **said, **until)
