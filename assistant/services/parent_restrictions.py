"""What is closed to a parent, as their own page tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.handlers import titled
from assistant.casework.policy_steps import AppealDecision, RestrictedUse
from assistant.services.restrictions import appeal_of, is_live, rows_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.services.desk import Desk
    from assistant.store.policy_tables import RestrictionAppeal, UseRestriction


@dataclass(frozen=True)
class ParentUse:
    """Something that is closed; ``asked_at`` once the parent asked for another look.

    ``heard_by`` is who looks at it, ``decided`` what they decided; both are words.
    """

    id: str
    what: str
    expires_on: date
    review_on: date
    asked_at: datetime | None
    heard_by: str
    decided: str


def parent_restrictions(desk: Desk, case_id: str) -> tuple[ParentUse, ...]:
    """Return what is closed today to the parent of the case, the latest first."""
    with desk.unit_of_work(read_only=True) as work:
        rows = [row for row in rows_of(work, case_id) if is_live(desk, row)]
        return tuple(_use(desk, row, appeal_of(work, row.id)) for row in rows)


def imposers_of(desk: Desk, case_id: str) -> frozenset[str]:
    """Return the ids of those who closed anything to the parent of the case."""
    with desk.unit_of_work(read_only=True) as work:
        return frozenset(row.imposed_by for row in rows_of(work, case_id))


def _use(desk: Desk, row: UseRestriction, appeal: RestrictionAppeal | None) -> ParentUse:
    return ParentUse(
        id=row.id,
        what=RestrictedUse(row.what).label,
        expires_on=row.expires_on,
        review_on=row.review_on,
        asked_at=appeal.asked_at if appeal else None,
        heard_by=_heard_by(desk, appeal) if appeal else "",
        decided=_decided(appeal) if appeal else "",
    )


def _heard_by(desk: Desk, appeal: RestrictionAppeal) -> str:
    judge = desk.school.by_id.get(appeal.decided_by or appeal.judge_id or "")
    return titled(judge) if judge else desk.school.governance_contact


def _decided(appeal: RestrictionAppeal) -> str:
    return AppealDecision(appeal.decision).label if appeal.decision else ""
