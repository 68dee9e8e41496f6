"""Remove what is kept no longer: chats, old sign-ins, feeds, and records whose time is over.

Meetings and smaller cases go by themselves. A complaint waits for a person at the desk, because
its time ends with a review. Each step is a transaction of its own; whoever dies goes on next time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import delete, func, select

from assistant.services.alert_keeping import count_due_alerts
from assistant.services.case_dates import today_of
from assistant.services.erase_record import erase_if_due
from assistant.services.errors import ConversationGone
from assistant.services.forget_conversation import erase_conversation
from assistant.services.forget_leftovers import forget_old_figures
from assistant.services.old_rows import CHAT, VISIT, old_rows
from assistant.services.purge_drafts import SYSTEM, purge_drafts
from assistant.services.record_keeping import due_records
from assistant.services.requests import already_done, mark_done
from assistant.services.settle_terms import name_nobody
from assistant.services.visit_restrictions import RESTRICTION
from assistant.store.columns import new_id
from assistant.store.erasing import let_go
from assistant.store.hanging_rows import erase_details
from assistant.store.retention_tables import RemovedRecord
from assistant.store.tables import Conversation
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.old_rows import OldRows
    from assistant.services.record_keeping import KeptRecord
    from assistant.store.unit_of_work import UnitOfWork

AT_A_TIME = 50
PURGE, RETENTION = "purge", "retention"

log = structlog.get_logger()


@dataclass(frozen=True)
class Purge:
    """What goes, or went: by name of what it is, how many; and the records.

    ``alerts`` is about how many messages the safeguarding leads are asked, None while their
    database does not answer. None of those is ever removed here.
    """

    counts: dict[str, int]
    records: tuple[KeptRecord, ...]
    waiting: tuple[KeptRecord, ...]
    held: tuple[KeptRecord, ...]
    alerts: int | None


def preview_purge(desk: Desk) -> Purge:
    """Return what a purge would remove now, what waits for a person, and what is held."""
    with desk.unit_of_work(read_only=True) as work:
        counts = {
            each.name: work.session.scalar(
                select(func.count()).select_from(each.table).where(each.old)
            )
            or 0
            for each in old_rows(desk)
        }
        due = due_records(desk, work)
    free = [each for each in due if not each.held]
    return Purge(
        counts=counts,
        records=tuple(each for each in free if not each.keeping.asks),
        waiting=tuple(each for each in free if each.keeping.asks),
        held=tuple(each for each in due if each.held),
        alerts=_alerts(desk),
    )


def purge(desk: Desk, tell: Callable[[str, int], None] = lambda _what, _much: None) -> Purge:
    """Remove what is due and say what was; ``tell`` hears how far it is. Safe to repeat."""
    planned = preview_purge(desk)
    purge_drafts(desk)
    name_nobody(desk)
    forget_old_figures(desk)
    counts = {CHAT: _purge_chats(desk, tell)}
    for each in old_rows(desk):
        if each.name != CHAT:
            counts[each.name] = settled(partial(_purge_rows, desk, each))
    gone = []
    for record in planned.records:
        if settled(partial(_erase, desk, record)):
            gone.append(record)
            tell("records", len(gone))
    let_go(desk.unit_of_work)
    return Purge(counts, tuple(gone), planned.waiting, planned.held, planned.alerts)


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


def _purge_chats(desk: Desk, tell: Callable[[str, int], None]) -> int:
    old = next(each.old for each in old_rows(desk) if each.name == CHAT)
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


def _purge_rows(desk: Desk, what: OldRows) -> int:
    with desk.unit_of_work() as work:
        gone = delete(what.table).where(what.old).returning(what.table.id)
        ids = work.session.scalars(gone).all()
        if what.name == VISIT:
            for each in ids:
                erase_details(work.session, RESTRICTION, each)
        if ids:
            _note(desk, work, what.name, len(ids), "Older than the school keeps it.")
            work.commit()
    return len(ids)


def _alerts(desk: Desk) -> int | None:
    try:
        return count_due_alerts(desk)
    except Exception as problem:  # noqa: BLE001 - logged by its name; the rest goes on without
        log.warning("alerts_not_asked", error=type(problem).__name__)
        return None


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
