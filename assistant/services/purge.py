"""Remove what is kept no longer: chats, old sign-ins, feeds, and records whose time is over.

Meetings and smaller cases go by themselves. A complaint waits for a person at the desk, because
its time ends with a review. Each step is a transaction of its own; whoever dies goes on next time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from assistant.services.case_dates import today_of
from assistant.services.erase_record import erase_if_due
from assistant.services.errors import ConversationGone
from assistant.services.forget_conversation import erase_conversation
from assistant.services.forget_leftovers import forget_old_figures
from assistant.services.purge_drafts import SYSTEM, purge_drafts
from assistant.services.record_keeping import due_records
from assistant.services.requests import already_done, mark_done
from assistant.services.settle_terms import name_nobody
from assistant.store.columns import new_id
from assistant.store.erasing import let_go
from assistant.store.meeting_tables import CalendarFeed
from assistant.store.retention_tables import RemovedRecord
from assistant.store.tables import Conversation, SignInAttempt
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.services.record_keeping import KeptRecord
    from assistant.store.unit_of_work import UnitOfWork

AT_A_TIME = 50
PURGE, CHAT, RETENTION = "purge", "chat", "retention"


@dataclass(frozen=True)
class Purge:
    """What goes, or went: by name of what it is, how many; and the records."""

    counts: dict[str, int]
    records: tuple[KeptRecord, ...]
    waiting: tuple[KeptRecord, ...]
    held: tuple[KeptRecord, ...]


def preview_purge(desk: Desk) -> Purge:
    """Return what a purge would remove now, what waits for a person, and what is held."""
    with desk.unit_of_work(read_only=True) as work:
        counts = {
            name: work.session.scalar(select(func.count()).select_from(table).where(old)) or 0
            for name, table, old in _old_rows(desk)
        }
        due = due_records(desk, work)
    free = [each for each in due if not each.held]
    return Purge(
        counts=counts,
        records=tuple(each for each in free if not each.keeping.asks),
        waiting=tuple(each for each in free if each.keeping.asks),
        held=tuple(each for each in due if each.held),
    )


def purge(desk: Desk, tell: Callable[[str, int], None] = lambda _what, _much: None) -> Purge:
    """Remove what is due and say what was; ``tell`` hears how far it is. Safe to repeat."""
    planned = preview_purge(desk)
    purge_drafts(desk)
    name_nobody(desk)
    forget_old_figures(desk)
    counts = {CHAT: _purge_chats(desk, tell)}
    for name, table, old in _old_rows(desk):
        if name != CHAT:
            counts[name] = settled(lambda n=name, t=table, o=old: _purge_rows(desk, n, t, o))  # type: ignore[misc]
    gone = []
    for record in planned.records:
        if settled(lambda each=record: _erase(desk, each)):  # type: ignore[misc]
            gone.append(record)
            tell("records", len(gone))
    let_go(desk.unit_of_work)
    return Purge(counts, tuple(gone), planned.waiting, planned.held)


def purge_daily(desk: Desk) -> int:
    """Purge once a day by the school's clock; return how many records went."""
    day = today_of(desk).isoformat()
    with desk.unit_of_work(read_only=True) as work:
        if already_done(work, PURGE, day, ""):
            return 0
    gone = purge(desk)
    with desk.unit_of_work() as work:
        if not already_done(work, PURGE, day, ""):
            mark_done(desk, work, PURGE, day, "")
            work.commit(unrecorded="each removal has its own history")
    return len(gone.records)


def _old_rows(desk: Desk) -> Iterator[tuple[str, type[Any], ColumnElement[bool]]]:
    """Yield what goes with time alone: its name, its table, and the condition that it is old."""
    rules, now = desk.school.retention, desk.clock.now()
    yield CHAT, Conversation, Conversation.last_turn_at < now - timedelta(days=rules.chat_days)
    tried = SignInAttempt.at < now - timedelta(days=rules.sign_in_days)
    yield "sign_in", SignInAttempt, tried
    yield "feed", CalendarFeed, CalendarFeed.revoked_at < now - timedelta(days=rules.feed_days)


def _purge_chats(desk: Desk, tell: Callable[[str, int], None]) -> int:
    old = next(condition for name, _, condition in _old_rows(desk) if name == CHAT)
    done = 0
    while True:
        with desk.unit_of_work() as work:
            ids = list(work.session.scalars(select(Conversation.id).where(old).limit(AT_A_TIME)))
            gone = sum(_forgets(desk, work, each) for each in ids)
            if gone:
                why = f"No message for {desk.school.retention.chat_days} days."
                _note(desk, work, CHAT, gone, why)
                work.commit()
        if not gone:
            return done
        done += gone
        tell("chats", done)


def _forgets(desk: Desk, work: UnitOfWork, conversation_id: str) -> bool:
    try:
        erase_conversation(desk, work, conversation_id, SYSTEM)
    except ConversationGone:
        return False
    return True


def _purge_rows(desk: Desk, name: str, table: type[Any], old: ColumnElement[bool]) -> int:
    with desk.unit_of_work() as work:
        number = len(work.session.execute(delete(table).where(old).returning(table.id)).all())
        if number:
            _note(desk, work, name, number, "Older than the school keeps it.")
            work.commit()
    return number


def _erase(desk: Desk, record: KeptRecord) -> bool:
    with desk.unit_of_work() as work:
        gone = erase_if_due(desk, work, (record.what, record.id), SYSTEM, asked=False)
        if gone:
            work.commit()
    return gone


def _note(desk: Desk, work: UnitOfWork, what: str, number: int, why: str) -> None:
    line = RemovedRecord(
        id=new_id(),
        what=what,
        number=number,
        why=why,
        removed_by=SYSTEM,
        removed_at=desk.clock.now(),
    )
    work.session.add(line)
    work.history.append(f"{what}.purged", SYSTEM, RETENTION, line.id, number=number)
