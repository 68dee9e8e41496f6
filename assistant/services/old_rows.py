"""What goes with time alone, because it belongs to no record that is kept: which rows are old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from assistant.casework.calendar import to_utc
from assistant.casework.deadlines import months_after
from assistant.casework.retention import MONTHS
from assistant.services.case_dates import today_of
from assistant.services.dead_letters import is_dead
from assistant.store.key_owners import ALSO, RECORDS
from assistant.store.ledger import Outbox
from assistant.store.meeting_tables import CalendarFeed, VisitRestriction
from assistant.store.policy_tables import UseRestriction
from assistant.store.tables import Conversation, SignInAttempt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk

CHAT, VISIT = "chat", "visit"


@dataclass(frozen=True)
class OldRows:
    """Rows by the name of what they are; ``old`` is the condition that their time is over."""

    name: str
    table: type[Any]
    old: ColumnElement[bool]


def old_rows(desk: Desk) -> Iterator[OldRows]:
    """Yield every kind of them."""
    rules, now = desk.school.retention, desk.clock.now()

    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    yield OldRows(CHAT, Conversation, Conversation.last_turn_at < before(rules.chat_days))
    yield OldRows("sign_in", SignInAttempt, SignInAttempt.at < before(rules.sign_in_days))
    yield OldRows("feed", CalendarFeed, CalendarFeed.revoked_at < before(rules.feed_days))
    yield OldRows("mail", Outbox, _is_old_mail(before(rules.mail_days)))
    yield OldRows(VISIT, VisitRestriction, _is_old_restriction(desk))


def _is_old_mail(limit: datetime) -> ColumnElement[bool]:
    """Tell of a message that tells of no record; one that was given up waits for a person."""
    of_records = Outbox.target_kind.in_(sorted({*RECORDS.values(), *ALSO}))
    settled = and_(Outbox.given_up_at < limit, ~is_dead(Outbox))
    return and_(~of_records, or_(Outbox.delivered_at < limit, settled))


def _is_old_restriction(desk: Desk) -> ColumnElement[bool]:
    """Tell of a restriction that ended; one that a case imposed stays as long as the case."""
    last_day = months_after(today_of(desk), -MONTHS * desk.school.retention.restriction_years)
    lifted = VisitRestriction.lifted_at < to_utc(datetime.combine(last_day, time.min))
    of_case = select(UseRestriction.id).where(UseRestriction.visit_id == VisitRestriction.id)
    return and_(or_(lifted, VisitRestriction.expires_on < last_day), ~of_case.exists())
