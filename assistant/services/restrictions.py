"""What is closed to a parent for a time, as rows; shared by the services around it.

What can be enforced, and what cannot:

- The chat is anonymous. A conversation is known only once a record is tied to it: the case of the
  restriction, or any case or meeting whose phone number or e-mail address is the same. Somebody
  who opens another chat and gives no name is not stopped, and no device is traced to do so.
- Before that, nothing that a parent sends is refused: a complaint or a booking made in the chat
  is taken, and the chat answers with the other ways from the next message on.
- Words about danger always pass; see ``assistant.chat.restricted``.
- The forum and the comments are not run by Schoolgate. The record is kept and the parent is told;
  whoever runs the website closes them.
- Visits have their effect through ``visit_restrictions``; a talk by phone or video stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from assistant.casework.policy_steps import AppealDecision, RestrictedUse
from assistant.services.case_dates import today_of
from assistant.services.errors import NotHere
from assistant.services.record_links import MEETING
from assistant.services.records import contact_of
from assistant.services.restrict_visits import lift
from assistant.services.visit_restrictions import digests_of
from assistant.store.columns import is_row_id
from assistant.store.meeting_tables import Meeting, VisitRestriction
from assistant.store.policy_tables import RestrictionAppeal, UseRestriction
from assistant.store.tables import CaseFile, RecordLink

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def live(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on ``UseRestriction`` that it holds today."""
    return UseRestriction.ended_at.is_(None), UseRestriction.expires_on >= today_of(desk)


def is_live(desk: Desk, row: UseRestriction) -> bool:
    """Tell whether the restriction holds today."""
    return row.ended_at is None and row.expires_on >= today_of(desk)


def restriction_of(work: UnitOfWork, case: CaseFile | None, restriction_id: str) -> UseRestriction:
    """Return the restriction of that case, locked; raises ``NotHere``, also for nonsense."""
    row = None
    if case is not None and is_row_id(restriction_id):
        row = work.session.get(UseRestriction, restriction_id, with_for_update=True)
    if case is None or row is None or row.case_id != case.id:
        raise NotHere
    return row


def rows_of(work: UnitOfWork, case_id: str) -> Sequence[UseRestriction]:
    """Return every restriction of the case, the latest first."""
    mine = select(UseRestriction).where(UseRestriction.case_id == case_id)
    return work.session.scalars(
        mine.order_by(UseRestriction.imposed_at.desc(), UseRestriction.id)
    ).all()


def appeal_of(work: UnitOfWork, restriction_id: str) -> RestrictionAppeal | None:
    """Return the appeal against the restriction, or None."""
    mine = RestrictionAppeal.restriction_id == restriction_id
    return work.session.scalars(select(RestrictionAppeal).where(mine)).first()


def waiting_appeals(
    desk: Desk, work: UnitOfWork, case_id: str
) -> list[tuple[UseRestriction, RestrictionAppeal]]:
    """Return the appeals of a case that somebody can still decide, each with what it is against."""
    mine = RestrictionAppeal.decided_at.is_(None), UseRestriction.case_id == case_id
    found = (
        select(UseRestriction, RestrictionAppeal)
        .join(RestrictionAppeal, RestrictionAppeal.restriction_id == UseRestriction.id)
        .where(*mine, *live(desk))
        .order_by(RestrictionAppeal.asked_at, RestrictionAppeal.id)
    )
    return [(row, appeal) for row, appeal in work.session.execute(found)]


def end(desk: Desk, work: UnitOfWork, row: UseRestriction, by: str, why: str) -> None:
    """End the restriction now, with its effect on visits; ``by`` decided it."""
    row.ended_at, row.ended_how = desk.clock.now(), AppealDecision.LIFTED.value
    visit = work.session.get(VisitRestriction, row.visit_id) if row.visit_id else None
    if visit and visit.lifted_at is None:
        lift(desk, work, visit, by, why)


def end_sooner(work: UnitOfWork, row: UseRestriction, expires_on: date) -> None:
    """Let the restriction end after an earlier day, with its effect on visits."""
    row.expires_on, row.review_on = expires_on, min(row.review_on, expires_on)
    visit = work.session.get(VisitRestriction, row.visit_id) if row.visit_id else None
    if visit:
        visit.expires_on = expires_on


def chat_closed_until(desk: Desk, conversation_id: str) -> date | None:
    """Return the last day on which this conversation's parent is asked not to chat, or None."""
    closed = UseRestriction.what == RestrictedUse.CHAT.value, *live(desk)
    with desk.unit_of_work(read_only=True) as work:
        if work.session.scalar(select(UseRestriction.id).where(*closed).limit(1)) is None:
            return None  # as nearly always: nobody's contact is looked at
        theirs = _of_conversation(desk, work, conversation_id)
        found = select(UseRestriction.expires_on).where(*closed, or_(*theirs)) if theirs else None
        days = [] if found is None else list(work.session.scalars(found))
    return max(days, default=None)


def _of_conversation(
    desk: Desk, work: UnitOfWork, conversation_id: str
) -> list[ColumnElement[bool]]:
    """Return the conditions on ``UseRestriction`` that it is of this conversation's parent."""
    links = select(RecordLink).where(RecordLink.conversation_id == conversation_id)
    found: list[ColumnElement[bool]] = []
    for link in work.session.scalars(links):
        record = _record(work, link)
        if record is None:
            continue
        known = digests_of(desk, contact_of(work, record))
        found.append(UseRestriction.case_id == record.id)
        found += [UseRestriction.phone_digest == known.phone] if known.phone else []
        found += [UseRestriction.email_digest == known.email] if known.email else []
    return found


def _record(work: UnitOfWork, link: RecordLink) -> CaseFile | Meeting | None:
    if link.record_kind == MEETING:
        return work.session.get(Meeting, link.record_id)
    return work.session.get(CaseFile, link.record_id)
