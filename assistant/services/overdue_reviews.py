"""What should have been looked at again by now: restrictions, and appeals that wait.

Nobody's list of cases tells of an appeal over a case that is finished, so it is told of here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.handlers import titled
from assistant.casework.kinds import CaseStatus, ClockType, Role
from assistant.casework.policy_steps import RestrictedUse
from assistant.casework.statuses import FINISHED
from assistant.services.appeal_restriction import DAYS_TO_DECIDE
from assistant.services.case_dates import today_of
from assistant.services.desk_rows import who
from assistant.services.restrictions import live
from assistant.services.seen_records import case_is_open_to, case_is_outside_wall
from assistant.store.policy_tables import RestrictionAppeal, UseRestriction
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OverdueReview:
    """Something to look at; ``reference`` only for who may read the case.

    ``who`` imposed the restriction or, where ``appeal`` is true, was asked to hear the appeal.
    """

    what: str
    who: str
    review_on: date
    reference: str
    appeal: bool = False


def overdue_reviews(desk: Desk, staff_id: str) -> tuple[OverdueReview, ...]:
    """Return what a clerk reminds others of, and each appeal that waits for this person.

    To a clerk: every restriction that should have been looked at by now, and every appeal that
    should have been decided or is over a case that is finished. A case that the clerk may not
    read is told of without its reference; one about the clerk, or about somebody close to them,
    is not told of at all.
    """
    is_clerk = Role.CLERK in desk.school.person(staff_id).roles
    with desk.unit_of_work(read_only=True) as work:
        reviews = _reviews(desk, work, staff_id) if is_clerk else ()
        return (*reviews, *_appeals(desk, work, staff_id, is_clerk=is_clerk))


def _reviews(desk: Desk, work: UnitOfWork, staff_id: str) -> Iterator[OverdueReview]:
    due = UseRestriction.review_on <= today_of(desk), *live(desk)
    mine = case_is_open_to(desk.school, staff_id)
    rows = select(UseRestriction, CaseFile.reference, mine.label("mine"))
    found = rows.join(CaseFile, CaseFile.id == UseRestriction.case_id).where(
        *due, case_is_outside_wall(desk.school, staff_id)
    )
    in_order = found.order_by(UseRestriction.review_on, UseRestriction.id)
    for row, reference, is_mine in work.session.execute(in_order):
        label, by = RestrictedUse(row.what).label, who(desk, row.imposed_by)
        yield OverdueReview(label, by, row.review_on, reference if is_mine else "")


def _appeals(
    desk: Desk, work: UnitOfWork, staff_id: str, *, is_clerk: bool
) -> Iterator[OverdueReview]:
    mine = case_is_open_to(desk.school, staff_id)
    columns = UseRestriction.what, CaseFile.reference, CaseFile.status, mine.label("mine")
    found = (
        select(RestrictionAppeal, *columns)
        .join(UseRestriction, UseRestriction.id == RestrictionAppeal.restriction_id)
        .join(CaseFile, CaseFile.id == UseRestriction.case_id)
        .where(RestrictionAppeal.decided_at.is_(None), *live(desk))
        .where(case_is_outside_wall(desk.school, staff_id))
        .order_by(RestrictionAppeal.asked_at, RestrictionAppeal.id)
    )
    for appeal, what, reference, status, is_mine in work.session.execute(found):
        due = _due(desk, appeal)
        is_forgotten = CaseStatus(status) in FINISHED or due <= today_of(desk)
        if (is_clerk and is_forgotten) or (is_mine and appeal.judge_id == staff_id):
            shown = reference if is_mine else ""
            yield OverdueReview(RestrictedUse(what).label, _judge(desk, appeal), due, shown, True)  # noqa: FBT003


def _due(desk: Desk, appeal: RestrictionAppeal) -> date:
    asked_on = to_london(appeal.asked_at).date()
    return desk.calendar.add(asked_on, DAYS_TO_DECIDE, ClockType.SCHOOL_DAYS)


def _judge(desk: Desk, appeal: RestrictionAppeal) -> str:
    judge = desk.school.by_id.get(appeal.judge_id or "")
    return titled(judge) if judge else desk.school.governance_contact
