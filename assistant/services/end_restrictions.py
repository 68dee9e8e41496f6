"""Note that restrictions have ended by themselves, and tell the parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.case_dates import APPEAL, STEP_REVIEW, keep_dates, today_of
from assistant.services.case_mail import tell_news
from assistant.services.policy_timeline import EXPIRED
from assistant.services.record_links import CASE
from assistant.services.restrictions import is_live, rows_of, waiting_appeals
from assistant.store.policy_tables import UseRestriction
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

SYSTEM = "schoolgate"
BY_ITSELF = "expired"


def end_restrictions(desk: Desk) -> int:
    """Note every restriction whose last day is over; return how many.

    They had no effect any more: each reading asks for the day. This writes it down.
    """
    over = UseRestriction.ended_at.is_(None), UseRestriction.expires_on < today_of(desk)
    in_order = UseRestriction.case_id, UseRestriction.id
    with desk.unit_of_work() as work:
        rows = work.session.scalars(select(UseRestriction).where(*over).order_by(*in_order)).all()
        ended = sum(_note(desk, work, row) for row in rows)
        if ended:
            work.commit()
    return ended


def _note(desk: Desk, work: UnitOfWork, row: UseRestriction) -> bool:
    """Write one down under the lock of its case; tell whether nobody had ended it since."""
    case = work.session.get_one(CaseFile, row.case_id, with_for_update=True)
    work.session.refresh(row, with_for_update=True)
    if row.ended_at is not None:
        return False
    row.ended_at, row.ended_how = desk.clock.now(), BY_ITSELF
    work.session.flush()
    if not any(is_live(desk, each) for each in rows_of(work, case.id)):
        keep_dates(desk, work, case, {STEP_REVIEW})
    if not waiting_appeals(desk, work, case.id):
        keep_dates(desk, work, case, {APPEAL})
    tell_news(desk, work, case, f"restriction over {row.id}")
    work.history.append(EXPIRED, SYSTEM, CASE, case.id, what=row.what)
    return True
